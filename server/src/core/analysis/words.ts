/** Words that findings share: counts of people, folded lists, names in quotes. */

import type { Instant } from "../model/time.ts";

/** `"SRE"`: names of live things and files stand in quotes. */
export function inQuotes(name: string): string {
  return `"${name}"`;
}

/** `1 step`, `2 steps`; `many` where that is no mere `s` behind it. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `1 person`, `143 people`; `up to 143 people` when disabled ones, or some whose state is not told, may be among them. */
export function sizeText({ people, exact }: { readonly people: number; readonly exact: boolean }): string {
  const count = countOf(people, "person", "people");
  return exact ? count : `up to ${count}`;
}

/** `a`, `a and b`, `a, b and 4 more`: enough to see what it is about. */
export function fold(names: readonly string[], shown = 3): string {
  const [first = "", second] = names;
  if (second === undefined) return first;
  if (names.length > shown) return `${names.slice(0, shown - 1).join(", ")} and ${names.length - shown + 1} more`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Age of a finding: that of the oldest thing it rests on. */
export function oldest(...instants: readonly (Instant | undefined)[]): { readonly asOf?: Instant } {
  const [first] = instants.filter((instant) => instant !== undefined).sort();
  return first === undefined ? {} : { asOf: first };
}
