/** AuthN mappings that an organization has, against those that the files explain. */

import { isComplete } from "../../model/knowledge.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { AuthnMapping } from "../../model/target.ts";
import type { ResolvedMapping } from "../grants.ts";
import { groupName } from "../grants.ts";
import type { MappedOrganization } from "../rule.ts";

/**
 * Live mappings that no mapping file states, ended ones included; undefined when that cannot be told. The files speak of one
 * attribute, and a value of another is stated by none of them.
 */
export function surplusMappings({
  organization,
  target,
  mappings,
}: MappedOrganization): readonly AuthnMapping[] | undefined {
  if (!target || !isComplete(target.mappings) || !isComplete(target.roles) || !isComplete(target.teams))
    return undefined;
  if (mappings.some(isOpen)) return undefined;
  const known = new Set(mappings.flatMap(keysOf));
  const doubtful = new Set(mappings.filter(hasUnknownId).flatMap(thingsOf));
  return [...target.mappings.items.values()].filter(
    (mapping) => isOther(organization, mapping) || (!known.has(keyOf(mapping)) && !doubtful.has(thingOf(mapping))),
  );
}

/** Whether it looks at another attribute than the one that carries the groups, where the project says which that is. */
export function isOther({ attribute }: OrganizationConfig, { key }: AuthnMapping): boolean {
  return attribute !== undefined && key !== attribute.value;
}

/** A claim may carry the group's id, which nobody knows while the directory is not read: it may be any live value. */
function hasUnknownId({ group }: ResolvedMapping): boolean {
  return group?.answer !== "present" && group?.answer !== "absent";
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
  const { group } = resolved;
  const values = [groupName(resolved), ...(group?.answer === "present" ? [group.item.id] : [])];
  return values.flatMap((value) => thingsOf(resolved).map((id) => `${value}\n${id}`));
}

/** Ids of the roles and teams that a mapping gives. */
function thingsOf({ roles, teams }: ResolvedMapping): readonly string[] {
  return [
    ...roles.flatMap(({ role }) => (role.answer === "present" ? [role.item.id] : [])),
    ...teams.flatMap(({ team }) => (team.answer === "present" ? [team.item.id] : [])),
  ];
}

function keyOf(mapping: AuthnMapping): string {
  return `${mapping.value}\n${thingOf(mapping)}`;
}

function thingOf({ grants }: AuthnMapping): string {
  return "roleId" in grants ? grants.roleId : grants.teamId;
}
