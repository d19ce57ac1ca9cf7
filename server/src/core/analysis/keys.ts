/** What keys and tokens of an organization let their bearer do: what the owner may, cut down to the scopes. */

import { isComplete, itemsOf } from "../model/knowledge.ts";
import type { Credential, TargetInventory } from "../model/target.ts";

/** What every request through SCIM takes, reads included. https://docs.datadoghq.com/api/latest/scim/ (2026-09) */
export const SCIM_PERMISSIONS: readonly string[] = ["user_access_invite", "user_access_manage"];

/** Names of permissions that a key of an owner with these roles gives for certain. None where its scopes are not known. */
export function permissionsOfKey(
  target: TargetInventory,
  ownerRoleIds: readonly string[],
  { scopes }: Pick<Credential, "scopes">,
): readonly string[] {
  if (scopes === undefined) return [];
  const roles = itemsOf(target.roles);
  const held = new Set(ownerRoleIds.flatMap((id) => roles.get(id)?.permissions ?? []));
  return scopes === null ? [...held] : scopes.filter((scope) => held.has(scope));
}

/** Whether a key permits all of `wanted`; undefined when its scopes, its owner or the owner's roles are not wholly known. */
export function permitsAll(target: TargetInventory, key: Credential, wanted: readonly string[]): boolean | undefined {
  const { scopes, ownerId = "" } = key;
  if (scopes && wanted.some((name) => !scopes.includes(name))) return false;
  const owner = itemsOf(target.accounts).get(ownerId);
  if (!owner) return undefined;
  const permits = new Set(permissionsOfKey(target, owner.roleIds, key));
  if (wanted.every((name) => permits.has(name))) return true;
  const roles = owner.roleIds.map((id) => itemsOf(target.roles).get(id));
  const isKnown = isComplete(target.roles) && roles.every((role) => role?.unresolved === 0);
  return scopes !== undefined && isKnown ? false : undefined;
}
