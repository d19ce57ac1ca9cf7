/** Costly reads that audits alone ask for: everybody in a directory, and the teams of single accounts. Nothing is kept. */

import { openDirectory, openTarget } from "../../connectors/registry.ts";
import type { Snapshot } from "../../core/analysis/snapshot.ts";
import type { Principal } from "../../core/model/directory.ts";
import type { Knowledge } from "../../core/model/knowledge.ts";
import type { OrganizationConfig } from "../../core/model/project.ts";
import type { HttpClient } from "../../http/client.ts";
import type { OnReadProgress } from "./progress.ts";

/** Everybody in these directories of the project, by directory. */
export async function readPeople(
  snapshot: Snapshot,
  directories: readonly string[],
  http: HttpClient,
  signal: AbortSignal,
  onProgress: OnReadProgress,
): Promise<ReadonlyMap<string, Knowledge<Principal>>> {
  const known = snapshot.project?.content.directories;
  const read = directories.flatMap((name) => {
    const config = known?.get(name);
    if (!config) return [];
    const report = (progress: Parameters<OnReadProgress>[1]) => onProgress(name, progress);
    return [
      openDirectory(config, http)
        .readPeople({ signal, report })
        .then((people) => [name, people] as const),
    ];
  });
  return new Map(await Promise.all(read));
}

/** Ids of the teams that accounts of an organization are in, by account id. */
export function readTeamsOf(
  organization: OrganizationConfig,
  accountIds: readonly string[],
  http: HttpClient,
  signal: AbortSignal,
  onProgress: OnReadProgress,
): Promise<ReadonlyMap<string, Knowledge<string>>> {
  const report = (progress: Parameters<OnReadProgress>[1]) => onProgress(organization.name, progress);
  return openTarget(organization, http).readTeamsOf(accountIds, { signal, report });
}
