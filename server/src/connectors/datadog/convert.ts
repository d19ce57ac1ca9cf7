/** Datadog's answers as the model knows them. Pure. A row without its required fields is undefined. */

import { type LivePermission, mergePermission } from "../../core/model/catalogue.ts";
import { isRecord, isText } from "../../core/model/json.ts";
import type {
  Account,
  AccountStatus,
  Actor,
  AuthnMapping,
  Permission,
  Role,
  Team,
  TeamMember,
} from "../../core/model/target.ts";
import type * as wire from "./api.ts";
import { MANAGED_ROLES, type PermissionId, ROLE_MAPPING } from "./quirks.ts";

/** A permission with the id that roles of this organization name it by; ids differ by site. */
export interface IdentifiedPermission {
  readonly id: PermissionId;
  readonly permission: Permission;
}

/** Live words joined with the sensitivity and explanation that our catalogue has of the permission. */
export function toPermission(record: wire.Permission): IdentifiedPermission | undefined {
  const { id, attributes } = record;
  if (!isText(id) || !isText(attributes?.name)) return undefined;
  const live: LivePermission = {
    name: attributes.name,
    displayName: isText(attributes.displayName) ? attributes.displayName : attributes.name,
    group: isText(attributes.groupName) ? attributes.groupName : "Other",
    type: toPermissionType(attributes.displayType),
    restricted: attributes.restricted === true,
    aliases: attributes.nameAliases ?? [],
  };
  return { id, permission: mergePermission(live) };
}

/** `names` maps permission ids to names; ids it lacks are counted, because the role can do more than we can say. */
export function toRole(record: wire.Role, names: ReadonlyMap<PermissionId, string>): Role | undefined {
  const { id, attributes, relationships } = record;
  const ids = idsOf(relationships?.permissions?.data);
  if (!isText(id) || !isText(attributes?.name) || !ids) return undefined;
  const permissions = new Set(ids.map((permissionId) => names.get(permissionId)).filter((name) => name !== undefined));
  const managed: unknown = attributes.additionalProperties?.managed;
  return {
    id,
    name: attributes.name,
    permissions: [...permissions].sort(),
    unresolved: ids.filter((permissionId) => !names.has(permissionId)).length,
    managed: typeof managed === "boolean" ? managed : MANAGED_ROLES.has(attributes.name),
    receivesFrom: attributes.receivesPermissionsFrom ?? [],
    ...(typeof attributes.userCount === "number" && { userCount: attributes.userCount }),
    ...instant("createdAt", attributes.createdAt),
    ...instant("modifiedAt", attributes.modifiedAt),
  };
}

/**
 * Handles and addresses are compared without case, so they are lower case from here on; an account without an address
 * has its handle.
 */
export function toAccount(record: wire.User): Account | undefined {
  const { id, attributes, relationships } = record;
  const roleIds = idsOf(relationships?.roles?.data);
  // Roles that cannot be read are not none: the set that a push writes would lack them.
  if (!isText(id) || !isText(attributes?.handle) || !roleIds) return undefined;
  return {
    id,
    handle: attributes.handle.toLowerCase(),
    email: (attributes.email || attributes.handle).toLowerCase(),
    name: isText(attributes.name) ? attributes.name : attributes.handle,
    status: toStatus(attributes.status, attributes.disabled),
    serviceAccount: attributes.serviceAccount === true,
    roleIds,
    ...(typeof attributes.mfaEnabled === "boolean" && { mfa: attributes.mfaEnabled }),
    ...instant("createdAt", attributes.createdAt),
    ...instant("lastLogin", attributes.lastLoginTime),
  };
}

/**
 * A team without a name goes by its handle. `managed` says that it is under SCIM; `userCount` and `open` are there only
 * where Datadog told them.
 */
export function toTeam(record: wire.Team): Team | undefined {
  const { id, attributes } = record;
  if (!isText(id) || !isText(attributes?.handle)) return undefined;
  // 2026-08: recordings show it on the team beside a mapping, and no specification names it.
  const open: unknown = attributes.additionalProperties?.is_open_membership;
  return {
    id,
    handle: attributes.handle,
    name: isText(attributes.name) ? attributes.name : attributes.handle,
    managed: attributes.isManaged === true,
    ...(typeof open === "boolean" && { open }),
    ...(typeof attributes.userCount === "number" && { userCount: attributes.userCount }),
  };
}

/** `fromSaml` where an AuthN mapping put the person there: a login would do it again. */
export function toTeamMember(record: wire.UserTeam): TeamMember | undefined {
  const accountId = record.relationships?.user?.data?.id;
  if (!isText(accountId)) return undefined;
  const fromSaml = record.attributes?.provisionedBy === "saml_mapping";
  return { accountId, admin: record.attributes?.role === "admin", ...(fromSaml && { fromSaml }) };
}

/** Exactly one of role and team is set; recordings have the other as null or leave it out (2026-08). */
export function toMapping(record: wire.AuthNMapping): AuthnMapping | undefined {
  const { id, attributes, relationships } = record;
  const [key, value] = [attributes?.attributeKey, attributes?.attributeValue];
  const [roleId, teamId] = [relationships?.role?.data?.id, relationships?.team?.data?.id];
  if (!isText(id) || !isText(key) || !isText(value)) return undefined;
  if (isText(roleId)) return { id, key, value, grants: { roleId } };
  return isText(teamId) ? { id, key, value, grants: { teamId } } : undefined;
}

/**
 * Who the credential acts as, from the answer about the current user. Without an account or an organization it is
 * nobody that a plan could guard.
 */
export function toActor(response: wire.UserResponse): Actor | undefined {
  const account = response.data && toAccount(response.data);
  const organizationId = response.data?.relationships?.org?.data?.id;
  if (!account || !isText(organizationId)) return undefined;
  return {
    accountId: account.id,
    handle: account.handle,
    organizationId,
    organizationName: findIncluded(response, "orgs", organizationId)?.name ?? organizationId,
    roleIds: account.roleIds,
  };
}

/** The permission records that come along with the current user. */
export function includedPermissions(response: wire.UserResponse): readonly wire.Permission[] {
  return (response.included ?? []).filter(
    (item): item is wire.Permission => "type" in item && item.type === "permissions",
  );
}

/** The role mapping switch from an untyped answer: the entry that names the preference also holds a boolean. */
export function toRoleMapping(json: unknown): boolean | undefined {
  const data = isRecord(json) ? json.data : undefined;
  for (const entry of Array.isArray(data) ? data : [data]) {
    const attributes = isRecord(entry) && isRecord(entry.attributes) ? Object.values(entry.attributes) : [];
    const value = attributes.find((some) => typeof some === "boolean");
    if (typeof value === "boolean" && attributes.includes(ROLE_MAPPING.name)) return value;
  }
  return undefined;
}

function findIncluded(
  response: wire.UserResponse,
  type: string,
  id: string,
): { readonly name?: string | undefined } | undefined {
  const item = (response.included ?? []).find((some) => "type" in some && some.type === type && some.id === id);
  return item && "attributes" in item ? item.attributes : undefined;
}

function toPermissionType(type: string | undefined): Permission["type"] {
  return type === "read" || type === "write" ? type : "other";
}

function toStatus(status: string | undefined, disabled: boolean | undefined): AccountStatus {
  if (disabled === true || status === "Disabled") return "disabled";
  return status === "Pending" ? "pending" : "active";
}

function instant<K extends string>(key: K, date: Date | undefined): Partial<Record<K, string>> {
  const isDate = date instanceof Date && !Number.isNaN(date.getTime());
  return isDate ? ({ [key]: date.toISOString() } as Record<K, string>) : {};
}

/** Ids of what a row refers to; undefined when it does not say, which is another thing than none. */
function idsOf(data: readonly { readonly id?: string }[] | undefined): readonly string[] | undefined {
  if (!Array.isArray(data)) return undefined;
  const ids = data.map((entry) => entry?.id);
  return ids.every(isText) ? ids : undefined;
}
