/** A read for an import: the organization with its teams, then the groups that its mappings name and those to compare. */

import { openDirectory, openTarget } from "../../connectors/registry.ts";
import { mappedGroups } from "../../core/adopt/fromAuthnMappings.ts";
import { type Snapshot, takeSnapshot } from "../../core/analysis/snapshot.ts";
import { directoryOf } from "../../core/analysis/world.ts";
import type { HttpClient } from "../../http/client.ts";
import type { OnReadProgress } from "./progress.ts";
import { directoryQuery, targetQuery } from "./queries.ts";
import type { System } from "./systems.ts";

/** Groups and teams whose members are read only to be compared with who holds what; each costs a request or more. */
const MOST_COMPARED = 500;

export interface SurveyOptions {
  readonly http: HttpClient;
  readonly signal: AbortSignal;
  readonly onProgress?: OnReadProgress | undefined;
}

/** The snapshot with nothing but this read in it. Failures are in the inventories, as always. */
export async function survey(
  systems: readonly System[],
  snapshot: Snapshot,
  organization: string,
  { http, signal, onProgress }: SurveyOptions,
): Promise<Snapshot> {
  const contextOf = (system: string) => ({
    signal,
    report: (progress: Parameters<OnReadProgress>[1]) => onProgress?.(system, progress),
  });
  const found = systems.find(({ kind, name }) => kind === "organization" && name === organization);
  if (found?.kind !== "organization") return takeSnapshot({ ...snapshot, directories: new Map(), targets: new Map() });
  const target = await openTarget(found.config, http).readTarget(
    { ...targetQuery(snapshot, organization), moreTeams: MOST_COMPARED },
    contextOf(organization),
  );
  const usual = directoryOf(snapshot, {}, found.config)?.name;
  const directories = await Promise.all(
    systems.map(async (system) => {
      if (system.kind !== "directory") return [];
      const asked = directoryQuery(snapshot, system.name);
      const mapped = system.name === usual ? mappedGroups(target, found.config, system.config) : { names: [], ids: [] };
      const query = {
        names: [...new Set([...asked.names, ...mapped.names])],
        ids: [...new Set([...asked.ids, ...mapped.ids])],
        moreGroups: MOST_COMPARED,
      };
      const read = await openDirectory(system.config, http).readDirectory(query, contextOf(system.name));
      return [[system.name, read] as const];
    }),
  );
  return takeSnapshot({
    ...snapshot,
    directories: new Map(directories.flat()),
    targets: new Map([[organization, target]]),
  });
}
