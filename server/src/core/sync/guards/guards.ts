/**
 * Looks at a finished plan and names what makes it dangerous. Each guard is a function of its own, and lifting one
 * never lifts another. A refusal without a waiver cannot be lifted at all.
 */

import type { Policy, Safety } from "../../model/project.ts";
import type { Actor } from "../../model/target.ts";
import type { Desired } from "../desire/desired.ts";
import type { Effect } from "../effects/effects.ts";
import type { Movements } from "../effects/movements.ts";
import type { RecordedApply } from "../journal/journal.ts";
import type { Change, Lockout, Refusal, SetRoles } from "../plan.ts";
import { noAdminLeft, ownRights, unmatchedPeople } from "./lockout.ts";
import { emptied, emptyRoleSet, incompleteReads, massGrant, massRemoval } from "./numbers.ts";
import { MANAGED_TEAM, managedTeam, mappingLimit, wrongOrganization } from "./writers.ts";

export interface Guarded {
  readonly desired: Desired;
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
  /** What effects and changes come to. */
  readonly movements: Movements;
  readonly lockout: Lockout;
  readonly actor: Actor;
  /** What the files come to for the identity in use; it is never among the changes. */
  readonly own?: SetRoles;
  /** The last applies of this folder to the organization, the latest first. */
  readonly applies?: readonly RecordedApply[];
  readonly policy: Policy;
  readonly safety: Safety;
}

/** What a guard has against a plan. */
export interface Objection {
  /** What it is about, such as `role=SRE`, where a guard looks at many. */
  readonly object?: string;
  readonly message: string;
  /** Nobody can lift it. */
  readonly isFinal?: true;
}

export type Guard = (guarded: Guarded) => readonly Objection[];

/** All guards by name, in the order in which refusals are shown. */
const GUARDS: ReadonlyMap<string, Guard> = new Map([
  ["plat/wrong-organization", wrongOrganization],
  ["lock/incomplete-read", incompleteReads],
  ["lock/empty-role-set", emptyRoleSet],
  ["lock/self", ownRights],
  ["lock/no-admin-left", noAdminLeft],
  ["lock/unmatched-active-users", unmatchedPeople],
  ["lock/mass-removal", massRemoval],
  ["lock/emptied", emptied],
  ["lock/mass-grant", massGrant],
  [MANAGED_TEAM, managedTeam],
  ["plat/mapping-limit", mappingLimit],
]);

export const GUARD_NAMES: readonly string[] = [...GUARDS.keys()];

/** Asks every guard. Waivers are not looked at here: what is lifted is still shown. */
export function refusalsOf(guarded: Guarded): readonly Refusal[] {
  return [...GUARDS].flatMap(([name, guard]) => guard(guarded).map((objection) => refusalBy(name, objection)));
}

/** An objection in its guard's name, with the waiver that lifts it; a final one has none. */
export function refusalBy(guard: string, { isFinal, ...objection }: Objection): Refusal {
  return { guard, ...objection, ...(!isFinal && { waiver: waiverOf(guard, objection.object) }) };
}

/** What `--allow` takes: the guard, and what it is about. */
export function waiverOf(guard: string, object?: string): string {
  return object === undefined ? guard : `${guard}:${object}`;
}
