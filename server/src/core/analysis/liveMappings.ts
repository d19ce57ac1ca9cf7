/** AuthN mappings that an organization has, against those that the files explain. */

import { isComplete } from "../model/knowledge.ts";
import type { AuthnMapping } from "../model/target.ts";
import type { ResolvedMapping } from "./grants.ts";
import { groupName } from "./privilege.ts";
import type { MappedOrganization } from "./rule.ts";

/** Live mappings that no mapping file states, ended ones included; undefined when that cannot be told. */
export function surplusMappings({ target, mappings }: MappedOrganization): readonly AuthnMapping[] | undefined {
  if (!target || !isComplete(target.mappings) || !isComplete(target.roles) || !isComplete(target.teams))
    return undefined;
  if (mappings.some(isOpen)) return undefined;
  const known = new Set(mappings.flatMap(keysOf));
  return [...target.mappings.items.values()].filter((mapping) => !known.has(keyOf(mapping)));
}

/** What an unknown name gives may be the very mapping in question. */
function isOpen({ mapping, group, roles, teams, unknownBundles }: ResolvedMapping): boolean {
  return (
    (mapping.group?.by === "id" && group?.answer !== "present") ||
    unknownBundles.length > 0 ||
    roles.some(({ role }) => role.answer === "unknown" || role.answer === "ambiguous") ||
    teams.some(({ team }) => team.answer === "unknown")
  );
}

/** Both forms of the group's value: which one the claim carries is a setting that may have changed since. */
function keysOf(resolved: ResolvedMapping): readonly string[] {
  const { group, roles, teams } = resolved;
  const values = [groupName(resolved), ...(group?.answer === "present" ? [group.item.id] : [])];
  const ids = [
    ...roles.flatMap(({ role }) => (role.answer === "present" ? [role.item.id] : [])),
    ...teams.flatMap(({ team }) => (team.answer === "present" ? [team.item.id] : [])),
  ];
  return values.flatMap((value) => ids.map((id) => `${value}\n${id}`));
}

function keyOf({ value, grants }: AuthnMapping): string {
  return `${value}\n${"roleId" in grants ? grants.roleId : grants.teamId}`;
}
