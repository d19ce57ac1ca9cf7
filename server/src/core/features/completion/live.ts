/** Names of groups, roles and teams: live ones with what is known of them, else those that the files already use. */

import { sensitivityOf } from "../../analysis/effective.ts";
import { bundlesOf, resolvedMappings } from "../../analysis/grants.ts";
import { memo, type Snapshot } from "../../analysis/snapshot.ts";
import type { DirectoryInventory, Group } from "../../model/directory.ts";
import { gapOf, itemsOf } from "../../model/knowledge.ts";
import type { Role, TargetInventory, Team } from "../../model/target.ts";
import { count, people, prose } from "../support/markdown.ts";
import { type Candidate, choose, type Offer, type Spot } from "./candidates.ts";
import { type Indexed, index } from "./rank.ts";

/** Groups of the directory at hand; those without a mapping come first. */
export function groups(spot: Spot, by: "name" | "id"): Offer {
  const { snapshot, directory, inventory } = spot;
  const mapped = memo(snapshot, mappedGroups);
  const isMapped = ({ name }: { readonly name: string }) => mapped.has(groupKey(directory?.name, name));
  const live = inventory ? memo(inventory, indexGroups) : [];
  // What was not read wholly may miss names that the files know.
  const names = inventory && !gapOf(inventory.groups) ? live : union(live, memo(snapshot, usedGroups));
  return choose(
    spot,
    names,
    (name, group): Candidate => ({
      label: name,
      kind: "group",
      detail: group ? groupDetail(group, isMapped({ name })) : "used in this project, not checked",
      ...(group?.description ? { documentation: prose(group.description) } : {}),
      ...(by === "id" && group ? { value: group.id } : {}),
    }),
    isMapped,
  );
}

export function roles(spot: Spot, by: "name" | "id"): Offer {
  const { snapshot, target } = spot;
  const live = target ? memo(target, indexRoles) : [];
  const names = target && !gapOf(target.roles) ? live : union(live, memo(snapshot, usedRoles));
  return choose(
    spot,
    names,
    (name, role): Candidate => ({
      label: name,
      kind: "role",
      detail: role && target ? roleDetail(target, role) : "used in this project, not checked",
      ...(role && growth(role) ? { documentation: growth(role) } : {}),
      ...(by === "id" && role ? { value: role.id } : {}),
    }),
  );
}

export function teams(spot: Spot): Offer {
  const { snapshot, target } = spot;
  const live = target ? memo(target, indexTeams) : [];
  const names = target && !gapOf(target.teams) ? live : union(live, memo(snapshot, usedTeams));
  return choose(
    spot,
    names,
    (handle, team): Candidate => ({
      label: handle,
      kind: "team",
      detail: team ? teamDetail(team) : "used in this project, not checked",
    }),
  );
}

export function bundles(spot: Spot): Offer {
  return choose(
    spot,
    index(bundlesOf(spot.snapshot).values(), (bundle) => bundle.name.value),
    (label, bundle): Candidate => ({
      label,
      kind: "bundle",
      detail: `${count(bundle.roles.length, "role")}, ${count(bundle.teams.length, "team")}`,
    }),
  );
}

function groupDetail(group: Group, isMapped: boolean): string {
  const size = group.memberCount === undefined ? [] : [people(group.memberCount)];
  const kind = { static: [], dynamic: ["filled by a rule"], app: ["owned by an app"], everyone: ["everybody"] }[
    group.kind
  ];
  return [...size, ...kind, ...(isMapped ? ["mapped"] : [])].join(" · ");
}

function roleDetail(target: TargetInventory, role: Role): string {
  const size = role.userCount === undefined ? [] : [people(role.userCount)];
  return [sensitivityOf(target, role), ...size, ...(role.managed ? ["managed by Datadog"] : [])].join(" · ");
}

function growth(role: Role): string {
  if (role.managed) return "Grows by itself: Datadog adds new permissions to it.";
  if (role.receivesFrom.length === 0) return "";
  return `Grows by itself: receives new permissions of ${prose(role.receivesFrom.join(", "))}.`;
}

function teamDetail(team: Team): string {
  const size = team.userCount === undefined ? [] : [people(team.userCount)];
  return [
    ...(team.name === team.handle ? [] : [team.name]),
    ...size,
    ...(team.managed ? ["membership by SCIM"] : []),
  ].join(" · ");
}

function indexGroups(inventory: DirectoryInventory): readonly Indexed<Group>[] {
  const known = new Map(itemsOf(inventory.groups));
  for (const answer of inventory.named.values()) for (const [id, group] of itemsOf(answer)) known.set(id, group);
  return index(known.values(), (group) => group.name);
}

function indexRoles(target: TargetInventory): readonly Indexed<Role>[] {
  return index(itemsOf(target.roles).values(), (role) => role.name);
}

function indexTeams(target: TargetInventory): readonly Indexed<Team>[] {
  return index(itemsOf(target.teams).values(), (team) => team.handle);
}

function mappedGroups(snapshot: Snapshot): ReadonlySet<string> {
  return new Set(
    resolvedMappings(snapshot).flatMap(({ mapping, directory, group }) => {
      if (!mapping.group) return [];
      const name = group?.answer === "present" ? group.item.name : mapping.group.text;
      return [groupKey(directory?.name, name)];
    }),
  );
}

function groupKey(directory: string | undefined, name: string): string {
  return `${directory ?? ""}\n${name}`;
}

function usedGroups(snapshot: Snapshot): readonly Indexed<undefined>[] {
  return used(
    resolvedMappings(snapshot).flatMap(({ mapping: { group } }) => (group?.by === "name" ? [group.text] : [])),
  );
}

function usedRoles(snapshot: Snapshot): readonly Indexed<undefined>[] {
  return used(grants(snapshot).flatMap(({ roles }) => roles.flatMap((role) => role.name ?? [])));
}

function usedTeams(snapshot: Snapshot): readonly Indexed<undefined>[] {
  return used(grants(snapshot).flatMap(({ teams }) => teams.map((team) => team.value)));
}

function grants({ files }: Snapshot) {
  return files.flatMap(({ content }) => [...content.mappings, ...content.bundles]);
}

function used(names: readonly string[]): readonly Indexed<undefined>[] {
  return index(new Set(names), String).map((name) => ({ ...name, item: undefined }));
}

function union<T>(
  live: readonly Indexed<T>[],
  files: readonly Indexed<undefined>[],
): readonly Indexed<T | undefined>[] {
  const known = new Set(live.map(({ name }) => name));
  return [...live, ...files.filter(({ name }) => !known.has(name))];
}
