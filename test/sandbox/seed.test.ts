/** The company is the same in every run and holds every story that demo and tests tell. */

import { describe, expect, test } from "vitest";
import type { Company, DatadogRole, DatadogUser } from "../../server/src/sandbox/company.ts";
import { permissionsOf } from "../../server/src/sandbox/datadog/caller.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import { toSeed } from "../../server/src/sandbox/seedState.ts";

const company = createSeed();
const { okta, datadog } = company;
const users = [...datadog.users.values()];
const groups = [...okta.groups.values()];

test("two seeds are equal and independent", () => {
  const other = createSeed();
  expect(other).toEqual(company);
  other.okta.groups.clear();
  expect(company.okta.groups.size).toBeGreaterThan(0);
});

test("ids do not move, because lock files hold them", () => {
  expect(named(datadog.roles.values(), "SRE").id).toBe("e151b5b6-f3c7-11ee-a68a-da7ad0900005");
  expect(groups.find(({ name }) => name === "dd-sre")?.id).toMatch(/^00g[0-9A-Za-z]{14}5d7$/);
});

test("another day moves history and nothing else", () => {
  const later = createSeed("2027-11-20");
  expect([...later.okta.groups.keys()]).toEqual([...okta.groups.keys()]);
  const ana = (from: Company) => [...from.okta.users.values()].find(({ login }) => login === "ana.novakova@acme.com");
  expect(Date.parse(ana(later)?.lastLogin ?? "") - Date.parse(ana(company)?.lastLogin ?? "")).toBe(365 * 86_400_000);
});

test("every reference leads somewhere", () => {
  for (const group of groups) expect(group.members.filter((id) => !okta.users.has(id))).toEqual([]);
  for (const user of users) expect(user.roleIds.filter((id) => !datadog.roles.has(id))).toEqual([]);
  for (const team of datadog.teams.values())
    expect(team.members.filter(({ userId }) => !datadog.users.has(userId))).toEqual([]);
  for (const role of datadog.roles.values())
    expect(role.permissions.filter((name) => !datadog.permissions.has(name))).toEqual([]);
});

describe("the story", () => {
  const sizes: readonly (readonly [string, number, number])[] = [
    ["groups", groups.length, 45],
    ["people", okta.users.size, 320],
    ["roles", datadog.roles.size, 17],
    ["teams", datadog.teams.size, 14],
    ["engineers in the broad group", groups.find(({ name }) => name === "dd-engineering")?.members.length ?? 0, 100],
    ["groups of the busiest person", Math.max(...[...okta.users.keys()].map(groupCount)), 12],
    ["human administrators", holders(company, "Datadog Admin Role").filter((user) => !user.serviceAccount).length, 3],
    [
      "people without an account",
      [...okta.users.values()].filter(({ login }) => !users.some(({ handle }) => handle === login)).length,
      3,
    ],
    ["disabled accounts", users.filter(({ disabled }) => disabled).length, 1],
    ["outsiders", [...okta.users.values()].filter(({ login }) => !login.endsWith("@acme.com")).length, 20],
    ["permissions beyond the plain list", [...datadog.permissions.values()].filter(({ listed }) => !listed).length, 73],
  ];
  test.each(sizes)("has enough %s", (_, size, least) => expect(size).toBeGreaterThanOrEqual(least));

  test("groups are of all three types", () => {
    expect(new Set(groups.map(({ type }) => type))).toEqual(new Set(["OKTA_GROUP", "APP_GROUP", "BUILT_IN"]));
  });

  test("people who left are still in their groups, and one still holds roles", () => {
    const gone = [...okta.users.values()].filter(({ status }) => status === "DEPROVISIONED");
    expect(
      gone.some(({ id }) => groups.some(({ name, members }) => name.startsWith("dd-") && members.includes(id))),
    ).toBe(true);
    const active = users.find(({ handle, disabled }) => handle === "mats.ekdal@acme.com" && !disabled);
    expect(active?.roleIds.length).toBeGreaterThan(1);
  });

  test("two roles share a name, and the administrator holds what the plain list leaves out", () => {
    const names = [...datadog.roles.values()].map(({ name }) => name);
    expect(names.filter((name) => name === "On-Call")).toHaveLength(2);
    const unlisted = [...datadog.permissions.values()].filter(({ listed }) => !listed);
    const admin = new Set(named(datadog.roles.values(), "Datadog Admin Role").permissions);
    expect(unlisted.filter(({ name }) => !admin.has(name))).toEqual([]);
  });

  test("the pushing service account holds what SCIM takes and little more", () => {
    const sync = users.find(({ name }) => name === "accessmap-sync") as DatadogUser;
    const rights = permissionsOf(sync, datadog);
    for (const needed of ["user_access_manage", "user_access_invite", "teams_manage"]) expect(rights).toContain(needed);
    expect(rights).not.toContain("org_management");
  });

  test("some teams are managed by us, one by somebody else, some by nobody", () => {
    const owners = [...datadog.teams.values()].map(({ externalId }) => externalId?.split(":")[0] ?? "nobody");
    expect(new Set(owners.map((owner) => (owner.startsWith("00g") ? "okta" : owner)))).toEqual(
      new Set(["accessmap", "okta", "nobody"]),
    );
  });

  test("no secret looks like one, and the state that drills show holds none", () => {
    const secrets = [
      okta.token,
      ...datadog.apiKeys.map(({ key }) => key),
      ...datadog.applicationKeys.map(({ key }) => key),
    ];
    expect(secrets.every((secret) => secret.startsWith("sandbox-"))).toBe(true);
    expect(JSON.stringify(toSeed(company))).not.toContain("sandbox-");
  });
});

function groupCount(id: string): number {
  return groups.filter(({ members }) => members.includes(id)).length;
}

function named(roles: Iterable<DatadogRole>, name: string): DatadogRole {
  for (const role of roles) if (role.name === name) return role;
  throw new Error(name);
}

function holders({ datadog: organization }: Company, role: string): DatadogUser[] {
  const { id } = named(organization.roles.values(), role);
  return [...organization.users.values()].filter((user) => user.roleIds.includes(id) && !user.disabled);
}
