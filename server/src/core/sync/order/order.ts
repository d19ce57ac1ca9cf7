/** The order of a plan: what is given comes before what is taken, because a moment of overlap beats a moment of lock-out. */

import { compareText } from "../../model/order.ts";
import type { Change } from "../plan.ts";
import { describeMapping } from "../render/describeChange.ts";

/**
 * Creates, grants, mixed changes, revokes, switching off, deletes; by name among equals, so that the same plan reads the
 * same. Accounts come first: everything else may name them.
 */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort(
    (a, b) => stageOf(a) - stageOf(b) || compareText(a.action, b.action) || compareText(subjectOf(a), subjectOf(b)),
  );
}

/** Apply begins no step while one of an earlier stage is under way; steps of one stage go side by side. */
export function stageOf(change: Change): number {
  switch (change.action) {
    case "create-user":
      return 0;
    case "link-team":
    case "create-mapping":
      return 1;
    case "set-roles":
    case "set-members":
      if (change.revokes.length === 0) return 2;
      return change.grants.length > 0 ? 3 : 4;
    case "update-mapping":
      return 3;
    case "set-active":
      return change.active ? 0 : 5;
    case "delete-mapping":
      return 6;
  }
}

/** Name and id of what a change writes. */
export function subjectOf(change: Change): string {
  switch (change.action) {
    case "create-mapping":
      return describeMapping(change.mapping);
    case "update-mapping":
      return `${describeMapping(change.before)} ${change.id}`;
    case "delete-mapping":
      return `${describeMapping(change.mapping)} ${change.id}`;
    case "link-team":
    case "set-members":
      return `${change.team.name} ${change.team.id}`;
    default:
      return `${change.account.name} ${change.account.id}`;
  }
}
