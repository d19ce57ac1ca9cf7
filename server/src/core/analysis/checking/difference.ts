/** What differs between two states of a project, by identity wherever things are frozen. */

import type { FileHead } from "../../model/mapping.ts";
import type { Spanned } from "../../model/text.ts";
import { dayOf } from "../../model/time.ts";
import type { World } from "../world.ts";

/** Items that two lists share at their start and end, the start first. */
export function difference<T>(
  before: readonly T[],
  after: readonly T[],
): { readonly start: number; readonly end: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end };
}

/** Rules see days, never hours, and bundles are compared one by one. */
export function isSameWorld(before: World, after: Omit<World, "bundles">): boolean {
  return (
    before.project === after.project &&
    before.lock === after.lock &&
    isSameMap(before.directories, after.directories) &&
    isSameMap(before.targets, after.targets) &&
    dayOf(before.now) === dayOf(after.now)
  );
}

/** Rules on mappings see what the head says, not where it stands. */
export function isSameHead(before: FileHead, after: FileHead): boolean {
  return isSameText(before.organization, after.organization) && isSameText(before.owner, after.owner);
}

function isSameText(before: Spanned<string> | undefined, after: Spanned<string> | undefined): boolean {
  return before?.value === after?.value;
}

function isSameMap<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): boolean {
  if (before === after) return true;
  return before.size === after.size && [...before].every(([key, value]) => after.get(key) === value);
}
