/** Which names the files around the cursor make likely: those of the same owner, then those of the entries nearby. */

import { resolvedMappings } from "../../analysis/grants.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import type { Bundle, Mapping } from "../../model/mapping.ts";
import { allMappings } from "../../syntax/readMappingFile.ts";
import type { CompletionSpot } from "./candidates.ts";
import { type Familiar, NEARNESS, type Nearness } from "./match.ts";
import { foldName } from "./nameIndex.ts";

/** Entries that count as nearby, on either side of the cursor. */
const NEARBY = 20;

/** Beginnings looked for at most; more would tell nothing. */
const MOST_BEGINNINGS = 8;

/** Names of the roles that a mapping or bundle gives; those written by id alone are left out. */
export function rolesIn({ roles }: Mapping | Bundle): readonly string[] {
  return roles.flatMap((role) => role.name ?? []);
}

/** Handles of the teams it gives, as written. */
export function teamsIn({ teams }: Mapping | Bundle): readonly string[] {
  return teams.map((team) => team.value);
}

/** Names of the bundles it uses, as written. */
export function bundlesIn({ bundles }: Mapping): readonly string[] {
  return bundles.map((bundle) => bundle.value);
}

/** Names that are given to others here, which are likely to be given again. */
export function familiarNames(spot: CompletionSpot, namesIn: (mapping: Mapping) => readonly string[]): Familiar {
  const near = new Map<string, Nearness>();
  for (const [mapping, level] of neighbours(spot)) for (const name of namesIn(mapping)) near.set(name, level);
  return near.size > 0 ? { near } : {};
}

/** How groups nearby begin. A group itself is seldom mapped twice, so its likes are meant and not the group. */
export function familiarBeginnings(spot: CompletionSpot): NonNullable<Familiar["beginnings"]> {
  const beginnings = new Map<string, Nearness>();
  for (const [{ group }, level] of neighbours(spot)) {
    const [beginning = ""] = /^.+[^\p{L}\p{N}]/u.exec(foldName(group?.text ?? "")) ?? [];
    if (beginning !== "" && group?.by === "name" && beginnings.size < MOST_BEGINNINGS) beginnings.set(beginning, level);
  }
  return [...beginnings];
}

/** Names of mapped groups by directory. */
export function mappedGroups(snapshot: Snapshot): ReadonlyMap<string, ReadonlySet<string>> {
  const mapped = new Map<string, Set<string>>();
  for (const { mapping, directory, group } of resolvedMappings(snapshot)) {
    if (!mapping.group) continue;
    const names = mapped.get(directory?.name ?? "") ?? new Set();
    mapped.set(directory?.name ?? "", names.add(group?.answer === "present" ? group.item.name : mapping.group.text));
  }
  return mapped;
}

/** Entries nearby, then those of the same owner in the whole project, each with what it makes of its names. */
function neighbours({ snapshot, read, location, mapping }: CompletionSpot): readonly (readonly [Mapping, Nearness])[] {
  const here = read ? allMappings(read) : [];
  const [, at] = location.path;
  const nearby = typeof at === "number" ? here.slice(Math.max(0, at - NEARBY), at + NEARBY + 1) : here;
  const around = nearby.map((other) => [other, NEARNESS.nearby] as const);
  const owner = location.entries.get("owner") ?? mapping?.mapping.owner?.value ?? read?.head.owner?.value;
  if (owner === undefined) return around;
  const same = snapshot.files.flatMap((file) =>
    allMappings(file).filter((other) => (other.owner ?? file.head.owner)?.value === owner),
  );
  return [...around, ...same.map((other) => [other, NEARNESS.sameOwner] as const)];
}
