/** Names to live things, as answers that tell "absent" from "unknown". Rules and plans ask here, never an inventory. */

import type { DirectoryInventory, Group, Principal } from "../model/directory.ts";
import { findGroupById, membersOf, outsideFilter } from "../model/directory.ts";
import { conclude, type Failure, itemsOf, type Knowledge, type Lookup, unknown } from "../model/knowledge.ts";
import type { GroupRef, RoleRef } from "../model/mapping.ts";
import { indexBy } from "../model/maps.ts";
import type { Role, TargetInventory, Team } from "../model/target.ts";
import { matchesGlob } from "./glob.ts";
import { memo } from "./memo.ts";

/**
 * The group a mapping means. Names match exactly, case included: the claim does too. Only how an accent is encoded, which
 * nobody can see, may differ; the claim is then the directory's own spelling.
 */
export function resolveGroup(
  inventory: DirectoryInventory | undefined,
  ref: GroupRef,
  directory: string,
): Lookup<Group> {
  if (!inventory) return { answer: "unknown", why: neverRead(directory) };
  if (ref.by === "id") return findGroupById(inventory, ref.text);
  const asked = inventory.named.get(ref.text);
  if (asked) return conclude(asked, spelled(ref.text, [...itemsOf(asked).values()]));
  const matches = namedAlike(ref.text, itemsOf(inventory.groups), groupsByName(inventory));
  if (matches.length === 0 && inventory.filter !== undefined && !matchesGlob(inventory.filter, ref.text)) {
    return { answer: "unknown", why: outsideFilter(inventory, ref.text) };
  }
  return conclude(inventory.groups, matches);
}

/** Members of a resolved group, or why they are not known. */
export function resolveMembers(
  inventory: DirectoryInventory | undefined,
  group: Lookup<Group>,
  directory: string,
): Knowledge<Principal> {
  if (group.answer === "unknown") return unknown(group.why);
  if (!inventory) return unknown(neverRead(directory));
  if (group.answer !== "present") return unknown(notOne(directory, group.answer));
  return membersOf(inventory, group.item.id);
}

/** The role a mapping means: by id where it is pinned, else by name like a group. Datadog role names are not unique. */
export function resolveRole(target: TargetInventory | undefined, ref: RoleRef, organization: string): Lookup<Role> {
  if (!target) return { answer: "unknown", why: neverRead(organization) };
  if (ref.id !== undefined) {
    const role = itemsOf(target.roles).get(ref.id);
    return conclude(target.roles, role ? [role] : []);
  }
  if (ref.name === undefined) return conclude(target.roles, []);
  return conclude(target.roles, namedAlike(ref.name, itemsOf(target.roles), memo(target, rolesByName)));
}

/** The team with this handle. */
export function resolveTeam(target: TargetInventory | undefined, handle: string, organization: string): Lookup<Team> {
  if (!target) return { answer: "unknown", why: neverRead(organization) };
  return conclude(target.teams, memo(target, teamsByHandle).get(handle) ?? []);
}

/** Listed groups by name, once a listing: an inventory that only knows more names or got older shares it. */
export function groupsByName({ groups }: DirectoryInventory): ReadonlyMap<string, readonly Group[]> {
  return memo(itemsOf(groups), byName);
}

function byName(groups: ReadonlyMap<string, Group>): ReadonlyMap<string, readonly Group[]> {
  return indexBy(groups.values(), (group) => group.name);
}

/** Things of exactly this name, else those that differ in how an accent is encoded. */
function namedAlike<T extends { readonly name: string }>(
  name: string,
  things: ReadonlyMap<string, T>,
  byName: ReadonlyMap<string, readonly T[]>,
): readonly T[] {
  const usual = nfc(name);
  return byName.get(name) ?? [...(byName.get(usual) ?? []), ...(memo(things, unusual<T>).get(usual) ?? [])];
}

/** By the usual encoding, things whose names have another: few, where all of 100,000 would be in memory twice. */
function unusual<T extends { readonly name: string }>(
  things: ReadonlyMap<string, T>,
): ReadonlyMap<string, readonly T[]> {
  return indexBy(
    [...things.values()].filter(({ name }) => nfc(name) !== name),
    ({ name }) => nfc(name),
  );
}

/** Groups of exactly this name, else those that differ in how an accent is encoded. */
function spelled(name: string, groups: readonly Group[]): readonly Group[] {
  const exact = groups.filter((group) => group.name === name);
  return exact.length > 0 ? exact : groups.filter((group) => nfc(group.name) === nfc(name));
}

function nfc(text: string): string {
  return text.normalize("NFC");
}

/** Names are not unique: every role of a name is listed. */
export function rolesByName(target: TargetInventory): ReadonlyMap<string, readonly Role[]> {
  return indexBy(itemsOf(target.roles).values(), (role) => role.name);
}

/** Lists of teams, since nothing here relies on handles being unique. */
export function teamsByHandle(target: TargetInventory): ReadonlyMap<string, readonly Team[]> {
  return indexBy(itemsOf(target.teams).values(), (team) => team.handle);
}

/** Teams by the handle that a SCIM group of their name would get, which need not be the one they have. */
export function teamsByDerivedHandle(target: TargetInventory): ReadonlyMap<string, readonly Team[]> {
  return indexBy(itemsOf(target.teams).values(), (team) => handleOf(team.name));
}

/** Handle that Datadog derives from a name: lower case, spaces become underscores. (2026-09) */
export function handleOf(name: string): string {
  return name.trim().toLowerCase().replaceAll(/\s/g, "_");
}

/** Why a name that was looked up has no members: nothing is wrong with the read. */
function notOne(system: string, answer: "absent" | "ambiguous"): Failure {
  const found = answer === "absent" ? "no group" : "several groups";
  return { kind: "not-configured", system, message: `${system} has ${found} of this name` };
}

function neverRead(system: string): Failure {
  return { kind: "not-configured", system, message: `${system} has not been read yet` };
}
