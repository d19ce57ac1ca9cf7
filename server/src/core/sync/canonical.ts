/** The text a fingerprint covers. Words, times and order of keys are no part of it; what would be done, and on what facts, is. */

import type { Assumption, Change, Named, Plan } from "./plan.ts";
import { compareText } from "./words.ts";

/**
 * Files, changes, assumptions and refusals of a plan as one line of JSON, the same for the same plan wherever and
 * whenever it was made. Refusals are covered so that nobody disarms a guard by editing a saved plan.
 */
export function canonicalText(plan: Plan): string {
  return JSON.stringify([
    plan.version,
    plan.project,
    [plan.organization.name, plan.organization.id, plan.organization.site],
    Object.entries(plan.files).sort(([a], [b]) => compareText(a, b)),
    plan.changes.map(canonicalChange),
    plan.assumptions.map(canonicalFact),
    plan.refusals.map(({ guard, object, waiver }) => [guard, object ?? null, waiver ?? null]),
  ]);
}

function canonicalChange(change: Change): unknown {
  switch (change.action) {
    case "set-roles":
      return [
        change.action,
        pair(change.account),
        change.before.map(pair),
        change.after.map(pair),
        change.grants.map(pair),
        change.revokes.map(pair),
      ];
    case "link-team":
      return [change.action, pair(change.team), change.displayName, change.externalId];
    case "set-members":
      return [
        change.action,
        pair(change.team),
        change.grants.map(pair),
        change.revokes.map(pair),
        change.keeps.map(pair),
      ];
  }
}

function canonicalFact(fact: Assumption): unknown {
  switch (fact.fact) {
    case "account-roles":
      return [fact.fact, pair(fact.account), fact.roleIds];
    case "team-members":
      return [fact.fact, pair(fact.team), fact.accountIds];
    case "role":
      return [fact.fact, pair(fact.role), fact.permissions ?? null];
  }
}

function pair({ id, name }: Named): readonly [string, string] {
  return [id, name];
}
