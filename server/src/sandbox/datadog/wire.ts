/** Roles, permissions, users and organizations as Datadog writes them. */

import type { DatadogOrganization, DatadogRole, DatadogUser, PermissionRecord } from "../company.ts";

/** Microseconds and an offset, as most answers carry them. */
export function instant(iso: string): string {
  return iso.replace(/Z$/, "000+00:00");
}

/** A permission of the organization's list, known to our catalogue or not. */
export function toPermission(permission: PermissionRecord) {
  return {
    type: "permissions",
    id: permission.id,
    attributes: {
      name: permission.name,
      display_name: permission.displayName,
      description: permission.description,
      created: instant(permission.created),
      group_name: permission.group,
      display_type: permission.displayType,
      restricted: permission.restricted,
      name_aliases: [],
    },
  };
}

/** `full` adds what only role endpoints answer; included roles come without. */
export function toRole(role: DatadogRole, organization: DatadogOrganization, full: boolean) {
  const holders = [...organization.users.values()].filter((user) => user.roleIds.includes(role.id));
  return {
    type: "roles",
    id: role.id,
    attributes: {
      name: role.name,
      managed: role.managed,
      created_at: instant(role.createdAt),
      modified_at: instant(role.modifiedAt),
      ...(full && {
        created_by_handle: null,
        modified_by_handle: null,
        user_count: holders.length,
        team_count: 0,
        receives_permissions_from: role.receivesFrom,
      }),
    },
    relationships: { permissions: { data: permissionRefs(role, organization) } },
  };
}

function permissionRefs(role: DatadogRole, organization: DatadogOrganization) {
  return role.permissions.flatMap((name) => {
    const permission = organization.permissions.get(name);
    return permission ? [{ type: "permissions", id: permission.id }] : [];
  });
}

/** The roles that come along with users. */
export function rolesOf(users: readonly DatadogUser[], organization: DatadogOrganization) {
  const ids = new Set(users.flatMap((user) => user.roleIds));
  return [...ids].flatMap((id) => organization.roles.get(id) ?? []).map((role) => toRole(role, organization, false));
}

/** Pending until the address was verified. */
export function statusOf(user: DatadogUser): "Active" | "Pending" | "Disabled" {
  if (user.disabled) return "Disabled";
  return user.verified ? "Active" : "Pending";
}

/** A user with the ids of their roles; what the roles are is sent beside it. */
export function toUser(user: DatadogUser, organization: DatadogOrganization) {
  return {
    type: "users",
    id: user.id,
    attributes: {
      uuid: user.id,
      name: user.name,
      handle: user.handle,
      created_at: instant(user.createdAt),
      modified_at: instant(user.modifiedAt),
      email: user.email,
      icon: ICON,
      title: user.title,
      verified: user.verified,
      service_account: user.serviceAccount,
      disabled: user.disabled,
      allowed_login_methods: [],
      status: statusOf(user),
      mfa_enabled: user.mfa,
      last_login_time: user.lastLogin === null ? null : instant(user.lastLogin),
    },
    relationships: {
      roles: { data: user.roleIds.map((id) => ({ type: "roles", id })) },
      org: { data: { type: "orgs", id: organization.id } },
    },
  };
}

/** The shorter form in which users come along with team memberships. */
export function toIncludedUser(user: DatadogUser) {
  const { name, handle, email, disabled } = user;
  const attributes = { name, handle, email, icon: ICON, disabled, service_account: user.serviceAccount };
  return { type: "users", id: user.id, attributes };
}

/** The organization as it stands beside the current user. */
export function toOrganization(organization: DatadogOrganization) {
  const at = instant("2023-11-10T09:00:00.000Z");
  return {
    type: "orgs",
    id: organization.id,
    attributes: {
      name: organization.name,
      public_id: organization.publicId,
      description: null,
      sharing: "none",
      url: null,
      disabled: false,
      created_at: at,
      modified_at: at,
    },
  };
}

const ICON = "https://secure.gravatar.com/avatar/00000000000000000000000000000000?s=48&d=retro";
