/** Keys of the sandbox and the service accounts behind them. The secrets say what they are; no scanner takes them for real. */

import type { DatadogOrganization, DatadogUser } from "../company.ts";
import { datadogId } from "../ids.ts";
import { ADMIN_ROLE, DEFAULTS, READ_ONLY_ROLE } from "./permissions.ts";
import { daysBefore } from "./random.ts";

export const OKTA_TOKEN = "sandbox-okta-token";
export const READ_API_KEY = "sandbox-read-api-key";
export const READ_APP_KEY = "sandbox-read-app-key";
export const WRITE_API_KEY = "sandbox-write-api-key";
export const WRITE_APP_KEY = "sandbox-write-app-key";

/** What a key for looking needs, and nothing that writes. */
export const READ_SCOPES = ["user_access_read", "teams_read", "audit_logs_read", "org_app_keys_read", "api_keys_read"];

/** The service account whose key pushes. */
const SYNC_ACCOUNT = "accessmap-sync";

/** The role that the pushing service account holds, and nothing beyond it. */
export const SYNC_ROLE = {
  name: "Access Sync",
  permissions: ["user_access_manage", "user_access_invite", "teams_manage"],
};

/**
 * Adds service accounts and keys. `reader` is the handle of the person whose scoped key reads; the first administrator
 * stands in when there is nobody of that name.
 */
export function addKeys(organization: DatadogOrganization, reader: string): void {
  const roleNamed = (name: string) => [...organization.roles.values()].find((role) => role.name === name)?.id;
  const sync = addServiceAccount(organization, SYNC_ACCOUNT, roleNamed(SYNC_ROLE.name) ?? addSyncRole(organization));
  const terraform = addServiceAccount(organization, "terraform", roleNamed(ADMIN_ROLE));
  addServiceAccount(organization, "wallboards", roleNamed(READ_ONLY_ROLE));
  const owner = findReader(organization, reader, roleNamed(ADMIN_ROLE)) ?? terraform;
  const key = (name: string, secret: string, by: DatadogUser) => ({
    id: datadogId("key", name),
    name,
    key: secret,
    createdBy: by.id,
    createdAt: daysBefore(60, name),
  });
  organization.apiKeys.push(
    key("accessmap read", READ_API_KEY, owner),
    key("accessmap write", WRITE_API_KEY, sync),
    key("agents", "sandbox-agent-api-key", owner),
  );
  organization.applicationKeys.push(
    { ...key("accessmap read", READ_APP_KEY, owner), scopes: [...READ_SCOPES] },
    { ...key("accessmap write", WRITE_APP_KEY, sync), scopes: null },
    { ...key("terraform", "sandbox-terraform-app-key", terraform), scopes: null },
  );
  const token = (name: string, by: DatadogUser, scopes: string[], expiresAt: string | null) => ({
    id: datadogId("token", name),
    name,
    publicPortion: `${expiresAt === null ? "ddsat_" : ""}${datadogId("token part", name).replaceAll("-", "").slice(0, 22)}`,
    ownedBy: by.id,
    scopes,
    createdAt: daysBefore(20, name),
    lastUsedAt: null,
    expiresAt,
  });
  organization.tokens.push(
    token("laptop", owner, ["user_access_read"], daysBefore(-160, "laptop")),
    token("deploy annotations", terraform, ["events_read", "user_access_manage"], null),
  );
}

function findReader(
  organization: DatadogOrganization,
  handle: string,
  adminRole: string | undefined,
): DatadogUser | undefined {
  const people = [...organization.users.values()].filter((user) => !user.serviceAccount && !user.disabled);
  return (
    people.find((user) => user.handle === handle) ??
    people.find((user) => adminRole !== undefined && user.roleIds.includes(adminRole))
  );
}

/** For companies that come without one. */
function addSyncRole(organization: DatadogOrganization): string {
  const id = datadogId("role", SYNC_ROLE.name);
  const createdAt = daysBefore(120, SYNC_ROLE.name);
  const permissions = [...DEFAULTS, ...SYNC_ROLE.permissions].sort();
  organization.roles.set(id, {
    id,
    name: SYNC_ROLE.name,
    managed: false,
    permissions,
    receivesFrom: [],
    createdAt,
    modifiedAt: createdAt,
  });
  return id;
}

function addServiceAccount(organization: DatadogOrganization, name: string, roleId: string | undefined): DatadogUser {
  const id = datadogId("service account", name);
  const known = organization.users.get(id);
  if (known) return known;
  const createdAt = daysBefore(110, name);
  const account: DatadogUser = {
    id,
    // 2026-09: the handle of a service account is its id, as recordings show.
    handle: id,
    email: `${name}@acme.com`,
    name,
    title: null,
    serviceAccount: true,
    disabled: false,
    verified: true,
    mfa: false,
    lastLogin: null,
    createdAt,
    modifiedAt: createdAt,
    roleIds: roleId === undefined ? [] : [roleId],
  };
  organization.users.set(id, account);
  return account;
}
