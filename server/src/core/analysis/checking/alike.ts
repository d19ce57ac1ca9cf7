/** Whether entries before and after an edit give the same to the same, whatever else their text says. */

import type { GrantedRole, GrantedTeam, ResolvedMapping } from "../grants.ts";
import { groupKeyOf } from "./circles.ts";
import type { Entry } from "./entry.ts";

/**
 * True when both lists of entries, one by one, give the same roles and teams to the same groups until the same day, and
 * expect nothing.
 */
export function giveAlike(before: readonly Entry[], after: readonly Entry[]): boolean {
  return isAlike(before, after, (one, other) => {
    if (one.piece.expectations.length > 0 || other.piece.expectations.length > 0) return false;
    return isAlike(one.checked.resolved, other.checked.resolved, givesAlike);
  });
}

function givesAlike(one: ResolvedMapping, other: ResolvedMapping): boolean {
  return (
    one.organization === other.organization &&
    one.inForce === other.inForce &&
    one.until === other.until &&
    groupKeyOf(one) === groupKeyOf(other) &&
    isAlike(one.roles, other.roles, isSameRole) &&
    isAlike(one.teams, other.teams, isSameTeam)
  );
}

function isSameRole(one: GrantedRole, other: GrantedRole): boolean {
  const { role, ref } = one;
  if (role.answer !== other.role.answer) return false;
  if (role.answer === "present" && other.role.answer === "present") return role.item === other.role.item;
  return ref.id === other.ref.id && ref.name === other.ref.name;
}

function isSameTeam(one: GrantedTeam, other: GrantedTeam): boolean {
  return one.handle === other.handle;
}

function isAlike<T>(one: readonly T[], other: readonly T[], isSame: (one: T, other: T) => boolean): boolean {
  return one.length === other.length && one.every((item, index) => isSame(item, other[index] as T));
}
