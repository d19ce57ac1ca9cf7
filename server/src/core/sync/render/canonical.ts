/** The text a fingerprint covers. Words, times and order of keys are no part of it; what would be done, to whom, and on what facts, is. */

import { compareText } from "../../model/order.ts";
import type {
  AccessDiff,
  Assumption,
  Change,
  Lockout,
  MappingContent,
  Named,
  PermissionChange,
  Plan,
} from "../plan.ts";

/**
 * Files, changes, access, assumptions and refusals of a plan as one line of JSON, the same for the same plan wherever and
 * whenever it was made. Refusals are covered so that nobody disarms a guard by editing a saved plan; access and the
 * organization's title, because they are what somebody is shown who is asked before a saved plan is applied.
 */
export function canonicalText(plan: Plan): string {
  return JSON.stringify([
    plan.version,
    plan.project,
    [plan.organization.name, plan.organization.id, plan.organization.title, plan.organization.site],
    [plan.push.roles, plan.push.teams, plan.push.users],
    Object.entries(plan.files).sort(([a], [b]) => compareText(a, b)),
    plan.changes.map(canonicalChange),
    plan.access.map(canonicalAccess),
    plan.assumptions.map(canonicalFact),
    canonicalLockout(plan.lockout),
    plan.refusals.map(({ guard, object, waiver }) => [guard, object ?? null, waiver ?? null]),
  ]);
}

function canonicalLockout({ unmatched, roleless, admins, changingHands }: Lockout): unknown {
  return [unmatched, roleless, admins, ...(changingHands ? [changingHands.map(pair)] : [])];
}

function canonicalChange(change: Change): unknown {
  switch (change.action) {
    case "set-roles":
      return [
        change.action,
        change.through,
        pair(change.account),
        change.before.map(pair),
        change.after.map(pair),
        change.grants.map(pair),
        change.revokes.map(pair),
      ];
    case "link-team":
      return [change.action, pair(change.team), change.displayName, change.externalId, change.members.map(pair)];
    case "set-members":
      return [
        change.action,
        change.through,
        pair(change.team),
        change.grants.map(pair),
        change.revokes.map(pair),
        change.keeps.map(pair),
      ];
    case "create-user":
      return [change.action, change.through, pair(change.account), change.displayName, change.roles.map(pair)];
    case "set-active":
      return [change.action, change.through, pair(change.account), change.active, change.roles.map(pair)];
    case "create-mapping":
      return [change.action, canonicalMapping(change.mapping)];
    case "update-mapping":
      return [change.action, change.id, canonicalMapping(change.before), canonicalMapping(change.after)];
    case "delete-mapping":
      return [change.action, change.id, canonicalMapping(change.mapping)];
  }
}

function canonicalMapping({ key, value, gives }: MappingContent): unknown {
  return [key, value, gives.kind, pair(gives)];
}

function canonicalAccess(access: AccessDiff): unknown {
  return [
    access.accounts.map(pair),
    access.state ?? null,
    canonicalPermissions(access.gains),
    canonicalPermissions(access.losses),
    access.rolesGained.map(({ role }) => role),
    access.rolesLost.map(({ role }) => role),
    access.teamsGained.map(({ team }) => team),
    access.teamsLost.map(({ team }) => team),
  ];
}

/** Sorted: vendors list the permissions of a role in no order that lasts. */
function canonicalPermissions(changes: readonly PermissionChange[]): readonly string[] {
  return changes.map(({ permission, sensitivity }) => `${permission} ${sensitivity}`).sort(compareText);
}

function canonicalFact(fact: Assumption): unknown {
  switch (fact.fact) {
    case "account-roles":
      return [fact.fact, pair(fact.account), fact.roleIds];
    case "team-members":
      return [fact.fact, pair(fact.team), fact.accountIds];
    case "role":
      return [fact.fact, pair(fact.role), fact.permissions ?? null];
    case "no-account":
      return [fact.fact, fact.handle];
    case "mapping":
      return [fact.fact, canonicalMapping(fact.mapping), fact.id ?? null];
    case "switch":
      return [fact.fact, fact.name, fact.value];
  }
}

function pair({ id, name }: Named): readonly [string, string] {
  return [id, name];
}
