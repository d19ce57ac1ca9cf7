/** Which SCIM group stands for which team, and whose it is. */

import { handleOf } from "../analysis/resolve.ts";
import { compareText } from "../model/order.ts";
import type { ScimGroup } from "../model/target.ts";
import type { Named } from "./plan.ts";
import { joinAnd } from "./render/words.ts";

/** Marks a SCIM group as this project's. */
export function externalIdOf(project: string, handle: string): string {
  return `accessmap:${project}:${handle}`;
}

export type GroupOwner =
  | { readonly owner: "ours"; readonly group: ScimGroup }
  /** Another tool's, or nobody's: without our mark it is not ours to change. */
  | { readonly owner: "foreign"; readonly group: ScimGroup }
  | { readonly owner: "none" }
  /** Nothing tells which of these is the team's. */
  | { readonly owner: "several"; readonly groups: readonly ScimGroup[] };

/**
 * Finds the group of a team. Our mark comes first; else the group that is the team, or the only one whose name leads to its
 * handle: names that differ in letter case alone lead to the same.
 */
export function findOwnGroup(groups: readonly ScimGroup[], project: string, team: Named): GroupOwner {
  const marked = groups.filter(({ externalId }) => externalId === externalIdOf(project, team.name));
  if (marked.length > 1) return { owner: "several", groups: marked };
  const [ours] = marked;
  if (ours) return { owner: "ours", group: ours };
  const itself = groups.filter(({ id }) => team.id !== "" && id === team.id);
  const alike = itself.length > 0 ? itself : groups.filter(({ displayName }) => handleOf(displayName) === team.name);
  if (alike.length > 1) return { owner: "several", groups: alike };
  const [foreign] = alike;
  return foreign ? { owner: "foreign", group: foreign } : { owner: "none" };
}

/** For people: that there are several, and how they are called. */
export function severalGroups({ name }: Named, groups: readonly ScimGroup[]): string {
  const names = joinAnd(groups.map(({ displayName }) => `"${displayName}"`).sort(compareText));
  return `SCIM has several groups that may be team ${name} (${names}), and nothing tells which is`;
}
