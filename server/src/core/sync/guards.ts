/**
 * Looks at a finished plan and names what makes it dangerous. Each guard is a function of its own, and lifting one
 * never lifts another. A refusal without a waiver cannot be lifted at all.
 */

import type { Policy, Safety } from "../model/project.ts";
import type { Actor } from "../model/target.ts";
import type { Desired } from "./desired.ts";
import type { Effect } from "./effects.ts";
import { noAdminLeft, ownRights, unmatchedPeople } from "./guardLockout.ts";
import { emptied, emptyRoleSet, incompleteReads, massGrant, massRemoval } from "./guardNumbers.ts";
import { managedTeam, mappingLimit, wrongOrganization } from "./guardWriters.ts";
import type { RecordedApply } from "./journal.ts";
import type { Change, Refusal, SetRoles } from "./plan.ts";

export interface Guarded {
  readonly desired: Desired;
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
  readonly actor: Actor;
  /** What the files come to for the identity in use; it is never among the changes. */
  readonly own?: SetRoles;
  /** The last applies of this folder to the organization, the latest first. */
  readonly applies?: readonly RecordedApply[];
  readonly policy: Policy;
  readonly safety: Safety;
}

export type Guard = (guarded: Guarded) => readonly Refusal[];

/** All guards, in the order in which refusals are shown. */
export const GUARDS: readonly Guard[] = [
  wrongOrganization,
  incompleteReads,
  emptyRoleSet,
  ownRights,
  noAdminLeft,
  unmatchedPeople,
  massRemoval,
  emptied,
  massGrant,
  managedTeam,
  mappingLimit,
];
