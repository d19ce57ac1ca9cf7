/** The Datadog organization of the seed: accounts joined to Okta people, with what they hold today. */

import type { DatadogOrganization, DatadogTeam, DatadogUser, OktaOrganization, OktaUser } from "../company.ts";
import { datadogId } from "../ids.ts";
import { addKeys } from "./keys.ts";
import { EXTRA_ROLES, EXTRA_TEAMS, GIVEN, MISSING_FROM_TEAM, NEWCOMERS, TEAMS, WITHOUT_ACCOUNT } from "./live.ts";
import { createConfigs } from "./organization.ts";
import { createPermissions, READ_ONLY_ROLE } from "./permissions.ts";
import { daysBefore, randomFrom, shuffled } from "./random.ts";
import { createRoles, roleId } from "./roles.ts";

export const ORGANIZATION_ID = "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005";

/** The same for the same people: ids depend on names alone. */
export function createDatadog(okta: OktaOrganization): DatadogOrganization {
  const users = createAccounts(okta);
  const organization: DatadogOrganization = {
    site: "datadoghq.eu",
    id: ORGANIZATION_ID,
    publicId: "acme0prod",
    name: "Acme Production",
    permissions: createPermissions(),
    roles: createRoles(daysBefore),
    users,
    teams: createTeams(okta, users),
    mappings: new Map(),
    apiKeys: [],
    applicationKeys: [],
    tokens: [],
    configs: createConfigs(),
    roleMapping: false,
    justInTime: { domains: [], roleId: roleId(READ_ONLY_ROLE) },
    audit: [],
  };
  addMappings(organization);
  addKeys(organization, "ana.novakova@acme.com");
  return organization;
}

/** Id of the account of a person, by handle. */
export function accountId(handle: string): string {
  return datadogId("user", handle);
}

function createAccounts(okta: OktaOrganization): Map<string, DatadogUser> {
  const absent = new Set(WITHOUT_ACCOUNT.map((department) => newest(okta, department, 1)));
  const newcomers = new Set(NEWCOMERS.map((department) => newest(okta, department, 0)));
  const groupsOf = membershipsOf(okta);
  const accounts = new Map<string, DatadogUser>();
  for (const person of okta.users.values()) {
    const groups = groupsOf.get(person.id) ?? new Set();
    if (!GIVEN.some(({ group }) => groups.has(group)) || absent.has(person.id) || person.status === "STAGED") continue;
    const given = newcomers.has(person.id)
      ? firstDayRoles(person)
      : GIVEN.filter(({ group }) => groups.has(group)).flatMap(({ roles = [] }) => roles);
    const extra = EXTRA_ROLES.find(({ login }) => login === person.login)?.roles ?? [];
    const account = createAccount(person, [...given, ...extra], newcomers.has(person.id));
    accounts.set(account.id, account);
  }
  return accounts;
}

/** The onboarding script still gives what the migration needed; some were let in read-only besides. */
function firstDayRoles(person: OktaUser): readonly string[] {
  const readOnly = person.department === "Data" || person.department === "Web" ? [READ_ONLY_ROLE] : [];
  return ["Platform Admin", ...readOnly];
}

function createAccount(person: OktaUser, roles: readonly string[], isNew: boolean): DatadogUser {
  const createdAt = isNew ? daysBefore(1, `account ${person.login}`) : person.created;
  return {
    id: accountId(person.login),
    handle: person.login,
    email: person.email,
    name: `${person.firstName} ${person.lastName}`,
    title: person.department,
    serviceAccount: false,
    disabled: isDisabled(person),
    verified: !isNew,
    mfa: randomFrom(`mfa ${person.login}`)() < 0.9,
    lastLogin: isNew ? null : daysBefore(randomFrom(`idle ${person.login}`)() < 0.1 ? 120 : 2, `login ${person.login}`),
    createdAt,
    modifiedAt: createdAt,
    roleIds: [...new Set(roles.map(roleId))],
  };
}

/** Accounts of people who left or are on leave are switched off, except two that slipped through. */
function isDisabled(person: OktaUser): boolean {
  if (["mats.ekdal@acme.com", "nadia.frost@acme.com"].includes(person.login)) return false;
  return person.status === "DEPROVISIONED" || person.status === "SUSPENDED";
}

function createTeams(okta: OktaOrganization, users: ReadonlyMap<string, DatadogUser>): Map<string, DatadogTeam> {
  const byName = new Map([...okta.groups.values()].map((group) => [group.name, group]));
  const teams = new Map<string, DatadogTeam>();
  for (const spec of TEAMS) {
    const feeding = GIVEN.filter((given) => given.teams?.includes(spec.handle)).flatMap(
      ({ group }) => byName.get(group)?.members ?? [],
    );
    const logins = feeding.map((id) => okta.users.get(id)?.login ?? "");
    const extra = EXTRA_TEAMS.filter(({ teams }) => teams.includes(spec.handle)).map(({ login }) => login);
    const members = [...new Set([...dropSome(spec.handle, logins), ...extra].map(accountId))].filter((id) => {
      const account = users.get(id);
      return account?.verified === true && !account.disabled;
    });
    const createdAt = daysBefore(700, spec.handle);
    const id = datadogId("team", spec.handle);
    teams.set(id, {
      id,
      handle: spec.handle,
      name: spec.name,
      description: spec.description,
      managed: spec.externalId !== undefined,
      externalId: spec.externalId ?? null,
      createdAt,
      modifiedAt: createdAt,
      members: members.map((userId, index) => ({ userId, admin: index === 0 && spec.externalId === undefined })),
    });
  }
  return teams;
}

function dropSome(handle: string, logins: readonly string[]): readonly string[] {
  const missing = Object.entries(MISSING_FROM_TEAM).find(([team]) => team === handle)?.[1] ?? 0;
  return missing === 0 ? logins : shuffled(logins, `missing ${handle}`).slice(missing);
}

/** Mappings from the time before SCIM; with the switch off they do nothing. */
function addMappings(organization: DatadogOrganization): void {
  const legacy = [
    { value: "dd-engineering", role: "Engineer" },
    { value: "dd-admins", role: "Datadog Admin Role" },
    { value: "dd-finance", role: "Billing Viewer" },
    { value: "dd-identity", team: "identity" },
  ];
  for (const { value, role, team } of legacy) {
    const id = datadogId("mapping", value);
    const createdAt = daysBefore(800, `mapping ${value}`);
    const [grantedRole, grantedTeam] = [role ? roleId(role) : null, team ? datadogId("team", team) : null];
    organization.mappings.set(id, {
      id,
      key: "memberOf",
      value,
      roleId: grantedRole,
      teamId: grantedTeam,
      createdAt,
      modifiedAt: createdAt,
    });
  }
}

/** The id of the last but `skip` active person of a department. */
function newest(okta: OktaOrganization, department: string, skip: number): string | undefined {
  return [...okta.users.values()]
    .filter((user) => user.department === department && user.status === "ACTIVE")
    .at(-1 - skip)?.id;
}

function membershipsOf(okta: OktaOrganization): Map<string, Set<string>> {
  const groupsOf = new Map<string, Set<string>>();
  for (const group of okta.groups.values())
    for (const id of group.members) {
      const names = groupsOf.get(id);
      if (names) names.add(group.name);
      else groupsOf.set(id, new Set([group.name]));
    }
  return groupsOf;
}
