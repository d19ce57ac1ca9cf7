/** Live inventories to the content of accessmap.snapshot.json: names of groups, roles and teams, and people only as counts. */

import { countMembers } from "../../core/analysis/access.ts";
import type { DirectoryInventory, Group } from "../../core/model/directory.ts";
import { type Failure, gapOf, isComplete, itemsOf } from "../../core/model/knowledge.ts";
import { sortBy } from "../../core/model/order.ts";
import type { TargetInventory } from "../../core/model/target.ts";
import type { Instant } from "../../core/model/time.ts";
import {
  SNAPSHOT_COLLECTIONS,
  type SnapshotDirectory,
  type SnapshotFile,
  type SnapshotGroup,
  type SnapshotOrganization,
} from "../../store/snapshotFile.ts";
import { targetFailure } from "./keep.ts";
import type { Inventories } from "./refresh.ts";
import type { System } from "./systems.ts";

/** The content of the file, and what is wrong with it. */
export interface SnapshotAttempt {
  readonly file: SnapshotFile;
  /** Systems of which nothing is known, with the reason; they are not in the file. */
  readonly unread: readonly Failure[];
  /** Systems that were read in part: the file says so, and proves nothing of theirs. */
  readonly incomplete: readonly Failure[];
}

/** Sorted throughout, so that a review shows what moved. */
export function snapshotOf(
  project: string,
  systems: readonly System[],
  { directories, targets }: Pick<Inventories, "directories" | "targets">,
  takenAt: Instant,
): SnapshotAttempt {
  const unread: Failure[] = [];
  const incomplete: Failure[] = [];
  const taken = { directories: {} as Mutable<"directories">, organizations: {} as Mutable<"organizations"> };
  for (const { name, key } of sortBy(systems, (system) => system.name)) {
    const [directory, target] = [directories.get(name), targets.get(name)];
    const main = directory?.groups ?? target?.roles;
    const gap = directory ? gapOf(directory.groups) : target && targetFailure(target);
    if (main?.state === "unknown") {
      unread.push(main.why);
      continue;
    }
    if (gap) incomplete.push(gap);
    if (directory) taken.directories[name] = takeDirectory(directory, key);
    if (target) taken.organizations[name] = takeOrganization(target, key);
  }
  return { file: { version: 1, project, takenAt, ...taken }, unread, incomplete };
}

type Mutable<Part extends "directories" | "organizations"> = { -readonly [Name in string]: SnapshotFile[Part][Name] };

function takeDirectory(inventory: DirectoryInventory, system: string): SnapshotDirectory {
  const { kind, filter, groups, named } = inventory;
  const looked = [...named].filter(([, answer]) => isComplete(answer));
  const all = new Map([...itemsOf(groups), ...looked.flatMap(([, answer]) => [...itemsOf(answer)])]);
  return {
    system,
    type: kind,
    complete: isComplete(groups),
    ...(filter !== undefined && { filter }),
    groups: sortBy([...all.values()], ({ name, id }) => `${name}\n${id}`).map((group) => takeGroup(inventory, group)),
    lookups: Object.fromEntries(
      sortBy(looked, ([name]) => name).map(([name, answer]) => [name, [...itemsOf(answer).keys()].sort()]),
    ),
  };
}

/** No description: people write names and addresses into it. */
function takeGroup(inventory: DirectoryInventory, { id, name, kind }: Group): SnapshotGroup {
  const members = inventory.members.get(id);
  return { id, name, kind, ...(isComplete(members) && countMembers(inventory, members)) };
}

function takeOrganization(target: TargetInventory, system: string): SnapshotOrganization {
  const { roleMapping, teamSource } = target.switches;
  const holders = isComplete(target.accounts) ? countHolders(target) : undefined;
  return {
    system,
    site: target.site,
    complete: SNAPSHOT_COLLECTIONS.filter((collection) => isComplete<unknown>(target[collection])),
    roles: sortBy([...itemsOf(target.roles).values()], ({ name, id }) => `${name}\n${id}`).map((role) => ({
      id: role.id,
      name: role.name,
      managed: role.managed,
      permissions: role.permissions,
      unresolved: role.unresolved,
      receivesFrom: role.receivesFrom,
      ...(holders && { holders: holders.get(role.id) ?? 0 }),
    })),
    teams: sortBy([...itemsOf(target.teams).values()], ({ handle }) => handle).map(({ id, handle, managed }) => ({
      id,
      handle,
      managed,
    })),
    permissions: sortBy([...itemsOf(target.permissions).values()], ({ name }) => name).map(
      ({ name, displayName, group, type, restricted, aliases }) => ({
        name,
        displayName,
        group,
        type,
        restricted,
        aliases,
      }),
    ),
    switches: {
      ...(roleMapping.state === "known" && { roleMapping: roleMapping.value }),
      ...(teamSource.state === "known" && { teamSource: teamSource.value }),
    },
  };
}

function countHolders(target: TargetInventory): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status, roleIds } of itemsOf(target.accounts).values()) {
    if (status === "active") for (const id of roleIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
