/** What a group gives its members: people, roles, teams and effective permissions, over all mappings in force. */

import type { DirectoryInventory, Group, Principal } from "../model/directory.ts";
import { type Failure, gapOf, type Known, type Lookup } from "../model/knowledge.ts";
import type { DirectoryConfig, OrganizationConfig } from "../model/project.ts";
import type { Role, TargetInventory } from "../model/target.ts";
import type { Instant } from "../model/time.ts";
import { type EffectivePermission, effectivePermissions } from "./effective.ts";
import { activeMembers, groupName, mappingsOf, presentRoles, type ResolvedMapping, unjudgedMembers } from "./grants.ts";
import { outsidersOf } from "./judgements/outsiders.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * The people of a group, counted. `outsiders` are active guests or people of a foreign mail domain, `unjudged` those of
 * whom the directory does not say whether they may sign in.
 */
export interface PeopleCounts {
  readonly active: number;
  readonly outsiders: number;
  readonly disabled: number;
  readonly unjudged: number;
  readonly asOf: Instant;
}

/** A role that the group's active members also get from another group. */
export interface ElsewhereRole {
  readonly role: Role;
  readonly group: string;
  readonly people: number;
}

export interface GroupAccess {
  readonly name: string;
  readonly group: Lookup<Group>;
  /** Where the group should be. */
  readonly directory: DirectoryConfig | undefined;
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory | undefined;
  /** Mappings in force that name the group. */
  readonly mappings: readonly ResolvedMapping[];
  /** Undefined with `peopleGap` when the members are not wholly known. */
  readonly people?: PeopleCounts;
  readonly peopleGap?: Failure;
  readonly roles: readonly Role[];
  /** Roles that could not be resolved, by the name written. */
  readonly unresolvedRoles: readonly string[];
  readonly teams: readonly string[];
  readonly permissions: readonly EffectivePermission[];
  readonly elsewhere: readonly ElsewhereRole[];
}

/** Access of the group that `of` maps, in that mapping's organization; undefined when it has no group or organization. */
export function accessOf(snapshot: Snapshot, of: ResolvedMapping): GroupAccess | undefined {
  const { organization, target, group } = of;
  if (!organization || !group || !of.mapping.group) return undefined;
  const all = mappingsOf(snapshot, organization.name).filter((candidate) => candidate.inForce);
  const own = all.filter((candidate) => isSameGroup(candidate, of));
  const roles = [...new Set(own.flatMap(presentRoles))];
  return {
    name: groupName(of),
    group,
    directory: of.directory,
    organization,
    target,
    mappings: own,
    ...countPeople(snapshot, of),
    roles,
    unresolvedRoles: own.flatMap(({ roles: granted }) =>
      granted.flatMap(({ role, ref }) => (role.answer === "present" ? [] : [ref.name ?? ref.id ?? ""])),
    ),
    teams: [...new Set(own.flatMap(({ teams }) => teams.map((team) => team.handle)))].sort(),
    permissions: target ? effectivePermissions(target, roles) : [],
    elsewhere: rolesElsewhere(all, own, of, roles),
  };
}

function isSameGroup(one: ResolvedMapping, other: ResolvedMapping): boolean {
  if (one.group?.answer === "present" && other.group?.answer === "present") {
    return one.group.item.id === other.group.item.id && one.directory?.name === other.directory?.name;
  }
  return one.mapping.group?.text === other.mapping.group?.text && one.directory?.name === other.directory?.name;
}

function countPeople(
  snapshot: Snapshot,
  { members, directory }: ResolvedMapping,
): Pick<GroupAccess, "people" | "peopleGap"> {
  const gap = gapOf(members);
  if (gap || members.state === "unknown") return gap ? { peopleGap: gap } : {};
  const inventory = directory && snapshot.directories.get(directory.name);
  return inventory ? { people: { ...countMembers(inventory, members), asOf: members.asOf } } : {};
}

/** The members of a directory's group, counted. */
export function countMembers(inventory: DirectoryInventory, members: Known<Principal>): Omit<PeopleCounts, "asOf"> {
  const everybody = [...members.items.values()];
  return {
    active: activeMembers(members).length,
    outsiders: outsidersOf(inventory, members).length,
    disabled: everybody.filter(({ state }) => state === "suspended" || state === "deactivated").length,
    unjudged: unjudgedMembers(members),
  };
}

function rolesElsewhere(
  all: readonly ResolvedMapping[],
  own: readonly ResolvedMapping[],
  of: ResolvedMapping,
  held: readonly Role[],
): readonly ElsewhereRole[] {
  const people = new Set(activeMembers(of.members).map((principal) => principal.login));
  const found: ElsewhereRole[] = [];
  for (const other of all) {
    if (own.includes(other) || other.group?.answer !== "present") continue;
    const shared = activeMembers(other.members).filter((principal) => people.has(principal.login)).length;
    if (shared === 0) continue;
    for (const role of presentRoles(other))
      if (!held.includes(role)) found.push({ role, group: other.group.item.name, people: shared });
  }
  return found;
}
