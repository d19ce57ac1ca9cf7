/** Roles to effective permissions: what a set of roles permits beyond the baseline, and through which role. */

import { describePermission, RECORDED_BASELINE } from "../model/catalogue.ts";
import { itemsOf } from "../model/knowledge.ts";
import { push } from "../model/maps.ts";
import {
  compareSensitivity,
  type Permission,
  type Role,
  type Sensitivity,
  type TargetInventory,
  worstFirst,
} from "../model/target.ts";
import { bitsOfNames, permissionsIn, vocabularyOf } from "./engine/vocabulary.ts";
import { memo, memoOf } from "./memo.ts";

/** Managed roles have the same names everywhere; their ids differ by organization. (2026-09) */
export const READ_ONLY_ROLE = "Datadog Read Only Role";
export const STANDARD_ROLE = "Datadog Standard Role";
export const ADMIN_ROLE = "Datadog Admin Role";

/** A permission with the roles that give it. */
export interface EffectivePermission {
  readonly permission: Permission;
  readonly through: readonly Role[];
  /** In the baseline: held by everybody, or by Datadog's own read-only role. */
  readonly baseline: boolean;
}

/** What is known of a permission by name or alias: live first, catalogue second, its name last. */
export function findPermission(target: TargetInventory | undefined, name: string): Permission {
  const vocabulary = target && vocabularyOf(target);
  return vocabulary?.permissions[vocabulary.indexes.get(name) ?? -1] ?? describePermission(name);
}

/** Names that need no grant to be worried about: what the Read Only Role holds plus the `restricted` defaults. */
export function baselineOf(target: TargetInventory): ReadonlySet<string> {
  return memo(target, computeBaseline);
}

function computeBaseline(target: TargetInventory): ReadonlySet<string> {
  const readOnly = [...itemsOf(target.roles).values()].find(
    (role) => role.name === READ_ONLY_ROLE && (role.managed || role.receivesFrom.length === 0),
  );
  const names = new Set<string>(readOnly ? readOnly.permissions : RECORDED_BASELINE);
  for (const permission of itemsOf(target.permissions).values()) if (permission.restricted) names.add(permission.name);
  return names;
}

/** The union of roles as permissions, sorted by sensitivity (highest first), then name. `implies` is followed. */
export function effectivePermissions(target: TargetInventory, roles: readonly Role[]): readonly EffectivePermission[] {
  const baseline = baselineOf(target);
  const through = new Map<string, Role[]>();
  for (const role of roles) for (const name of permissionNames(target, role)) push(through, name, role);
  return [...through]
    .map(([name, sources]) => ({
      permission: findPermission(target, name),
      through: sources,
      baseline: baseline.has(name),
    }))
    .sort((a, b) => worstFirst(a.permission, b.permission));
}

/** Names a role of the target permits, with what they include; aliases are told by the name they stand for. */
export function permissionNames(target: TargetInventory, role: Role): ReadonlySet<string> {
  return memoOf(target, role, namesIn);
}

function namesIn(target: TargetInventory, role: Role): ReadonlySet<string> {
  const vocabulary = vocabularyOf(target);
  return new Set(permissionsIn(vocabulary, bitsOfNames(vocabulary, role.permissions)).map(({ name }) => name));
}

/** Permissions of a role beyond the baseline. The Read Only Role itself has none. */
export function beyondBaseline(target: TargetInventory, role: Role): readonly Permission[] {
  return memoOf(target, role, excessOf);
}

function excessOf(target: TargetInventory, role: Role): readonly Permission[] {
  const baseline = baselineOf(target);
  return [...permissionNames(target, role)]
    .filter((name) => !baseline.has(name))
    .map((name) => findPermission(target, name));
}

/** Highest sensitivity among a role's permissions beyond the baseline; `low` when there are none. */
export function sensitivityOf(target: TargetInventory, role: Role): Sensitivity {
  return memoOf(target, role, highestOf);
}

function highestOf(target: TargetInventory, role: Role): Sensitivity {
  let highest: Sensitivity = "low";
  for (const { sensitivity } of beyondBaseline(target, role))
    if (compareSensitivity(sensitivity, highest) > 0) highest = sensitivity;
  return highest;
}

/** Permissions that lead to every other one: whoever holds one of them can become an administrator. (2026-09) */
export const ADMIN_EQUIVALENT: readonly string[] = [
  "admin",
  "org_management",
  "user_access_manage",
  "service_account_write",
  "org_app_keys_write",
];

/** The permissions that make a role as good as Datadog Admin; empty when none does. */
export function adminEquivalence(target: TargetInventory, role: Role): readonly string[] {
  return memoOf(target, role, decisiveIn);
}

function decisiveIn(target: TargetInventory, role: Role): readonly string[] {
  const names = permissionNames(target, role);
  return ADMIN_EQUIVALENT.filter((name) => names.has(name));
}

/** True for Datadog's own Admin role and for roles that are as good as it. */
export function isAdmin(target: TargetInventory, role: Role): boolean {
  return role.name === ADMIN_ROLE || adminEquivalence(target, role).length > 0;
}
