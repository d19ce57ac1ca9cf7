/** A small random organization, what files say about it, and the people behind: what one run of a push begins with. */

import type { Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import type { DatadogOrganization, DatadogTeam, DatadogUser } from "../../server/src/sandbox/company.ts";
import { datadogId } from "../../server/src/sandbox/ids.ts";
import { SYNC_ROLE } from "../../server/src/sandbox/seed/keys.ts";
import { ADMIN_ROLE } from "../../server/src/sandbox/seed/permissions.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import type { Dice } from "../campaign/dice.ts";
import { parseFixture } from "../support/fixture.ts";

export interface World {
  readonly datadog: DatadogOrganization;
  /** Files, lock and directories; Datadog is still to be read. */
  readonly snapshot: Snapshot;
}

export const PEOPLE = ["ana", "bob", "cyd", "dee", "eve", "fay", "gil", "hal", "ida", "jon"] as const;
/** Members of groups who have no account yet. */
const NEWCOMERS = ["kim", "lou"] as const;
/** The SAML attribute of mappings. */
export const ATTRIBUTE = "memberOf";
export const ROLES = ["SRE", "Engineer", "Old", "Legacy"] as const;
const OURS = ["SRE", "Engineer", "Old"] as const;
const TEAMS = ["sre", "eng", "ops"] as const;
export const GROUPS = ["g1", "g2", "g3"] as const;
const LIVE_SINCE = "2026-01-15T09:00:00.000Z";

export const roleId = (name: string): string => datadogId("role", `push ${name}`);
export const personId = (login: string): string => datadogId("user", `push ${login}`);
export const teamId = (handle: string): string => datadogId("team", `push ${handle}`);

const FULL = createSeed("2026-11-25").datadog;
const KEPT_PERMISSIONS = [
  ...SYNC_ROLE.permissions,
  "user_access_read",
  "teams_read",
  "logs_delete_data",
  "dashboards_read",
  "org_management",
];

/** Datadog with the keys and robots that every run needs, two administrators, and nobody else. */
export function emptyOrganization(): DatadogOrganization {
  const permissions = new Map([...FULL.permissions].filter(([name]) => KEPT_PERMISSIONS.includes(name)));
  const owners = new Set(FULL.applicationKeys.map(({ createdBy }) => createdBy));
  const roles = new Map(
    [...FULL.roles]
      .filter(([, { name, managed }]) => managed || name === SYNC_ROLE.name)
      .map(([id, role]) => [id, { ...role, permissions: role.permissions.filter((name) => permissions.has(name)) }]),
  );
  const users = [...FULL.users.values()].filter(({ id }) => owners.has(id));
  return structuredClone({
    ...FULL,
    permissions,
    roles,
    users: new Map(users.map((user) => [user.id, { ...user, roleIds: user.roleIds.filter((id) => roles.has(id)) }])),
    teams: new Map(),
    mappings: new Map(),
    audit: [],
  });
}

export function createWorld(dice: Dice): World {
  const datadog = emptyOrganization();
  for (const name of ROLES) addRole(datadog, name, name === "SRE" ? ["logs_delete_data"] : ["dashboards_read"]);
  const admin = [...datadog.roles.values()].find(({ name }) => name === ADMIN_ROLE)?.id ?? "";
  for (const login of ["root1", "root2", "root3"]) addUser(datadog, login, [admin]);
  for (const login of PEOPLE) {
    const held = ROLES.filter(() => dice.happens(0.35));
    // Nearly everybody holds something that is nobody's business here.
    const roles = dice.happens(0.85) ? [...new Set([...held, "Legacy" as const])] : held;
    addUser(datadog, login, roles.map(roleId)).disabled = dice.happens(0.05);
  }
  const push = {
    roles: dice.pick(["scim", "scim", "members", "saml"] as const),
    teams: dice.pick(["scim", "scim", "members", "saml"] as const),
    users: dice.pick(["off", "off", "deactivate", "full"] as const),
  };
  for (const handle of TEAMS)
    if (dice.happens(0.8)) addTeam(datadog, handle, push.teams === "scim" && dice.happens(0.7), dice);
  datadog.roleMapping = dice.happens(0.5);
  const source = datadog.configs.get("teams_provisioning_sources");
  if (source) source.value = dice.pick(["manually", "saml_only", "saml_and_manually"]);
  for (let count = dice.roll(5); count > 0; count--) addMapping(datadog, dice);
  return { datadog, snapshot: filesFor(dice, push) };
}

/** A mapping of a group of ours to something, as somebody may have made it by hand. */
export function addMapping({ mappings, teams }: DatadogOrganization, dice: Dice): void {
  const id = datadogId("mapping", `push ${dice.roll(1_000_000_000)}`);
  const team = dice.happens(0.4) ? [...teams.values()][dice.roll(Math.max(1, teams.size))] : undefined;
  const given = team ? { roleId: null, teamId: team.id } : { roleId: roleId(dice.pick(ROLES)), teamId: null };
  const made = { id, key: ATTRIBUTE, value: dice.pick(GROUPS), createdAt: LIVE_SINCE, modifiedAt: LIVE_SINCE };
  mappings.set(id, { ...made, ...given });
}

interface Push {
  readonly roles: string;
  readonly teams: string;
  readonly users: string;
}

export function addRole({ roles }: DatadogOrganization, name: string, permissions = ["dashboards_read"]): void {
  const role = { id: roleId(name), name, managed: false, permissions, receivesFrom: [] };
  roles.set(role.id, { ...role, createdAt: LIVE_SINCE, modifiedAt: LIVE_SINCE });
}

export function addUser({ users }: DatadogOrganization, login: string, roleIds: string[]): DatadogUser {
  const email = `${login}@acme.com`;
  const user: DatadogUser = {
    id: personId(login),
    handle: email,
    email,
    name: login,
    title: null,
    serviceAccount: false,
    disabled: false,
    verified: true,
    mfa: true,
    lastLogin: null,
    createdAt: LIVE_SINCE,
    modifiedAt: LIVE_SINCE,
    roleIds,
  };
  users.set(user.id, user);
  return user;
}

function addTeam({ teams }: DatadogOrganization, handle: string, managed: boolean, dice: Dice): void {
  const team: DatadogTeam = {
    id: teamId(handle),
    handle,
    name: handle,
    description: null,
    managed,
    externalId: managed ? `accessmap:acme-access:${handle}` : null,
    createdAt: LIVE_SINCE,
    modifiedAt: LIVE_SINCE,
    members: PEOPLE.filter(() => dice.happens(0.3)).map((login) => ({ userId: personId(login), admin: false })),
  };
  teams.set(team.id, team);
}

function filesFor(dice: Dice, { roles, teams, users }: Push): Snapshot {
  const some = <T>(items: readonly T[], share: number) => items.filter(() => dice.happens(share));
  const mappings = GROUPS.map((group) => {
    const given = { roles: some(OURS, 0.4), teams: some(TEAMS, 0.35) };
    const nothing = given.roles.length + given.teams.length === 0;
    return {
      group,
      roles: nothing ? ["Engineer"] : given.roles,
      ...(given.teams.length > 0 && { teams: given.teams }),
    };
  }).map(({ roles: names, ...rest }) => ({ ...rest, ...(names.length > 0 && { roles: names }) }));
  const pins = (names: readonly string[], id: (name: string) => string) =>
    Object.fromEntries(names.map((name) => [name, { id: id(name) }]));
  const lock = {
    prod: { adopted: dice.happens(0.85), roles: pins(OURS, roleId), teams: pins(TEAMS, () => "") },
  };
  const left = new Set<string>(some(PEOPLE, 0.07));
  const groups = GROUPS.map((name) => ({ name, members: membersFor(dice, left) }));
  return parseFixture(`
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod:
    site: datadoghq.eu
    directory: okta
    attribute: ${ATTRIBUTE}
    push: { roles: ${roles}, teams: ${teams}, users: ${users} }
safety: { removals: { share: 100%, people: 1000, floor: 1000 } }
#- /access/all.accessmap.yaml
organization: prod
mappings:
${mappings.map((mapping) => `  - ${JSON.stringify(mapping)}`).join("\n")}
#- lock
organizations: ${JSON.stringify(lock)}
#- live okta
groups: ${JSON.stringify(groups)}
`).snapshot;
}

/** Mostly people at work; some whom the directory has switched off, and some who have no account in Datadog. */
function membersFor(dice: Dice, left: ReadonlySet<string>): readonly (string | { login: string; state: string })[] {
  const members = [...PEOPLE.filter(() => dice.happens(0.4)), ...NEWCOMERS.filter(() => dice.happens(0.3))];
  return members.map((login) => (left.has(login) ? { login, state: "deactivated" } : login));
}
