/** Compares what a read lets us conclude with what is true: what exists must never be called absent. */

import { resolveGroup, resolveRole, resolveTeam } from "../../server/src/core/analysis/resolve.ts";
import { type DirectoryInventory, findGroupById } from "../../server/src/core/model/directory.ts";
import { conclude, itemsOf } from "../../server/src/core/model/knowledge.ts";
import type { TargetInventory } from "../../server/src/core/model/target.ts";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { describeChange } from "../../server/src/core/sync/render/describeChange.ts";
import type { Company } from "../../server/src/sandbox/sandbox.ts";
import { peopleOf } from "./company.ts";
import type { TestProject } from "./projects.ts";

const SPAN = { start: 0, end: 0 };

/** What exists and is called absent, e.g. `group dd-sre`. `ids` are the groups' ids as a calm read gave them. */
export function falseAbsencesIn(
  inventory: DirectoryInventory,
  { directory, groups }: TestProject,
  ids: ReadonlyMap<string, string>,
  company: Company,
): readonly string[] {
  const wrong: string[] = [];
  for (const [written, group] of groups) {
    if (resolveGroup(inventory, { by: "name", text: written, span: SPAN }, directory).answer === "absent")
      wrong.push(`group ${written}`);
    const id = ids.get(written) ?? "";
    if (findGroupById(inventory, id).answer === "absent") wrong.push(`group ${written} by id`);
    const members = inventory.members.get(id);
    if (!members) continue;
    const found = new Set([...itemsOf(members).values()].flatMap(({ login, email }) => [login, email]));
    const missing = peopleOf(company, group).filter((email) => !found.has(email));
    if (missing.length > 0 && conclude(members, []).answer === "absent")
      wrong.push(`${missing.length} members of ${written}`);
  }
  return wrong;
}

/** The same for Datadog: roles, accounts, teams, members of teams, mappings, permissions. */
export function falseAbsencesAt(target: TargetInventory, { datadog }: Company): readonly string[] {
  const wrong: string[] = [];
  for (const { id, name } of datadog.roles.values()) {
    const refs = [
      { id, name, span: SPAN },
      { name, span: SPAN },
    ];
    for (const ref of refs) if (resolveRole(target, ref, "prod").answer === "absent") wrong.push(`role ${name}`);
  }
  for (const { id, handle } of datadog.users.values()) {
    const account = itemsOf(target.accounts).get(id);
    if (conclude(target.accounts, account ? [account] : []).answer === "absent") wrong.push(`account ${handle}`);
  }
  for (const { id, handle, members } of datadog.teams.values()) {
    if (resolveTeam(target, handle, "prod").answer === "absent") wrong.push(`team ${handle}`);
    const known = target.teamMembers.get(id);
    if (!known) continue;
    const missing = members.filter(({ userId }) => !itemsOf(known).has(userId));
    if (missing.length > 0 && conclude(known, []).answer === "absent") wrong.push(`members of team ${handle}`);
  }
  for (const { id, value } of datadog.mappings.values()) {
    const mapping = itemsOf(target.mappings).get(id);
    if (conclude(target.mappings, mapping ? [mapping] : []).answer === "absent") wrong.push(`mapping of ${value}`);
  }
  return wrong;
}

/** Everything a plan takes away, one line each. */
export function removalsIn({ changes }: Plan): readonly string[] {
  return changes.flatMap((change) => {
    if (change.action === "set-roles") return change.revokes.map(({ name }) => `${name} from ${change.account.name}`);
    if (change.action === "set-members")
      return change.revokes.map(({ name }) => `team ${change.team.name} from ${name}`);
    if (change.action === "set-active") return [`account ${change.account.name}`];
    return change.action === "delete-mapping" ? [describeChange(change)] : [];
  });
}
