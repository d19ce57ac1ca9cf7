/** What the files want to know of each live system: only mapped groups and named teams are read in depth. */

import { mappingsOf, resolvedMappings } from "../core/analysis/grants.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import type { DirectoryQuery, TargetQuery } from "../core/sync/connector.ts";

export function directoryQuery(snapshot: Snapshot, directory: string): DirectoryQuery {
  const names = new Set<string>();
  const ids = new Set<string>();
  for (const resolved of resolvedMappings(snapshot)) {
    const group = resolved.mapping.group;
    if (resolved.directory?.name === directory && group) (group.by === "id" ? ids : names).add(group.text);
  }
  return { names: [...names].sort(), ids: [...ids].sort() };
}

/** Teams named in the organization's files, and those its lock entry manages. */
export function targetQuery(snapshot: Snapshot, organization: string): TargetQuery {
  const teams = new Set<string>(snapshot.lock.organizations.get(organization)?.teams.keys());
  for (const resolved of mappingsOf(snapshot, organization)) for (const team of resolved.teams) teams.add(team.handle);
  return { teams: [...teams].sort() };
}
