/** What a role permits today against what it permitted when somebody last reviewed it. */

import type { RolePin } from "../../model/lock.ts";
import { type Role, type TargetInventory, worstFirst } from "../../model/target.ts";
import { findPermission } from "../effective.ts";
import { fold } from "../words.ts";

/** Permission names, the most sensitive first. */
export interface RoleChange {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Undefined when nothing changed, or when either content is not wholly known, or when it is another role now. */
export function roleChange(target: TargetInventory, role: Role, pin: RolePin | undefined): RoleChange | undefined {
  return pin?.id === role.id ? contentChange(target, role, pin) : undefined;
}

/** The same whatever role it was then. */
export function contentChange(target: TargetInventory, role: Role, pin: RolePin): RoleChange | undefined {
  if (!pin.permissions || role.unresolved > 0) return undefined;
  const [before, after] = [new Set(pin.permissions), new Set(role.permissions)];
  const gained = role.permissions.filter((name) => !before.has(name));
  const lost = pin.permissions.filter((name) => !after.has(name));
  if (gained.length + lost.length === 0) return undefined;
  return { gained: sortedWorst(target, gained), lost: sortedWorst(target, lost) };
}

/** `gained logs_delete_data (critical) and monitors_write, lost dashboards_write`. */
export function describeRoleChange(target: TargetInventory, { gained, lost }: RoleChange, shown = 3): string {
  const named = (name: string) => {
    const { sensitivity } = findPermission(target, name);
    return sensitivity === "low" || sensitivity === "medium" ? name : `${name} (${sensitivity})`;
  };
  const parts = [
    gained.length > 0 ? `gained ${fold(gained.map(named), shown)}` : "",
    lost.length > 0 ? `lost ${fold(lost, shown)}` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

function sortedWorst(target: TargetInventory, names: readonly string[]): readonly string[] {
  const permissions = names.map((name) => ({ name, sensitivity: findPermission(target, name).sensitivity }));
  return permissions.sort(worstFirst).map(({ name }) => name);
}
