/** What keys and tokens of an organization let their bearer do: what the owner may, cut down to the scopes. */

import { isComplete, itemsOf } from "../../model/knowledge.ts";
import { type Credential, type CredentialKind, type TargetInventory, worstFirst } from "../../model/target.ts";

/** What every request through SCIM takes, reads included. https://docs.datadoghq.com/api/latest/scim/ (2026-09) */
export const SCIM_PERMISSIONS: readonly string[] = ["user_access_invite", "user_access_manage"];

/** Names of permissions that a key of an owner with these roles gives for certain. None where its scopes are not known. */
function permissionsOfKey(
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

/** A key or token of the identity that reads an organization. Which of several is in use, Datadog does not say. */
export interface ActingKey {
  readonly kind: CredentialKind;
  readonly last4?: string;
  /** Null: everything its owner may do. Left out where Datadog did not say. */
  readonly scopes?: readonly string[] | null;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  /** Permissions beyond trifles that it lets its bearer change, worst first. */
  readonly writes: readonly string[];
}

/** Empty where neither the identity nor its keys are known: that proves nothing. */
export function actingKeys(target: TargetInventory): readonly ActingKey[] {
  const { actor, credentials } = target;
  if (actor.state !== "known" || !credentials) return [];
  const { accountId, roleIds } = actor.value;
  const listed = [credentials.applicationKeys, credentials.tokens].flatMap((keys) => [...itemsOf(keys).values()]);
  return listed
    .filter(({ ownerId }) => ownerId === accountId)
    .map(({ kind, last4, scopes, createdAt, expiresAt, ...key }) => ({
      kind,
      ...(last4 === undefined ? {} : { last4 }),
      ...(scopes === undefined ? {} : { scopes }),
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      writes: writesOf(target, roleIds, { ...key, kind, ...(scopes === undefined ? {} : { scopes }) }),
    }));
}

function writesOf(target: TargetInventory, roleIds: readonly string[], key: Credential): readonly string[] {
  const permissions = itemsOf(target.permissions);
  return permissionsOfKey(target, roleIds, key)
    .flatMap((name) => permissions.get(name) ?? [])
    .filter(({ type, sensitivity }) => type === "write" && sensitivity !== "low")
    .sort(worstFirst)
    .map(({ name }) => name);
}
