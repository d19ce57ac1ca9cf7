/** Fixes for a grant that is too much: an existing role that gives less, or none. */

import type { SourceFix } from "../../model/finding.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { Role } from "../../model/target.ts";
import type { Source } from "../../model/text.ts";
import { replaceScalar } from "../../syntax/edit.ts";
import { beyondBaseline, permissionNames } from "../effective.ts";
import type { HeldRole } from "../grants.ts";
import { memo } from "../memo.ts";
import { rolesByName } from "../resolve.ts";
import { remove } from "./fixes.ts";

/** Alternatives offered for one role. */
const MOST = 2;

/**
 * `Use "…" instead` for roles that permit a part of what this one does and pass `isFine`, the largest first; then
 * `Remove this role`. None for a role that a bundle brings: it is the bundle that would have to change.
 */
export function useLess(source: Source, held: HeldRole, isFine: (role: Role) => boolean): readonly SourceFix[] {
  if (held.bundle) return [];
  const smaller = held.ref.id === undefined ? smallerRoles(held, isFine) : [];
  return [
    ...smaller.map((role) => ({
      title: `Use "${role.name}" instead`,
      edits: [replaceScalar(source, held.span, role.name)],
    })),
    ...remove(source, "Remove this role", held.span),
  ];
}

function smallerRoles({ role, target }: HeldRole, isFine: (role: Role) => boolean): readonly Role[] {
  const permitted = permissionNames(target, role.item);
  const isSmaller = (other: Role) => {
    const names = permissionNames(target, other);
    return names.size < permitted.size && [...names].every((name) => permitted.has(name));
  };
  const weightOf = (other: Role) => beyondBaseline(target, other).length;
  return [...itemsOf(target.roles).values()]
    .filter((other) => other.unresolved === 0 && memo(target, rolesByName).get(other.name)?.length === 1)
    .filter((other) => weightOf(other) > 0 && isSmaller(other) && isFine(other))
    .sort((a, b) => weightOf(b) - weightOf(a) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST);
}
