/** Guards over what is taken and given: never on doubt, never a whole set, never more than is ordinary without somebody saying so. */

import { sensitivityOf } from "../../analysis/effective.ts";
import { isOrdinary } from "../../analysis/judgements/outlook.ts";
import { countOf } from "../../analysis/words.ts";
import type { Account, TargetInventory } from "../../model/target.ts";
import { NOT_ADOPTED, roleOf } from "../causes.ts";
import type { Desired } from "../desire/desired.ts";
import { roleGap, teamGap } from "../desire/gaps.ts";
import { peopleOf } from "../people.ts";
import type { Change } from "../plan.ts";
import { describeChange } from "../render/describeChange.ts";
import type { Guarded, Objection } from "./guards.ts";

/** `lock/incomplete-read`: something would be taken although not all that could speak for it was read. Never lifted. */
export function incompleteReads({ desired, changes }: Guarded): readonly Objection[] {
  return changes.flatMap((change): Objection[] => {
    const why = reasonsToDoubt(desired, change).find((reason) => reason !== undefined);
    return why === undefined ? [] : [{ message: `${describeChange(change)}: ${why}`, isFinal: true }];
  });
}

function reasonsToDoubt({ adopted, gaps }: Desired, change: Change): readonly (string | undefined)[] {
  const unadopted = adopted ? undefined : NOT_ADOPTED;
  switch (change.action) {
    case "set-roles":
      return change.revokes.flatMap(({ id }) => [unadopted, roleGap(gaps, id, change.account.id)]);
    case "set-members":
      return change.revokes.flatMap(({ id }) => [unadopted, teamGap(gaps, change.team.name, id)]);
    case "set-active":
      return change.active ? [] : [unadopted, gaps.all];
    case "update-mapping":
    case "delete-mapping": {
      const { kind, id, name } = change.action === "delete-mapping" ? change.mapping.gives : change.before.gives;
      return [unadopted, gaps.all, kind === "role" ? gaps.roles.get(id) : gaps.teams.get(name)];
    }
    default:
      return [];
  }
}

/** `lock/empty-role-set`: what Datadog makes of a set without roles is not documented. Never lifted. (2026-09) */
export function emptyRoleSet({ changes }: Guarded): readonly Objection[] {
  return changes.flatMap((change): Objection[] => {
    const roles = change.action === "set-roles" ? change.after : change.action === "create-user" ? change.roles : [1];
    if (roles.length > 0) return [];
    return [{ message: `${describeChange(change)}: nobody is given an empty set of roles`, isFinal: true }];
  });
}

/** `lock/mass-removal`: more people lose a role, a team or anything at all than is ordinary. */
export function massRemoval({ movements, safety }: Guarded): readonly Objection[] {
  const objections: Objection[] = [];
  const check = (object: string, what: string, leaving: number, holders: number) => {
    const { share, people } = safety.removals;
    if (isOrdinary(safety, leaving, holders)) return;
    const message = `${leaving} of ${countOf(holders, "person", "people")} would lose ${what}; up to ${Math.round(share * 100)} % and ${countOf(people, "person", "people")} is ordinary`;
    objections.push({ object, message });
  };
  const everybody = new Set<string>();
  const losers = new Set<string>();
  for (const { role, holders, leaving } of movements.roles) {
    check(`role=${role.name}`, role.name, leaving.length, holders.length);
    for (const account of holders) everybody.add(account.id);
    for (const account of leaving) losers.add(account.id);
  }
  for (const { team, members, leaving } of movements.teams) {
    check(`team=${team}`, `their place in team ${team}`, leaving.length, members.length);
    for (const id of members) everybody.add(id);
    for (const id of leaving) losers.add(id);
  }
  check("total", "something", losers.size, everybody.size);
  return objections;
}

/** `lock/emptied`: a role or team that has people would have none. */
export function emptied({ movements }: Guarded): readonly Objection[] {
  const refuse = (object: string, what: string): Objection => ({
    object,
    message: `${what} has people today and would have none`,
  });
  const roles = movements.roles
    .filter(({ leaving, remaining }) => leaving.length > 0 && remaining === 0)
    .map(({ role }) => refuse(`role=${role.name}`, role.name));
  const teams = movements.teams
    .filter(({ members, leaving, gaining }) => gaining === 0 && leaving.length === members.length)
    .map(({ team }) => refuse(`team=${team}`, `team ${team}`));
  return [...roles, ...teams];
}

/** `lock/mass-grant`: a role with high or critical permissions would reach more people through mappings than the policy allows. */
export function massGrant({ desired, movements, policy }: Guarded): readonly Objection[] {
  const enabled = new Set([...enabledPeople(desired.target), ...desired.newcomers.values()].map(({ id }) => id));
  return movements.roles.flatMap(({ role, gaining }): Objection[] => {
    const live = roleOf(desired, role.id);
    const sensitivity = live && sensitivityOf(desired.target, live);
    if (gaining === 0 || (sensitivity !== "high" && sensitivity !== "critical")) return [];
    const limit = policy.limits[sensitivity];
    const reached = [...desired.roles].filter(([id, roles]) => enabled.has(id) && roles.has(role.id)).length;
    if (limit === undefined || reached <= limit) return [];
    const message = `${countOf(reached, "person", "people")} would hold ${role.name} (${sensitivity}) through mappings; policy.limits allows ${limit}`;
    return [{ object: `role=${role.name}`, message }];
  });
}

function enabledPeople(target: TargetInventory): readonly Account[] {
  return peopleOf(target).filter((account) => account.status !== "disabled");
}
