/** Entra ID, Google, SCIM and Okta's changes against the sandbox over real HTTP: everybody is read as they are, faults are told. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DirectoryInventory } from "../../server/src/core/model/directory.ts";
import { itemsOf } from "../../server/src/core/model/knowledge.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import type { DirectoryQuery } from "../../server/src/core/sync/connector.ts";
import type { Environment } from "../../server/src/http/environment.ts";
import { createServiceApp } from "../../server/src/sandbox/okta/serviceApp.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { CORP, connect, GOOGLE, HR } from "./sandboxConnector.ts";
import { CONTEXT, oktaConfig } from "./support.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ limited: false });
});
afterEach(() => sandbox.close());

function open(config: DirectoryConfig, more: Environment = {}) {
  const connector = connect(sandbox, config, more);
  return (query: Partial<DirectoryQuery> = {}) => connector.readDirectory({ names: [], ids: [], ...query }, CONTEXT);
}

/** Addresses of the people in a group that everybody reads alike: staff, by their mail address. */
function peopleIn(inventory: DirectoryInventory, name: string): readonly string[] {
  const group = [...itemsOf(inventory.groups).values()].find((some) => some.name === name);
  const members = group && inventory.members.get(group.id);
  if (members?.state !== "known" || !members.complete)
    throw new Error(`members of ${name}: ${JSON.stringify(members)}`);
  return [...members.items.values()].map(({ email }) => email).sort();
}

function staffOf(name: string): readonly string[] {
  const { okta } = sandbox.company;
  const group = [...okta.groups.values()].find((some) => some.name === name);
  return [...(group?.members ?? [])].map((id) => okta.users.get(id)?.email ?? "").sort();
}

describe("the same company through every directory", () => {
  test.each([
    ["entra", CORP, (name: string) => name],
    ["scim", HR, (name: string) => name],
    ["google", GOOGLE, (name: string) => `${name}@acme.com`],
  ] as const)("%s", async (_, config, nameIn) => {
    const inventory = await open(config)({ names: [nameIn("dd-sre")] });
    expect(inventory.groups).toMatchObject({ state: "known", complete: true });
    expect(itemsOf(inventory.groups).size).toBe(sandbox.company.okta.groups.size);
    const people = peopleIn(inventory, nameIn("dd-sre"));
    expect(staffOf("dd-sre").filter((email) => !people.includes(email))).toEqual([]);
    expect(people.length).toBeGreaterThan(0);
  });

  test.each([
    ["okta", oktaConfig()],
    ["entra", CORP],
    ["scim", HR],
    ["google", GOOGLE],
  ] as const)(
    "%s reads members of as many more groups as wanted, first by name, and of none that holds everyone",
    async (_, config) => {
      const { groups, members } = await open(config)({ moreGroups: 5 });
      const names = [...itemsOf(groups).values()]
        .filter(({ kind }) => kind !== "everyone")
        .map(({ id, name }) => ({ id, name }))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
      expect([...members.keys()].sort()).toEqual(
        names
          .slice(0, 5)
          .map(({ id }) => id)
          .sort(),
      );
    },
  );

  test.each([
    ["okta", oktaConfig(), "dd-gone"],
    ["entra", CORP, "dd-gone"],
    ["scim", HR, "dd-gone"],
    ["google", GOOGLE, "dd-gone@acme.com"],
  ] as const)("%s finds what a name that is gone stood for, also outside of its filter", async (_, config, gone) => {
    const all = [...itemsOf((await open({ ...config, groups: "*" })()).groups).values()];
    const [inside, outside] = [
      all.find(({ name }) => name.startsWith("dd-sre")),
      all.find(({ name }) => /^contr/.test(name)),
    ];
    if (!inside || !outside) throw new Error("the company has too few groups");
    const read = open({ ...config, groups: "dd-*" });
    const pins = new Map([
      [gone, outside.id],
      [inside.name, "none"],
    ]);
    const { named } = await read({ names: [...pins.keys()], pins });
    expect([...named.keys()]).toEqual([outside.id]);
    expect(itemsOf(named.get(outside.id)).get(outside.id)).toMatchObject({ name: outside.name });
  });

  test("Google tells owners, inner groups and second factors with the members, Entra the rules of its groups", async () => {
    const google = await open(GOOGLE)({ names: ["dd-sre@acme.com"] });
    const [group] = [...itemsOf(google.groups).values()].filter(({ name }) => name === "dd-sre@acme.com");
    const members = [...itemsOf(google.members.get(group?.id ?? "")).values()];
    expect(google.owners?.get(group?.id ?? "")).toHaveLength(1);
    expect(new Set(google.nested?.get(group?.id ?? "")?.values())).toEqual(new Set(["dd-sre-leads@acme.com"]));
    expect(members.every(({ mfa, state }) => mfa === (state === "active"))).toBe(true);
    const rules = [...itemsOf((await open(CORP)()).groups).values()].map(({ rule }) => rule);
    expect(rules).toContain('user.division == "Engineering"');
  });

  test("pages of a few rows change nothing", async () => {
    const whole = { corp: await open(CORP)(), google: await open(GOOGLE)(), hr: await open(HR)() };
    sandbox.entra.mostRows = 7;
    sandbox.google.mostRows = 7;
    sandbox.scim.mostRows = 7;
    expect((await open(CORP)()).groups).toMatchObject({ complete: true });
    expect([...itemsOf((await open(CORP)()).groups).keys()]).toEqual([...itemsOf(whole.corp.groups).keys()]);
    expect([...itemsOf((await open(GOOGLE)()).groups).keys()]).toEqual([...itemsOf(whole.google.groups).keys()]);
    expect([...itemsOf((await open(HR)()).groups).keys()]).toEqual([...itemsOf(whole.hr.groups).keys()]);
    sandbox.scim.paging = "cursor";
    const byCursor = await open(HR)();
    expect(byCursor.groups).toMatchObject({ complete: true });
    expect([...itemsOf(byCursor.groups).keys()]).toEqual([...itemsOf(whole.hr.groups).keys()]);
  });
});

test("Google without a key file: the machine's token lets the account sign", async () => {
  const keyless = {
    GOOGLE_APPLICATION_CREDENTIALS: undefined,
    ACCESSMAP_GOOGLE_SERVICE_ACCOUNT: sandbox.google.serviceAccount,
    ACCESSMAP_GOOGLE_ACCESS_TOKEN: sandbox.google.cloudToken,
  };
  expect((await open(GOOGLE, keyless)()).groups).toMatchObject({ complete: true });
  sandbox.google.scopes.clear();
  expect((await open(GOOGLE, keyless)()).groups).toMatchObject({
    why: { kind: "denied", message: /unauthorized_client: .* must delegate exactly them/ },
  });
});

test("a wrong secret is told with Entra's own number, and is not in the message", async () => {
  const { groups } = await open(CORP, { AZURE_CLIENT_SECRET: "wr0ng-secret" })();
  expect(groups).toMatchObject({ state: "unknown", why: { kind: "denied", message: /AADSTS7000215/ } });
  expect(JSON.stringify(groups)).not.toContain("wr0ng");
});

test("Entra without User.Read.All tells ids, and the list does not count as whole", async () => {
  sandbox.entra.permissions.delete("User.Read.All");
  const { members } = await open(CORP)({ names: ["dd-sre"] });
  const [first] = [...members.values()];
  expect(first).toMatchObject({ state: "known", complete: false, gap: { kind: "incomplete" } });
  expect([...itemsOf(first).values()].every(({ state, name }) => state === "unknown" && name !== "")).toBe(true);
});

describe("a sloppy SCIM service", () => {
  test("that shows no members is understood through its people, or is unknown", async () => {
    const told = peopleIn(await open(HR)({ names: ["dd-sre"] }), "dd-sre");
    sandbox.scim.sloppy.add("no-members");
    const { members, groups } = await open(HR)({ names: ["dd-sre"] });
    const group = [...itemsOf(groups).values()].find(({ name }) => name === "dd-sre");
    const answer = members.get(group?.id ?? "");
    if (answer?.state === "known") expect([...answer.items.values()].map(({ email }) => email).sort()).toEqual(told);
  });

  test.each(["text-counts", "no-discovery", "filter-ignored"] as const)("%s changes nothing", async (sloppiness) => {
    sandbox.scim.sloppy.add(sloppiness);
    expect((await open(HR)()).groups).toMatchObject({ complete: true });
  });

  test.each(["duplicate-ids", "overlapping-pages"] as const)(
    "%s never passes for a whole list that lacks a group",
    async (sloppiness) => {
      sandbox.scim.sloppy.add(sloppiness);
      sandbox.scim.mostRows = 10;
      const { groups } = await open(HR)();
      if (groups.state === "known" && groups.complete) expect(groups.items.size).toBe(sandbox.company.okta.groups.size);
    },
  );
});

test("Okta goes on from its cursor, and asks far less", async () => {
  const read = open(oktaConfig("dd-*"));
  const names = ["dd-sre"];
  const previous = await read({ names });
  expect(previous.cursor).toBeDefined();
  const next = await read({ names, previous, cursor: previous.cursor ?? "" });
  expect(next.groups).toMatchObject({ complete: true });
  expect([...itemsOf(next.groups).keys()].sort()).toEqual([...itemsOf(previous.groups).keys()].sort());
  expect(peopleIn(next, "dd-sre")).toEqual(peopleIn(previous, "dd-sre"));
});

describe("Okta's service app", () => {
  const app = () => ({ OKTA_CLIENT_TOKEN: undefined, ...sandbox.oktaKey });

  test("signs, gets one token, and reads with it", async () => {
    const read = open(oktaConfig("dd-*"), app());
    expect(peopleIn(await read({ names: ["dd-sre"] }), "dd-sre")).toEqual(staffOf("dd-sre"));
    await read();
    expect(sandbox.log.filter(({ path }) => path === "/oauth2/v1/token")).toHaveLength(1);
  });

  test("whose scope was taken away says so, and nothing is absent", async () => {
    sandbox.oktaApp.scopes.delete("okta.users.read");
    const { groups } = await open(oktaConfig(), app())();
    expect(groups).toMatchObject({ state: "unknown", why: { kind: "denied", message: /invalid_scope/ } });
  });

  test("whose key is not the app's gets nothing, and the key is not in the message", async () => {
    const { OKTA_CLIENT_PRIVATEKEY } = sandbox.oktaKey;
    sandbox.oktaApp.keys = createServiceApp().keys;
    const { groups } = await open(oktaConfig(), { ...app(), OKTA_CLIENT_PRIVATEKEY })();
    expect(groups).toMatchObject({ state: "unknown", why: { kind: "denied", message: /invalid_client/ } });
    expect(JSON.stringify(groups)).not.toContain(JSON.parse(OKTA_CLIENT_PRIVATEKEY).d);
  });
});

describe("Entra goes on from its cursor", () => {
  const person = (login: string) => [...sandbox.company.okta.users.values()].find((some) => some.login === login);

  test("and hears whose account changed without reading the group again", async () => {
    const read = open(CORP);
    const names = ["dd-web"];
    const previous = await read({ names });
    const [member] = peopleIn(previous, "dd-web");
    const changed = person(member ?? "");
    if (changed) changed.status = "SUSPENDED";
    const before = sandbox.log.length;
    const next = await read({ names, previous, cursor: previous.cursor ?? "" });
    const asked = sandbox.log.slice(before).map(({ path }) => path);
    expect(asked).toContain("/v1.0/users/delta");
    expect(asked.filter((path) => path.includes("transitiveMembers"))).toEqual([]);
    const people = [...next.members.values()].flatMap((answer) => [...itemsOf(answer).values()]);
    expect(people.find(({ email }) => email === member)?.state).toBe("deactivated");
    expect(next.cursor).not.toBe(previous.cursor);
  });

  test("and reads a group again whose members moved", async () => {
    const read = open(CORP);
    const names = ["dd-web"];
    const previous = await read({ names });
    const group = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-web");
    group?.members.pop();
    const next = await read({ names, previous, cursor: previous.cursor ?? "" });
    expect(peopleIn(next, "dd-web")).toEqual(staffOf("dd-web"));
  });
});

describe.each([
  ["okta", oktaConfig()],
  ["entra", CORP],
  ["google", GOOGLE],
  ["scim", HR],
] as const)("a server of %s that dies in mid-answer", (system, config) => {
  test("leaves everything unknown, and is read again once it is back", async () => {
    sandbox.inject({ system, kind: "crash", path: /\/groups/i, times: 1 });
    const { groups } = await open(config)();
    expect(groups).toMatchObject({ state: "unknown", why: { kind: "unreachable" } });
    await sandbox.clearFaults();
    expect((await open(config)()).groups).toMatchObject({ complete: true });
  });
});

test("a read that lags misses a change and never unlearns it", async () => {
  const read = open(oktaConfig("dd-*"));
  const names = ["dd-sre"];
  const previous = await read({ names });
  sandbox.inject({ system: "okta", kind: "lag", path: "/", requests: 8 });
  const group = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-sre");
  const left = group?.members.pop();
  if (group) group.lastMembershipUpdated = new Date().toISOString();
  const late = await read({ names, previous, cursor: previous.cursor ?? "" });
  expect(peopleIn(late, "dd-sre")).toEqual(peopleIn(previous, "dd-sre"));
  await sandbox.clearFaults();
  const next = await read({ names, previous: late, cursor: late.cursor ?? "" });
  expect(peopleIn(next, "dd-sre")).toEqual(staffOf("dd-sre"));
  expect(left).toBeDefined();
});
