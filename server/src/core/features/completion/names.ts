/** The lists that names are chosen from: live ones once a read, and those that the files use once a snapshot. */

import { memo } from "../../analysis/memo.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { CATALOGUE } from "../../model/catalogue.ts";
import type { DirectoryInventory, Group } from "../../model/directory.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { Permission, Role, TargetInventory, Team } from "../../model/target.ts";
import { allMappings } from "../../syntax/readMappingFile.ts";
import { rolesIn, teamsIn } from "./familiar.ts";
import { indexOf, type NameChunks, toNames } from "./nameIndex.ts";

/** Listed groups, and those that were looked up beyond the list. */
export function groupLists(inventory: DirectoryInventory): readonly NameChunks<Group>[] {
  return [memo(itemsOf(inventory.groups), toGroupNames), memo(inventory, namedGroups)];
}

/** Index over the roles that were read; made once for each read. */
export function roleNames(target: TargetInventory): NameChunks<Role> {
  return memo(itemsOf(target.roles), toRoleNames);
}

/** Index over the teams that were read, by handle and name; made once for each read. */
export function teamNames(target: TargetInventory): NameChunks<Team> {
  return memo(itemsOf(target.teams), toTeamNames);
}

/** What the organizations list, and what the catalogue knows besides. */
export function permissionLists({ targets }: Snapshot): readonly NameChunks<Permission>[] {
  const live = [...targets.values()].map(({ permissions }) => memo(itemsOf(permissions), toPermissionNames));
  return [...live, memo(CATALOGUE, toPermissionNames)];
}

/** Groups that the files name. `usedRoles` and `usedTeams` tell the same of roles and teams. */
export function usedGroups({ files }: Snapshot): NameChunks<string> {
  return used(
    files.flatMap((file) => allMappings(file).flatMap(({ group }) => (group?.by === "name" ? [group.text] : []))),
  );
}

/** Roles that the files name, whether or not they are live. */
export function usedRoles(snapshot: Snapshot): NameChunks<string> {
  return used(grants(snapshot).flatMap(rolesIn));
}

/** Teams that the files name, whether or not they are live. */
export function usedTeams(snapshot: Snapshot): NameChunks<string> {
  return used(grants(snapshot).flatMap(teamsIn));
}

/** Makes the indexes of all live names, a piece at each step, so that others may have their turn in between. */
export function* indexNames({ directories, targets }: Snapshot): Generator<void> {
  const lists: readonly NameChunks<unknown>[] = [
    ...[...directories.values()].flatMap(groupLists),
    ...[...targets.values()].flatMap((target): NameChunks<unknown>[] => [roleNames(target), teamNames(target)]),
  ];
  for (const chunk of lists.flat()) {
    indexOf(chunk);
    yield;
  }
}

function toGroupNames(groups: ReadonlyMap<string, Group>): NameChunks<Group> {
  return toNames(groups.values(), (group) => group.name);
}

function namedGroups(inventory: DirectoryInventory): NameChunks<Group> {
  const listed = itemsOf(inventory.groups);
  const found = [...inventory.named.values()].flatMap((answer) => [...itemsOf(answer)]);
  return toGroupNames(new Map(found.filter(([id]) => !listed.has(id))));
}

function toRoleNames(roles: ReadonlyMap<string, Role>): NameChunks<Role> {
  return toNames(roles.values(), (role) => role.name);
}

function toTeamNames(teams: ReadonlyMap<string, Team>): NameChunks<Team> {
  return toNames(teams.values(), (team) => team.handle);
}

function toPermissionNames(permissions: ReadonlyMap<string, Permission>): NameChunks<Permission> {
  return toNames(
    [...permissions.values()].filter((permission) => !permission.deprecated),
    (permission) => permission.name,
  );
}

function grants({ files }: Snapshot) {
  return files.flatMap((file) => [...allMappings(file), ...file.bundles]);
}

function used(names: readonly string[]): NameChunks<string> {
  return toNames(new Set(names), String);
}
