/** Live AuthN mappings to what groups should hold: each says by itself which group gets what. */

import { memo } from "../analysis/memo.ts";
import { rolesByName } from "../analysis/resolve.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { inQuotes } from "../analysis/words.ts";
import { directoryOf } from "../analysis/world.ts";
import { type DirectoryInventory, findGroupById } from "../model/directory.ts";
import { gapOf, itemsOf } from "../model/knowledge.ts";
import { compareText } from "../model/order.ts";
import type { DirectoryConfig, OrganizationConfig } from "../model/project.ts";
import type { AuthnMapping, Role, TargetInventory } from "../model/target.ts";
import { dayOf } from "../model/time.ts";
import { lookUp, nameOf } from "./groups.ts";
import type { Evidence, GroupName, Note, RoleName } from "./proposal.ts";

/** Names and ids of groups that AuthN mappings give something to, for a directory to look up. */
export function mappedGroups(
  target: TargetInventory,
  organization: OrganizationConfig,
  { claim }: DirectoryConfig,
): { readonly names: readonly string[]; readonly ids: readonly string[] } {
  const values = [...new Set(groupMappings(target, organization).groups.map(({ value }) => value))];
  return claim === "id" ? { names: [], ids: values } : { names: values, ids: [] };
}

/**
 * What the live mappings give to groups, and notes on those that no mapping file can state. Names must have been looked up
 * (`mappedGroups`).
 */
export function fromAuthnMappings(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  target: TargetInventory,
): { readonly evidence: readonly Evidence[]; readonly notes: readonly Note[] } {
  const directory = directoryOf(snapshot, {}, organization);
  const inventory = directory && snapshot.directories.get(directory.name);
  const { groups, others } = groupMappings(target, organization);
  const notes = others.map(
    (mapping): Note => ({
      text: `AuthN mapping ${mapping.key}=${mapping.value} gives ${givenBy(target, mapping)}: not by a group claim`,
    }),
  );
  const evidence = groups.flatMap((mapping): Evidence[] => {
    const group = groupOfClaim(mapping.value, directory, inventory, dayOf(snapshot.now));
    const grants = grantsOf(target, mapping);
    if (grants) return [{ ...group, grants }];
    notes.push({
      text: `AuthN mapping of ${mapping.value} gives ${givenBy(target, mapping)}, whose name is not known`,
    });
    return [];
  });
  const gap = gapOf(target.mappings);
  if (gap) notes.push({ text: `AuthN mappings were not read completely: ${gap.message}` });
  return { evidence, notes: notes.sort((a, b) => compareText(a.text, b.text)) };
}

/**
 * Mappings whose attribute carries groups, and the rest. The project says which attribute that is; where it does not, the
 * only one there is counts as such, and of several none.
 */
function groupMappings(
  target: TargetInventory,
  { attribute }: OrganizationConfig,
): { readonly groups: readonly AuthnMapping[]; readonly others: readonly AuthnMapping[] } {
  const all = [...itemsOf(target.mappings).values()];
  const key = attribute?.value ?? attributeInUse(target);
  return { groups: all.filter((mapping) => mapping.key === key), others: all.filter((mapping) => mapping.key !== key) };
}

/** The attribute that all AuthN mappings share; undefined without mappings, or when they use several. */
export function attributeInUse(target: TargetInventory): string | undefined {
  const [key, ...others] = new Set([...itemsOf(target.mappings).values()].map((mapping) => mapping.key));
  return others.length === 0 ? key : undefined;
}

/** The group that a claim's value means, and what has to be said of it. */
export function groupOfClaim(
  value: string,
  directory: DirectoryConfig | undefined,
  inventory: DirectoryInventory | undefined,
  today: string,
): Pick<Evidence, "group" | "comment"> {
  const name = directory?.name ?? "";
  if (directory?.claim !== "id") {
    const group: GroupName = { directory: name, by: "name", text: value };
    const found = lookUp(inventory, group);
    if (found.answer === "absent") return { group, comment: `${name} has no group of this name (${today})` };
    return found.answer === "ambiguous" ? { group, comment: `${name} has several groups of this name` } : { group };
  }
  const byId: GroupName = { directory: name, by: "id", text: value };
  const found = inventory && findGroupById(inventory, value);
  if (found?.answer === "absent") return { group: byId, comment: `${name} has no group with this id (${today})` };
  if (!inventory || found?.answer !== "present") return { group: byId };
  return { group: nameOf(inventory, found.item) };
}

/** Pinned where several roles have the name. */
export function roleName(target: TargetInventory, { id, name }: Role): RoleName {
  const isShared = (memo(target, rolesByName).get(name)?.length ?? 0) > 1;
  return { name, id, ...(isShared && { isPinned: true }) };
}

function grantsOf(target: TargetInventory, { grants }: AuthnMapping): Evidence["grants"] | undefined {
  if ("roleId" in grants) {
    const role = itemsOf(target.roles).get(grants.roleId);
    return role && { role: roleName(target, role) };
  }
  const team = itemsOf(target.teams).get(grants.teamId);
  return team && { team: team.handle };
}

function givenBy(target: TargetInventory, { grants }: AuthnMapping): string {
  if ("roleId" in grants) return `role ${inQuotes(itemsOf(target.roles).get(grants.roleId)?.name ?? grants.roleId)}`;
  return `team ${inQuotes(itemsOf(target.teams).get(grants.teamId)?.handle ?? grants.teamId)}`;
}
