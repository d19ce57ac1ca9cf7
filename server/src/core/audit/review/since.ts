/** Since when the files give what a review asks about: the oldest of the commits, back from the latest, that all have it. */

import { type ResolvedMapping, resolvedMappings } from "../../analysis/grants.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { dayOf, type Instant } from "../../model/time.ts";
import { type GivenItem, grantsIn } from "./grant.ts";

/** What git tells of the grants of today. */
export interface GrantHistory {
  /** Day by `grantKey`; what no commit has is not here. */
  readonly since: ReadonlyMap<string, string>;
  /** Grants that the oldest commit looked at has too, where there may be older ones. */
  readonly atLeast: ReadonlySet<string>;
  readonly commits: number;
}

/** A grant through time: another reason, owner, end, pin or bundle is still the same grant to the same group. */
export function grantKey({ mapping, organization, directory }: ResolvedMapping, { kind, name }: GivenItem): string {
  return JSON.stringify([organization?.name, directory?.name, mapping.group?.by, mapping.group?.text, kind, name]);
}

function keysOf(snapshot: Snapshot): ReadonlySet<string> {
  return new Set(
    resolvedMappings(snapshot)
      .filter(({ mapping }) => mapping.group)
      .flatMap((resolved) => grantsIn(resolved).map((grant) => grantKey(resolved, grant))),
  );
}

/** `states` are what the files said, latest first; `isWhole` says after the last one whether it was the first commit. */
export async function grantHistory(
  now: Snapshot,
  states: AsyncIterable<{ readonly committedAt: Instant; readonly snapshot: Snapshot }>,
  isWhole: (commits: number) => boolean,
): Promise<GrantHistory> {
  const alive = new Set(keysOf(now));
  const since = new Map<string, string>();
  let commits = 0;
  for await (const { committedAt, snapshot } of states) {
    commits++;
    const there = keysOf(snapshot);
    for (const key of alive) {
      if (there.has(key)) since.set(key, dayOf(committedAt));
      else alive.delete(key);
    }
    if (alive.size === 0) break;
  }
  return { since, atLeast: isWhole(commits) ? new Set() : alive, commits };
}

/** As a review tells it. */
export function sinceText({ since, atLeast }: GrantHistory, key: string): string {
  const day = since.get(key);
  if (day === undefined) return "not committed";
  return atLeast.has(key) ? `${day} or earlier` : day;
}
