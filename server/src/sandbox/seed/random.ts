/** Reproducible randomness for the seed: the same words give the same numbers in every run and on every machine. */

import { createHash } from "node:crypto";

/** Numbers in [0, 1) from a 32 bit generator (mulberry32) started with a hash of `words`. */
export function randomFrom(words: string): () => number {
  let state = createHash("sha256").update(words).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy in an order that depends on `words` alone. */
export function shuffled<T>(items: readonly T[], words: string): T[] {
  const random = randomFrom(words);
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The day on which the seed was written. */
export const SEED_DAY = "2026-11-20";

/** An instant `days` days before the seed's day, with a time of day that depends on `words`. */
export function daysBefore(days: number, words: string): string {
  const at = Date.parse(`${SEED_DAY}T00:00:00Z`) - days * 86_400_000 - Math.floor(randomFrom(words)() * 36_000_000);
  return new Date(at).toISOString();
}
