/** What the files want to know of each live system: only mapped groups and named teams are read in depth. */

import { mappingsOf, type ResolvedMapping, resolvedMappings } from "../../core/analysis/grants.ts";
import type { Snapshot } from "../../core/analysis/snapshot.ts";
import type { DirectoryQuery, TargetQuery } from "../../core/sync/connector.ts";
import type { System } from "./systems.ts";

/** Groups that mappings name in this directory, sorted, and the ids that the lock knows them by. */
export function directoryQuery(snapshot: Snapshot, directory: string): DirectoryQuery {
  const names = new Set<string>();
  const ids = new Set<string>();
  for (const resolved of resolvedMappings(snapshot)) {
    const group = resolved.mapping.group;
    if (resolved.directory?.name === directory && group) (group.by === "id" ? ids : names).add(group.text);
  }
  const pins = new Map<string, string>();
  for (const [name, { id }] of snapshot.lock.groups.get(directory) ?? []) if (names.has(name)) pins.set(name, id);
  return { names: [...names].sort(), ids: [...ids].sort(), ...(pins.size > 0 && { pins }) };
}

/** Teams named in the organization's files, and those its lock entry manages. */
export function targetQuery(snapshot: Snapshot, organization: string): TargetQuery {
  const teams = new Set<string>(snapshot.lock.organizations.get(organization)?.teams.keys());
  for (const resolved of mappingsOf(snapshot, organization)) for (const team of resolved.teams) teams.add(team.handle);
  return { teams: [...teams].sort() };
}

/** What a plan for one organization rests on: it, and the directories that its mappings name. Nothing else is asked. */
export function systemsBehind(systems: readonly System[], snapshot: Snapshot, organization: string): readonly System[] {
  const directories = new Set(mappingsOf(snapshot, organization).map(({ directory }) => directory?.name));
  return systems.filter(({ kind, name }) => (kind === "organization" ? name === organization : directories.has(name)));
}

/** True when the files name a group or team that no read has asked about yet: it was mapped since. */
export function asksForMore(snapshot: Snapshot): boolean {
  return resolvedMappings(snapshot).some((resolved) => hasNewGroup(snapshot, resolved) || hasNewTeam(resolved));
}

function hasNewGroup(snapshot: Snapshot, { mapping, directory, group }: ResolvedMapping): boolean {
  const inventory = directory && snapshot.directories.get(directory.name);
  if (!inventory || !mapping.group || !group) return false;
  if (group.answer === "present") return !inventory.members.has(group.item.id);
  // Names outside the listing's filter are looked up one by one; a listing that failed is no reason to ask again.
  return group.answer === "unknown" && inventory.groups.state === "known" && !inventory.named.has(mapping.group.text);
}

function hasNewTeam({ teams, target }: ResolvedMapping): boolean {
  return teams.some(
    ({ team }) => team.answer === "present" && target !== undefined && !target.teamMembers.has(team.item.id),
  );
}
