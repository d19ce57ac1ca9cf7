/** The Datadog half of a seed file. The managed roles, the permissions and the sandbox's own keys are added by themselves. */

import type {
  AuditEvent,
  AuthnMapping,
  DatadogOrganization,
  DatadogRole,
  DatadogTeam,
  DatadogUser,
} from "./company.ts";
import { isRecord } from "./http/query.ts";
import { datadogId } from "./ids.ts";
import { ORGANIZATION_ID } from "./seed/datadog.ts";
import { addKeys } from "./seed/keys.ts";
import { createConfigs } from "./seed/organization.ts";
import { createPermissions, DEFAULTS, MANAGED_ROLES, READ_ONLY_ROLE } from "./seed/permissions.ts";
import {
  flagIn,
  LONG_AGO,
  listIn,
  optionalText,
  type Place,
  placesIn,
  referencesIn,
  seedError,
  textIn,
} from "./seedReader.ts";

/**
 * Throws an error with the place of the first field that does not fit. References go by name, and one to nothing is
 * such a field.
 */
export function readDatadog(place: Place): DatadogOrganization {
  const permissions = createPermissions();
  const roles = managedRoles();
  for (const item of placesIn(place, "roles")) {
    const role = readRole(item, (name) => (permissions.has(name) ? name : undefined));
    roles.set(role.id, role);
  }
  const roleNamed = namedBy(roles, ({ name }) => name);
  const users = byId(placesIn(place, "users").map((item) => readUser(item, roleNamed)));
  const userNamed = namedBy(users, ({ handle }) => handle);
  const teams = byId(placesIn(place, "teams").map((item) => readTeam(item, userNamed)));
  const teamNamed = namedBy(teams, ({ handle }) => handle);
  const organization: DatadogOrganization = {
    site: textIn(place, "site", "datadoghq.eu"),
    id: textIn(place, "id", ORGANIZATION_ID),
    publicId: textIn(place, "publicId", "acme0prod"),
    name: textIn(place, "name", "Acme Production"),
    permissions,
    roles,
    users,
    teams,
    mappings: byId(placesIn(place, "mappings").map((item) => readMapping(item, roleNamed, teamNamed))),
    apiKeys: [],
    applicationKeys: [],
    tokens: [],
    configs: readConfigs(place),
    roleMapping: flagIn(place, "roleMapping", false),
    justInTime: { domains: listIn(place, "justInTime").map(String), roleId: datadogId("role", READ_ONLY_ROLE) },
    audit: listIn(place, "audit").filter(isRecord) as unknown as AuditEvent[],
  };
  addKeys(organization, textIn(place, "reader", "nobody"));
  return organization;
}

function managedRoles(): Map<string, DatadogRole> {
  return byId(
    [...MANAGED_ROLES].map(([name, permissions]) => ({
      id: datadogId("role", name),
      name,
      managed: true,
      permissions: [...permissions].sort(),
      receivesFrom: [],
      createdAt: LONG_AGO,
      modifiedAt: LONG_AGO,
    })),
  );
}

function readRole(place: Place, known: (name: string) => string | undefined): DatadogRole {
  const name = textIn(place, "name");
  const remedy = "use a permission of the catalogue, such as logs_read_data";
  const permissions = referencesIn(place, "permissions", known, remedy);
  const createdAt = textIn(place, "createdAt", LONG_AGO);
  return {
    id: textIn(place, "id", datadogId("role", name)),
    name,
    managed: flagIn(place, "managed", MANAGED_ROLES.has(name)),
    permissions: [...new Set([...DEFAULTS, ...permissions])].sort(),
    receivesFrom: listIn(place, "receivesFrom").map(String),
    createdAt,
    modifiedAt: textIn(place, "modifiedAt", createdAt),
  };
}

function readUser(place: Place, roleNamed: (text: string) => string | undefined): DatadogUser {
  const handle = textIn(place, "handle").toLowerCase();
  const createdAt = textIn(place, "createdAt", LONG_AGO);
  return {
    id: textIn(place, "id", datadogId("user", handle)),
    handle,
    email: textIn(place, "email", handle).toLowerCase(),
    name: textIn(place, "name", handle),
    title: optionalText(place, "title"),
    serviceAccount: flagIn(place, "serviceAccount", false),
    disabled: flagIn(place, "disabled", false),
    verified: flagIn(place, "verified", true),
    mfa: flagIn(place, "mfa", true),
    lastLogin: optionalText(place, "lastLogin"),
    createdAt,
    modifiedAt: textIn(place, "modifiedAt", createdAt),
    roleIds: referencesIn(place, "roles", roleNamed, "add the role to datadog.roles"),
  };
}

function readTeam(place: Place, userNamed: (text: string) => string | undefined): DatadogTeam {
  const handle = textIn(place, "handle");
  const createdAt = textIn(place, "createdAt", LONG_AGO);
  const externalId = optionalText(place, "externalId");
  const remedy = "add the account to datadog.users, or take the member out";
  const admins = new Set(referencesIn(place, "admins", userNamed, remedy));
  return {
    id: textIn(place, "id", datadogId("team", handle)),
    handle,
    name: textIn(place, "name", handle),
    description: optionalText(place, "description"),
    managed: flagIn(place, "managed", externalId !== null),
    externalId,
    createdAt,
    modifiedAt: textIn(place, "modifiedAt", createdAt),
    members: referencesIn(place, "members", userNamed, remedy).map((userId) => ({ userId, admin: admins.has(userId) })),
  };
}

function readMapping(
  place: Place,
  roleNamed: (text: string) => string | undefined,
  teamNamed: (text: string) => string | undefined,
): AuthnMapping {
  const [role, team] = [optionalText(place, "role"), optionalText(place, "team")];
  const roleId = role === null ? null : roleNamed(role);
  const teamId = team === null ? null : teamNamed(team);
  if (roleId === undefined || teamId === undefined || (roleId === null) === (teamId === null))
    throw seedError(place.path, "does not give exactly one known role or team", "name one with role: or team:");
  const [key, value] = [textIn(place, "key", "memberOf"), textIn(place, "value")];
  const createdAt = textIn(place, "createdAt", LONG_AGO);
  const id = textIn(place, "id", datadogId("mapping", `${key}=${value} ${roleId ?? teamId}`));
  return { id, key, value, roleId, teamId, createdAt, modifiedAt: textIn(place, "modifiedAt", createdAt) };
}

function readConfigs(place: Place): DatadogOrganization["configs"] {
  const configs = createConfigs();
  const given = place.fields.configs ?? {};
  if (!isRecord(given)) throw seedError(`${place.path}.configs`, "is not an object", "write name: value below it");
  for (const [name, value] of Object.entries(given)) {
    const known = configs.get(name);
    configs.set(name, {
      description: "",
      valueType: typeof value === "boolean" ? "bool" : "enum",
      ...known,
      name,
      value,
    });
  }
  return configs;
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Finds ids by id or by name; of several with one name the first is meant. Handles are lower case, so case is ignored. */
function namedBy<T extends { id: string }>(rows: ReadonlyMap<string, T>, nameOf: (row: T) => string) {
  const ids = new Map([...rows.values()].reverse().map((row) => [nameOf(row).toLowerCase(), row.id]));
  return (text: string) => (rows.has(text) ? text : ids.get(text.toLowerCase()));
}
