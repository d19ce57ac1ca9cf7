/** Random companies, small enough to reason about: a dozen people, a few groups, roles, teams and mappings, and a project over them. */

import type { Company, DatadogUser, OktaUser } from "../../server/src/sandbox/company.ts";
import { datadogId, oktaId } from "../../server/src/sandbox/ids.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import type { Dice } from "../campaign/dice.ts";

export const PATHS = ["scim", "saml", "members"] as const;
export const USERS = ["off", "deactivate", "full"] as const;
export const GROUPS = ["dd-one", "dd-two", "dd-three", "dd-four"];
export const ROLES = ["SRE", "Engineer", "Billing Viewer", "Frontend Lead"];
export const TEAMS = ["alpha", "beta", "gamma"];
const PEOPLE = 12;

/** What the project's files say, as data. */
export interface Files {
  push: { roles: (typeof PATHS)[number]; teams: (typeof PATHS)[number]; users: (typeof USERS)[number] };
  adopted: boolean;
  mappings: { group: string; roles: string[]; teams: string[] }[];
}

export interface World {
  readonly company: Company;
  readonly files: Files;
}

/** Names of people, in an order that lasts. */
export const HANDLES = Array.from({ length: PEOPLE }, (_, index) => `person-${index}@acme.com`);

export function createWorld(dice: Dice, today: string): World {
  const company = createSeed(today);
  const { okta, datadog } = company;
  const admin = roleNamed(company, "Datadog Admin Role");
  const custom = [...datadog.roles.values()].filter((role) => !role.managed && role.name !== "Access Sync");
  custom.forEach((role, index) => {
    const name = ROLES[index];
    if (name === undefined) datadog.roles.delete(role.id);
    else role.name = name;
  });
  const [template] = okta.users.values();
  const [account] = [...datadog.users.values()].filter(({ serviceAccount }) => !serviceAccount);
  if (!template || !account) throw new Error("the seed has nobody");
  okta.users.clear();
  okta.groups.clear();
  for (const user of [...datadog.users.values()]) if (!user.serviceAccount) datadog.users.delete(user.id);
  // A key of somebody who is planned for would keep that person out of every plan.
  const robot = [...datadog.users.values()].find(({ name }) => name === "terraform");
  for (const key of [...datadog.apiKeys, ...datadog.applicationKeys])
    if (!datadog.users.has(key.createdBy)) key.createdBy = robot?.id ?? "";
  HANDLES.forEach((handle, index) => {
    const id = oktaId("00u", handle);
    okta.users.set(id, personOf(template, id, handle, dice));
    if (index > 1 && dice.happens(0.15)) return;
    const roles = dice.happens(0.1) ? [] : some(dice, [...ROLES, "Datadog Read Only Role"]);
    const fresh: DatadogUser = {
      ...account,
      id: datadogId("user", handle),
      handle,
      email: handle,
      name: handle,
      verified: dice.happens(0.9),
      disabled: index > 1 && dice.happens(0.1),
      roleIds: roles.map((name) => roleNamed(company, name)),
    };
    // Two people can let others in again, whatever the plans do.
    if (index < 2) Object.assign(fresh, { verified: true, roleIds: [...new Set([...fresh.roleIds, admin])] });
    datadog.users.set(fresh.id, fresh);
  });
  for (const name of GROUPS)
    okta.groups.set(oktaId("00g", name), {
      id: oktaId("00g", name),
      name,
      description: "",
      type: "OKTA_GROUP",
      created: "2024-01-15T09:00:00.000Z",
      lastMembershipUpdated: "2024-01-15T09:00:00.000Z",
      members: some(dice, HANDLES).map((handle) => oktaId("00u", handle)),
    });
  const [team] = datadog.teams.values();
  datadog.teams.clear();
  for (const handle of TEAMS) {
    const managed = dice.happens(0.4);
    const members = some(
      dice,
      [...datadog.users.values()].filter((user) => !user.serviceAccount && !user.disabled),
    );
    const id = datadogId("team", handle);
    if (!team) throw new Error("the seed has no team");
    datadog.teams.set(id, {
      ...team,
      id,
      handle,
      name: handle,
      managed,
      externalId: managed ? `accessmap:model:${handle}` : null,
      members: members.map(({ id: userId }) => ({
        userId,
        admin: false,
        ...(dice.happens(0.3) && !managed && { fromSaml: true }),
      })),
    });
  }
  datadog.mappings.clear();
  for (let count = dice.roll(4); count > 0; count--) addMapping(company, dice, count);
  datadog.roleMapping = dice.happens(0.5);
  const source = datadog.configs.get("teams_provisioning_sources");
  if (source) source.value = dice.pick(["manually", "saml_only", "saml_and_manually"]);
  return { company, files: createFiles(dice) };
}

/** Any subset, each as likely as the other. */
export function some<T>(dice: Dice, items: readonly T[]): T[] {
  return items.filter(() => dice.happens(0.5));
}

export function roleNamed({ datadog }: Company, name: string): string {
  const role = [...datadog.roles.values()].find((candidate) => candidate.name === name);
  if (!role) throw new Error(`the company has no role ${name}`);
  return role.id;
}

export function createMapping(dice: Dice): Files["mappings"][number] {
  const roles = some(dice, ROLES);
  const teams = some(dice, TEAMS);
  return { group: dice.pick(GROUPS), roles: roles.length + teams.length === 0 ? [dice.pick(ROLES)] : roles, teams };
}

function createFiles(dice: Dice): Files {
  const push = { roles: dice.pick(PATHS), teams: dice.pick(PATHS), users: dice.pick(USERS) };
  return {
    push,
    adopted: dice.happens(0.8),
    mappings: Array.from({ length: 1 + dice.roll(4) }, () => createMapping(dice)),
  };
}

function personOf(template: OktaUser, id: string, handle: string, dice: Dice): OktaUser {
  const status = dice.happens(0.8) ? "ACTIVE" : dice.pick(["DEPROVISIONED", "SUSPENDED", "STAGED"] as const);
  return { ...template, id, login: handle, email: handle, firstName: handle, lastName: "P", status };
}

function addMapping({ datadog, ...company }: Company, dice: Dice, count: number): void {
  const id = datadogId("mapping", `model ${count}`);
  const isRole = dice.happens(0.7);
  datadog.mappings.set(id, {
    id,
    key: dice.happens(0.9) ? "memberOf" : "department",
    value: dice.pick([...GROUPS, "elsewhere"]),
    roleId: isRole ? roleNamed({ datadog, ...company }, dice.pick(ROLES)) : null,
    teamId: isRole ? null : datadogId("team", dice.pick(TEAMS)),
    createdAt: "2024-01-15T09:00:00.000Z",
    modifiedAt: "2024-01-15T09:00:00.000Z",
  });
}

/** The files as text, by path; what the lock pins is what the company has. */
export function renderFiles({ files, company }: World): ReadonlyMap<string, string> {
  const { push, adopted, mappings } = files;
  const { roles, teams, users } = push;
  const pins = (entries: readonly (readonly [string, string])[]) =>
    JSON.stringify(Object.fromEntries(entries.map(([name, id]) => [name, { id }])));
  const lock = `{"version":1,"organizations":{"prod":{"adopted":${adopted},"roles":${pins(
    ROLES.map((name) => [name, roleNamed(company, name)] as const),
  )},"teams":${pins([...company.datadog.teams.values()].map(({ handle, id }) => [handle, id] as const))}}}}`;
  return new Map([
    [
      "accessmap.yaml",
      `version: 1
project: model
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod:
    site: datadoghq.eu
    id: ${company.datadog.id}
    directory: okta
    attribute: memberOf
    push: { roles: ${roles}, teams: ${teams}, users: ${users} }
`,
    ],
    [
      "a.accessmap.yaml",
      `organization: prod\nmappings:${mappings.length === 0 ? " []" : ""}\n${mappings.map((mapping) => `  - ${JSON.stringify(mapping)}\n`).join("")}`,
    ],
    ["accessmap.lock", lock],
  ]);
}
