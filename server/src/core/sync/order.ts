/** The order of a plan: what is given comes before what is taken, because a moment of overlap beats a moment of lock-out. */

import type { Change } from "./plan.ts";
import { compareText } from "./words.ts";

/** Creates, pure grants, mixed changes, pure revokes; by name among equals, so that the same plan reads the same. */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort(
    (a, b) => rankOf(a) - rankOf(b) || compareText(a.action, b.action) || compareText(subjectOf(a), subjectOf(b)),
  );
}

function rankOf(change: Change): number {
  if (change.action === "link-team") return 0;
  if (change.revokes.length === 0) return 1;
  return change.grants.length > 0 ? 2 : 3;
}

/** Name and id of what a change writes. */
export function subjectOf(change: Change): string {
  const { name, id } = change.action === "set-roles" ? change.account : change.team;
  return `${name} ${id}`;
}
