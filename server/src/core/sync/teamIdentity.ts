/** Which SCIM group stands for which team, and whose it is. */

import { handleOf } from "../analysis/resolve.ts";
import type { ScimGroup } from "../model/target.ts";
import type { Named } from "./plan.ts";

/** Marks a SCIM group as this project's. */
export function externalIdOf(project: string, handle: string): string {
  return `accessmap:${project}:${handle}`;
}

export type GroupOwner =
  | { readonly owner: "ours"; readonly group: ScimGroup }
  /** Another tool's, or nobody's: without our mark it is not ours to change. */
  | { readonly owner: "foreign"; readonly group: ScimGroup }
  | { readonly owner: "none" }
  | { readonly owner: "several" };

/** Finds the group of a team. Our mark comes first; else the group that is the team, or whose name leads to its handle. */
export function findGroup(groups: readonly ScimGroup[], project: string, team: Named): GroupOwner {
  const marked = groups.filter(({ externalId }) => externalId === externalIdOf(project, team.name));
  if (marked.length > 1) return { owner: "several" };
  const [ours] = marked;
  if (ours) return { owner: "ours", group: ours };
  const foreign = groups.find(
    (group) => (team.id !== "" && group.id === team.id) || handleOf(group.displayName) === team.name,
  );
  return foreign ? { owner: "foreign", group: foreign } : { owner: "none" };
}
