/** Random choices that a seed repeats. */

import { randomFrom } from "../../server/src/sandbox/seed/random.ts";

export interface Dice {
  /** A whole number from 0 up to, but not including, `below`. */
  roll(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** True in `share` of all cases. */
  happens(share: number): boolean;
}

export function createDice(words: string): Dice {
  const random = randomFrom(words);
  const roll = (below: number) => Math.floor(random() * below);
  return {
    roll,
    pick: <T>(items: readonly T[]) => items[roll(items.length)] as T,
    happens: (share) => random() < share,
  };
}
