/**
 * Changes of roles in two halves. Two people who hold one role each and swap them wait for each other, and a step writes
 * somebody's whole set: then one of them is first given, and what goes is taken when the other one has it.
 */

import type { Change, Plan, SetRoles } from "../plan.ts";
import { needsOf, rolesGiven, rolesTaken } from "./needs.ts";
import { orderChanges, stageOf } from "./order.ts";

/** The changes in their order, without a role that stands empty on the way because it changes hands in a circle. */
export function withoutCircles(plan: Plan): readonly Change[] {
  const split = new Set(
    handedInCircles(plan).flatMap((id) => plan.changes.find((change) => isMixed(change, id)) ?? []),
  );
  if (split.size === 0) return plan.changes;
  return orderChanges(plan.changes.flatMap((change) => (split.has(change) ? halvesOf(change as SetRoles) : [change])));
}

/** The halves of one account as the one change that they are. Everything else, and a half by itself, stays as it is. */
export function joinHalves(changes: readonly Change[]): readonly Change[] {
  const joined = new Map<string | Change, Change>();
  for (const change of changes) {
    const key = change.action === "set-roles" ? change.account.id : change;
    const half = joined.get(key);
    joined.set(key, half?.action === "set-roles" && change.action === "set-roles" ? joinedWith(half, change) : change);
  }
  return [...joined.values()];
}

function joinedWith(half: SetRoles, { after, grants, revokes }: SetRoles): SetRoles {
  return { ...half, after, grants: [...half.grants, ...grants], revokes: [...half.revokes, ...revokes] };
}

function halvesOf(change: SetRoles): readonly [SetRoles, SetRoles] {
  const { before, after, grants } = change;
  const both = [...before, ...after.filter(({ id }) => grants.some((grant) => grant.id === id))];
  return [
    { ...change, after: both, revokes: [] },
    { ...change, before: both, grants: [] },
  ];
}

function isMixed(change: Change, given: string): boolean {
  return change.action === "set-roles" && change.revokes.length > 0 && change.grants.some(({ id }) => id === given);
}

/** Ids of roles that the first step takes from everybody before anybody new has them. */
function handedInCircles(plan: Plan): readonly string[] {
  const { changes, lockout } = plan;
  if (!lockout.changingHands) return [];
  const needs = needsOf(plan);
  const gives = (index: number, id: string) => rolesGiven(changes[index] as Change).includes(id);
  const waits = (index: number, id: string) =>
    (needs.get(index) ?? []).some(({ anyOf }) => anyOf.every((giver) => gives(giver, id)));
  const stages = changes.map(stageOf);
  return lockout.changingHands
    .map(({ id }) => id)
    .filter((id) => {
      const givers = changes.flatMap((_, index) => (gives(index, id) ? [stages[index] ?? 0] : []));
      const takers = changes.flatMap((change, index) => (rolesTaken(change).includes(id) ? [index] : []));
      return (
        takers.length > 0 &&
        takers.every((index) => !waits(index, id) && givers.every((stage) => stage >= (stages[index] ?? 0)))
      );
    });
}
