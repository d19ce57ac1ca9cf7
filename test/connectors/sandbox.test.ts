/** The connectors against the sandbox over real HTTP: everything is read as it is, single steps work, faults are told. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatadogWriter } from "../../server/src/connectors/datadog/writer.ts";
import { openDirectory, openTarget } from "../../server/src/connectors/registry.ts";
import { itemsOf, type Knowledge } from "../../server/src/core/model/knowledge.ts";
import type { Attempt } from "../../server/src/core/sync/connector.ts";
import { createHttpClient } from "../../server/src/http/client.ts";
import { environmentSecrets } from "../../server/src/http/environment.ts";
import { createFetchTransport } from "../../server/src/http/fetchTransport.ts";
import { parseLoopback } from "../../server/src/http/loopback.ts";
import { directoryConnection, organizationConnection } from "../../server/src/http/origins.ts";
import { type Fault, type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { CONTEXT, datadogConfig, itemOf, keysOf, oktaConfig } from "./support.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

/** A client as the command line has it, but without patience: waits between tries are skipped. */
function client() {
  const loopback = parseLoopback(sandbox.environment.ACCESSMAP_LOOPBACK);
  if (!loopback.ok) throw new Error(loopback.why.message);
  const connections = [directoryConnection(oktaConfig()), organizationConnection(datadogConfig())];
  const secrets = environmentSecrets(sandbox.environment, connections);
  return createHttpClient(createFetchTransport({ secrets, loopback: loopback.routes, timeoutMs: 2000 }), {
    sleep: async () => {},
  });
}

function readOkta(names: readonly string[] = [], ids: readonly string[] = [], groups?: string) {
  return openDirectory(oktaConfig(groups), client()).readDirectory({ names, ids }, CONTEXT);
}

function readDatadog(teams: readonly string[] = []) {
  return openTarget(datadogConfig(), client()).readTarget({ teams }, CONTEXT);
}

function fault(system: Fault["system"], path: string | RegExp, kind: Fault["kind"], more: Partial<Fault> = {}) {
  sandbox.inject({ system, path, kind, ...more });
}

function groupNamed(name: string) {
  const group = [...sandbox.company.okta.groups.values()].find((some) => some.name === name);
  if (!group) throw new Error(`the sandbox has no group ${name}`);
  return group;
}

function sorted(ids: Iterable<string>): readonly string[] {
  return [...ids].sort();
}

function resultOf<T>(attempt: Attempt<T>): T {
  if (!attempt.ok) throw new Error(attempt.why.message);
  return attempt.value;
}

function expectWhole(knowledge: Knowledge<unknown>, ids: Iterable<string>) {
  expect(knowledge).toMatchObject({ state: "known", complete: true });
  expect(sorted(keysOf(knowledge))).toEqual(sorted(ids));
}

describe("Okta", () => {
  test("groups, members and states are what they are", async () => {
    const { okta } = sandbox.company;
    const inventory = await readOkta(["dd-sre", "contractor-emea"]);
    expectWhole(inventory.groups, okta.groups.keys());
    for (const name of ["dd-sre", "contractor-emea"]) {
      const group = groupNamed(name);
      const members = inventory.members.get(group.id);
      if (!members) throw new Error(`members of ${name} were not read`);
      expectWhole(members, group.members);
      for (const id of group.members) {
        const state = {
          ACTIVE: "active",
          DEPROVISIONED: "deactivated",
          SUSPENDED: "suspended",
          STAGED: "staged",
          PROVISIONED: "staged",
        } as Record<string, string>;
        expect(itemOf(members, id)).toMatchObject({
          login: okta.users.get(id)?.login,
          state: state[okta.users.get(id)?.status ?? ""] ?? "active",
        });
      }
    }
    expect(inventory.members.size).toBe(2);
    expect([...okta.groups.values()].map(({ id }) => [id, itemOf(inventory.groups, id)?.memberCount] as const)).toEqual(
      [...okta.groups.values()].map(({ id, members }) => [id, members.length]),
    );
  });

  test("a pattern lists less; names and ids outside it are still found, or known to be absent", async () => {
    const { okta } = sandbox.company;
    const contractors = groupNamed("contractor-emea");
    const inventory = await readOkta(
      ["dd-sre", "contractor-apac", "no-such-group"],
      [contractors.id, "00gnosuch"],
      "dd-*",
    );
    expectWhole(
      inventory.groups,
      [...okta.groups.values()].filter(({ name }) => name.startsWith("dd-")).map(({ id }) => id),
    );
    expectWhole(inventory.named.get("contractor-apac") as Knowledge<unknown>, [groupNamed("contractor-apac").id]);
    expectWhole(inventory.named.get("no-such-group") as Knowledge<unknown>, []);
    expectWhole(inventory.named.get(contractors.id) as Knowledge<unknown>, [contractors.id]);
    expectWhole(inventory.named.get("00gnosuch") as Knowledge<unknown>, []);
    expect(sorted(inventory.members.keys())).toEqual(
      sorted([groupNamed("dd-sre").id, groupNamed("contractor-apac").id, contractors.id]),
    );
  });

  test("passing trouble is survived", async () => {
    fault("okta", "/api/v1/groups", "status", { status: 503, times: 1 });
    fault("okta", "/api/v1/groups", "reset", { times: 1 });
    fault("okta", "/api/v1/groups", "status", { status: 429, times: 1, headers: { "retry-after": "1" } });
    expectWhole((await readOkta()).groups, sandbox.company.okta.groups.keys());
  });

  test.each([
    ["status", 500, "unreachable"],
    ["status", 429, "throttled"],
    ["status", 403, "denied"],
    ["html", 502, "unreachable"],
    ["html", 200, "malformed"],
    ["reset", undefined, "unreachable"],
  ] as const)("lasting trouble (%s %s) leaves members unknown, and the groups standing", async (kind, status, why) => {
    fault("okta", /\/users/, kind, status === undefined ? {} : { status });
    const { groups, members } = await readOkta(["dd-sre"]);
    expect(groups).toMatchObject({ state: "known", complete: true });
    expect(members.get(groupNamed("dd-sre").id)).toMatchObject({
      state: "unknown",
      why: { kind: why, system: "okta" },
    });
  });

  test("members that are suddenly none are doubted", async () => {
    fault("okta", /\/users/, "empty");
    expect((await readOkta(["dd-sre"])).members.get(groupNamed("dd-sre").id)).toMatchObject({
      state: "unknown",
      why: { kind: "incomplete" },
    });
  });
});

describe("Datadog, reading", () => {
  test("roles, accounts, teams, members, mappings and switches are what they are", async () => {
    const { datadog } = sandbox.company;
    const target = await readDatadog(["sre", "identity"]);
    expect(target.actor).toMatchObject({
      state: "known",
      value: { organizationId: datadog.id, organizationName: datadog.name },
    });
    expectWhole(target.roles, datadog.roles.keys());
    expectWhole(target.accounts, datadog.users.keys());
    expectWhole(target.teams, datadog.teams.keys());
    expectWhole(target.mappings, datadog.mappings.keys());
    expect(target.switches.roleMapping).toMatchObject({ value: datadog.roleMapping });
    expect(target.switches.teamSource).toMatchObject({
      value: datadog.configs.get("teams_provisioning_sources")?.value,
    });
    for (const role of datadog.roles.values())
      expect(itemOf(target.roles, role.id), role.name).toMatchObject({
        name: role.name,
        permissions: sorted(role.permissions),
        unresolved: 0,
        managed: role.managed,
      });
    for (const user of datadog.users.values())
      expect(sorted(itemOf(target.accounts, user.id)?.roleIds ?? []), user.handle).toEqual(sorted(user.roleIds));
    for (const team of datadog.teams.values())
      expect(itemOf(target.teams, team.id), team.handle).toMatchObject({ handle: team.handle, managed: team.managed });
    expect(target.teamMembers.size).toBe(2);
    for (const [teamId, members] of target.teamMembers)
      expectWhole(members, datadog.teams.get(teamId)?.members.map(({ userId }) => userId) ?? []);
  });

  test("a cut or empty page never looks like a whole list", async () => {
    for (const kind of ["cut-page", "empty"] as const) {
      fault("datadog", "/api/v2/users", kind, { after: 1 });
      const { accounts } = await readDatadog();
      expect(accounts).toMatchObject({ state: "known", complete: false, gap: { kind: "incomplete" } });
      expect(keysOf(accounts).length).toBeGreaterThan(0);
    }
  });

  test("passing trouble is survived", async () => {
    fault("datadog", "/api/v2/roles", "status", { status: 429, times: 1, headers: { "x-ratelimit-reset": "1" } });
    fault("datadog", "/api/v2/users", "reset", { times: 1 });
    fault("datadog", "/api/v2/team", "html", { times: 1 });
    const target = await readDatadog();
    for (const part of [target.roles, target.accounts, target.teams])
      expect(part).toMatchObject({ state: "known", complete: true });
  });

  test("one part in lasting trouble leaves the others standing", async () => {
    fault("datadog", "/api/v2/authn_mappings", "status", { status: 500 });
    const target = await readDatadog();
    expect(target.mappings).toMatchObject({ state: "unknown", why: { kind: "unreachable", status: 500 } });
    expect(target.roles).toMatchObject({ state: "known", complete: true });
  });

  test("members of as many more teams as wanted are read, first by handle", async () => {
    const query = { teams: ["web"], moreTeams: 3 };
    const { teams, teamMembers } = await openTarget(datadogConfig(), client()).readTarget(query, CONTEXT);
    const handles = [...itemsOf(teams).values()].map(({ handle }) => handle).sort();
    const read = [...teamMembers.keys()].map((id) => itemsOf(teams).get(id)?.handle);
    expect(read.sort()).toEqual([...handles.slice(0, 3), "web"].sort());
  });

  test("keys, tokens and the trail are read when asked for", async () => {
    const { datadog } = sandbox.company;
    const query = { teams: [], include: ["credentials", "audit"] } as const;
    const { credentials, audit } = await openTarget(datadogConfig(), client()).readTarget(query, CONTEXT);
    const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
    if (!credentials || !audit) throw new Error("neither was read");
    expectWhole(credentials.apiKeys, idsOf(datadog.apiKeys));
    expectWhole(credentials.applicationKeys, idsOf(datadog.applicationKeys));
    expectWhole(credentials.tokens, idsOf(datadog.tokens));
    expectWhole(audit.events, idsOf(datadog.audit));
    for (const { id, name, createdBy, scopes } of datadog.applicationKeys)
      expect(itemOf(credentials.applicationKeys, id)).toMatchObject({
        name,
        ownerId: createdBy,
        scopes: scopes && [...scopes].sort(),
      });
    expect(JSON.stringify([...itemsOf(credentials.applicationKeys)])).not.toContain("sandbox-");
  });

  test("a lasting 403 on one list leaves the others standing", async () => {
    fault("datadog", "/api/v2/api_keys", "status", { status: 403 });
    const query = { teams: [], include: ["credentials"] } as const;
    const { credentials } = await openTarget(datadogConfig(), client()).readTarget(query, CONTEXT);
    expect(credentials?.apiKeys).toMatchObject({ state: "unknown", why: { kind: "denied" } });
    expect(credentials?.applicationKeys).toMatchObject({ state: "known", complete: true });
  });

  test("changes of access turn up in the trail, page by page", async () => {
    const { datadog } = sandbox.company;
    const [actor] = datadog.users.values();
    for (let count = 0; count < 1500; count++)
      datadog.audit.push({
        id: `event-${count}`,
        at: new Date().toISOString(),
        name: count % 2 === 0 ? "Access Management" : "Monitor",
        action: "modified",
        asset: { type: "role", id: "r", name: "SRE" },
        actor: { id: actor?.id ?? "", email: actor?.email ?? "" },
        message: "Role was modified",
      });
    const query = { teams: [], include: ["audit"] } as const;
    const { audit } = await openTarget(datadogConfig(), client()).readTarget(query, CONTEXT);
    expect(audit?.events).toMatchObject({ state: "known", complete: true });
    expect(keysOf(audit?.events)).toHaveLength(datadog.audit.filter(({ name }) => name === "Access Management").length);
  });

  test("just-in-time accounts are known to administrators alone", async () => {
    sandbox.company.datadog.justInTime.domains = ["acme.com"];
    expect((await readDatadog()).switches.justInTime).toMatchObject({ state: "unknown", why: { kind: "denied" } });
    const environment = { ...sandbox.environment, DD_APP_KEY: "sandbox-terraform-app-key" };
    sandbox = { ...sandbox, environment };
    const { justInTime } = (await readDatadog()).switches;
    expect(justInTime).toMatchObject({ state: "known", value: { domains: ["acme.com"] } });
  });

  test("keys that the site does not know end the read after one request", async () => {
    const environment = { ...sandbox.environment, DD_API_KEY: "key-of-another-site" };
    sandbox = { ...sandbox, environment };
    const { actor } = await readDatadog();
    expect(actor).toMatchObject({ state: "unknown", why: { kind: "denied", status: 401 } });
    expect(actor.state === "unknown" && actor.why.message).toMatch(/does not know the Datadog keys of prod.*us5/);
  });

  test("the read key cannot read SCIM, the write key can", async () => {
    expect(resultOf(await openDatadogWriter(datadogConfig(), client()).readScimGroups(CONTEXT)).length).toBeGreaterThan(
      0,
    );
    const { ACCESSMAP_WRITE_DD_API_KEY: _a, ACCESSMAP_WRITE_DD_APP_KEY: _b, ...environment } = sandbox.environment;
    sandbox = { ...sandbox, environment };
    const refused = await openDatadogWriter(datadogConfig(), client()).readScimGroups(CONTEXT);
    expect(refused).toMatchObject({ ok: false, why: { kind: "denied" } });
  });
});

describe("Datadog, writing", () => {
  const writer = () => openDatadogWriter(datadogConfig(), client());

  function someone() {
    const { users } = sandbox.company.datadog;
    const user = [...users.values()].find(
      ({ disabled, serviceAccount, roleIds }) => !disabled && !serviceAccount && roleIds.length > 0,
    );
    if (!user) throw new Error("the sandbox has nobody with a role");
    return user;
  }

  test("roles are replaced whole and read back through the users API", async () => {
    const user = someone();
    const roleIds = [...sandbox.company.datadog.roles.values()]
      .filter(({ managed }) => !managed)
      .slice(0, 2)
      .map(({ id }) => id);
    const write = writer();
    resultOf(await write.replaceRoles(user.id, roleIds, CONTEXT));
    expect(sorted(resultOf(await write.readAccount(user.id, CONTEXT)).roleIds)).toEqual(sorted(roleIds));
    resultOf(await write.removeRole(user.id, roleIds[0] ?? "", CONTEXT));
    resultOf(await write.removeRole(user.id, roleIds[0] ?? "", CONTEXT));
    expect(resultOf(await write.readAccount(user.id, CONTEXT)).roleIds).toEqual(roleIds.slice(1));
    expect(write.requests()).toBe(5);
  });

  test("the writer sees the same roles as the reader", async () => {
    const { roles } = await readDatadog();
    const seen = resultOf(await writer().readRoles(CONTEXT));
    for (const role of seen) expect(role, role.name).toEqual(itemOf(roles, role.id));
    expect(resultOf(await writer().readActor(CONTEXT)).organizationId).toBe(sandbox.company.datadog.id);
  });

  test("a group is created once, even when the answer is lost, and its members follow", async () => {
    const group = { displayName: "Brand New", externalId: "accessmap:acme:brand-new", memberIds: [] };
    fault("datadog", "/api/v2/scim/Groups", "reset", { method: "POST", times: 1 });
    const write = writer();
    const created = resultOf(await write.createScimGroup(group, CONTEXT));
    expect(resultOf(await write.createScimGroup(group, CONTEXT)).id).toBe(created.id);
    const people = [...sandbox.company.datadog.users.values()]
      .filter(({ disabled, serviceAccount }) => !disabled && !serviceAccount)
      .map(({ id }) => id);
    resultOf(await write.addGroupMembers(created.id, people, CONTEXT));
    resultOf(await write.addGroupMembers(created.id, people.slice(0, 3), CONTEXT));
    const team = [...sandbox.company.datadog.teams.values()].find(({ externalId }) => externalId === group.externalId);
    expect(sorted(team?.members.map(({ userId }) => userId) ?? [])).toEqual(sorted(people));
    resultOf(await write.removeGroupMembers(created.id, people.slice(1), CONTEXT));
    expect(resultOf(await write.readTeamMembers(team?.id ?? "", CONTEXT)).map(({ accountId }) => accountId)).toEqual(
      people.slice(0, 1),
    );
  });

  test("a group of Okta's own push is not adopted", async () => {
    const foreign = resultOf(await writer().readScimGroups(CONTEXT)).find(
      ({ externalId }) => externalId !== undefined && !externalId.startsWith("accessmap:"),
    );
    expect(foreign).toBeDefined();
    const attempt = await writer().createScimGroup(
      { displayName: foreign?.displayName ?? "", externalId: "accessmap:acme:mine", memberIds: [] },
      CONTEXT,
    );
    expect(attempt).toMatchObject({ ok: false, why: { kind: "refused" } });
  });

  test("trouble with a write is told, and nothing is sent twice", async () => {
    const user = someone();
    for (const [kind, why] of [
      ["reset", "unreachable"],
      ["html", "unreachable"],
    ] as const) {
      fault("datadog", "/api/v2/scim/Users", kind, { method: "PATCH", times: 1 });
      const before = sandbox.log.length;
      expect(await writer().replaceRoles(user.id, user.roleIds, CONTEXT)).toMatchObject({
        ok: false,
        why: { kind: why },
      });
      expect(sandbox.log.slice(before).map(({ method }) => method)).toEqual(["PATCH"]);
    }
    fault("datadog", "/api/v2/scim/Users", "status", { method: "PATCH", status: 429, times: 2 });
    resultOf(await writer().replaceRoles(user.id, user.roleIds, CONTEXT));
  });

  test("nobody and nowhere are rejected, not invented", async () => {
    expect(await writer().readAccount("00000000-0000-0000-0000-000000000000", CONTEXT)).toMatchObject({
      ok: false,
      why: { kind: "rejected", status: 404 },
    });
    expect(await writer().replaceRoles("00000000-0000-0000-0000-000000000000", ["x"], CONTEXT)).toMatchObject({
      ok: false,
      why: { kind: "rejected" },
    });
  });
});
