/** Single steps on an organization: the exact requests, what is never sent, and what is looked at before trying again. */

import { describe, expect, test } from "vitest";
import { openDatadogWriter } from "../../server/src/connectors/datadog/writer.ts";
import type { HttpRequest } from "../../server/src/core/model/http.ts";
import { json, type Reply, text, unreachable } from "../http/support.ts";
import { OWN_USER } from "./answers.ts";
import { CONTEXT, datadogConfig, type Route, routes, SPAN } from "./support.ts";

const NAMES = { displayName: "sre", externalId: "accessmap:acme:sre" };
const GROUP = { ...NAMES, memberIds: ["u-1"] };
const PATCH_GROUP = "PATCH /api/v2/scim/Groups/*";

function open(table: Record<string, Route>, config = datadogConfig()) {
  const world = routes(table);
  return { ...world, writer: openDatadogWriter(config, world.http) };
}

function bodyOf(request: HttpRequest | undefined): Record<string, unknown> {
  return JSON.parse(request?.body ?? "{}");
}

function operations(sent: readonly HttpRequest[]): Record<string, unknown>[] {
  return sent
    .filter(({ method }) => method === "PATCH")
    .flatMap((request) => bodyOf(request).Operations as Record<string, unknown>[]);
}

describe("roles", () => {
  test("are written whole, through SCIM, with the write credential", async () => {
    const { writer, sent } = open({ "PATCH /api/v2/scim/Users/*": json({}) });
    expect(await writer.replaceRoles("u-1", ["r-1", "r-2"], CONTEXT)).toEqual({ ok: true, value: undefined });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: "https://api.datadoghq.eu/api/v2/scim/Users/u-1",
      credential: { connection: "prod", use: "write", scheme: "datadog-scim" },
    });
    expect(bodyOf(sent[0])).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "roles", value: [{ value: "r-1" }, { value: "r-2" }] }],
    });
    expect(writer.requests()).toBe(1);
  });

  test("an empty set is never sent", async () => {
    const { writer, sent } = open({});
    expect(await writer.replaceRoles("u-1", [], CONTEXT)).toMatchObject({ ok: false, why: { kind: "refused" } });
    expect(sent).toEqual([]);
  });

  test("one is given through the roles API; when that was throttled, after a wait and a look", async () => {
    const [role = ""] = OWN_USER.relationships.roles.data.map(({ id }) => id);
    for (const [roleId, posts] of [
      ["r-1", 2],
      [role, 1],
    ] as const) {
      let tries = 0;
      const { writer, sent } = open({
        "POST /api/v2/roles/*/users": () =>
          tries++ === 0 ? json({}, 429, { "x-ratelimit-reset": "1" }) : json({ data: [] }),
        "GET /api/v2/users/*": json({ data: OWN_USER }),
      });
      expect(await writer.addRole("u-1", roleId, CONTEXT)).toMatchObject({ ok: true });
      expect(sent.filter(({ method }) => method === "POST")).toHaveLength(posts);
      expect(bodyOf(sent[0])).toEqual({ data: { id: "u-1", type: "users" } });
    }
  });

  test("one is removed through the roles API; a user without it is as wanted", async () => {
    for (const answer of [
      json({ data: [], meta: { page: { total_count: 0 } } }),
      text('{"errors":["not found"]}', 404),
    ]) {
      const { writer, sent } = open({ "DELETE /api/v2/roles/r-1/users": answer });
      expect(await writer.removeRole("u-1", "r-1", CONTEXT)).toMatchObject({ ok: true });
      expect(bodyOf(sent[0])).toEqual({ data: { id: "u-1", type: "users" } });
      expect(sent[0]?.credential).toMatchObject({ use: "write", scheme: "datadog-keys" });
    }
  });
});

describe("reading before and after", () => {
  test("an account, through the users API", async () => {
    const { writer, sent } = open({ "GET /api/v2/users/*": json({ data: OWN_USER }) });
    expect(await writer.readAccount("u-1", CONTEXT)).toMatchObject({
      ok: true,
      value: { handle: "ana@acme.com", roleIds: OWN_USER.relationships.roles.data.map(({ id }) => id) },
    });
    expect(sent[0]?.credential?.use).toBe("write");
  });

  test("members of a team: a part of them is a failure", async () => {
    const member = {
      type: "team_memberships",
      id: "m",
      attributes: { role: null },
      relationships: { user: { data: { type: "users", id: "u" } } },
    };
    const page = (total: number) => json({ data: [member], meta: { pagination: { total } } });
    expect(await open({ "GET /api/v2/team/*/memberships": page(1) }).writer.readTeamMembers("t", CONTEXT)).toEqual({
      ok: true,
      value: [{ accountId: "u", admin: false }],
    });
    expect(
      await open({ "GET /api/v2/team/*/memberships": page(7) }).writer.readTeamMembers("t", CONTEXT),
    ).toMatchObject({ ok: false, why: { kind: "incomplete" } });
  });

  test("SCIM groups: all pages, by what arrives", async () => {
    const all = Array.from({ length: 5 }, (_, index) => ({
      id: `g${index}`,
      displayName: `team ${index}`,
      members: [{ value: "u" }, { value: "u" }],
    }));
    const world = open({
      "GET /api/v2/scim/Groups": (_, query) => {
        const start = Number(query.get("startIndex")) - 1;
        return json({
          Resources: all.slice(start, start + 2),
          totalResults: 5,
          startIndex: start + 1,
          itemsPerPage: 2,
        });
      },
    });
    const read = await world.writer.readScimGroups(CONTEXT);
    expect(read).toMatchObject({ ok: true, value: { length: 5, 0: { id: "g0", memberIds: ["u"] } } });
    expect(world.sent).toHaveLength(3);
  });

  test("no SCIM groups at all, with the list left out", async () => {
    const { writer } = open({ "GET /api/v2/scim/Groups": json({ totalResults: 0 }) });
    expect(await writer.readScimGroups(CONTEXT)).toEqual({ ok: true, value: [] });
  });

  test("a read-only key is told which permissions SCIM takes", async () => {
    const { writer } = open({ "GET /api/v2/scim/Groups": json({ errors: ["Forbidden"] }, 403) });
    const read = await writer.readScimGroups(CONTEXT);
    expect(!read.ok && read.why.message).toMatch(/user_access_invite and user_access_manage/);
  });
});

/** SCIM groups that a POST adds to, as far as `post` allows. */
function groupsWorld(post: (created: object) => Reply) {
  const groups: { id: string; displayName: string; externalId?: string }[] = [];
  const world = open({
    "GET /api/v2/scim/Groups": (_, query) => {
      const [, by = "", value] = /^(\w+) eq "(.*)"$/.exec(query.get("filter") ?? "") ?? [];
      const found = groups.filter((group) => (group as Record<string, unknown>)[by] === value);
      return json({ Resources: found, totalResults: found.length });
    },
    "POST /api/v2/scim/Groups": (request) => {
      const group = { id: "g-1", ...(JSON.parse(request.body ?? "{}") as typeof GROUP) };
      groups.push(group);
      return post(group);
    },
  });
  const posts = () => world.sent.filter(({ method }) => method === "POST").length;
  return { ...world, groups, posts };
}

describe("creating a group", () => {
  test("looks first, then creates once", async () => {
    const { writer, posts, sent } = groupsWorld((group) => json(group, 201));
    expect(await writer.createScimGroup(GROUP, CONTEXT)).toMatchObject({
      ok: true,
      value: { id: "g-1", externalId: GROUP.externalId },
    });
    expect(posts()).toBe(1);
    expect(bodyOf(sent.find(({ method }) => method === "POST"))).toMatchObject({
      ...NAMES,
      members: [{ value: "u-1" }],
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    });
    expect(await writer.createScimGroup(GROUP, CONTEXT)).toMatchObject({ ok: true, value: { id: "g-1" } });
    expect(posts()).toBe(1);
  });

  test("whose answer got lost finds the group instead of making a second one", async () => {
    for (const trouble of [unreachable("prod"), text("", 502), text("", 500), text("", 201)]) {
      const { writer, posts } = groupsWorld(() => trouble);
      expect(await writer.createScimGroup(GROUP, CONTEXT)).toMatchObject({ ok: true, value: { id: "g-1" } });
      expect(posts()).toBe(1);
    }
  });

  test("that was throttled waits as asked, looks again, and then repeats", async () => {
    const world = open({
      "GET /api/v2/scim/Groups": json({ totalResults: 0, Resources: [] }),
      "POST /api/v2/scim/Groups": () =>
        world.sent.filter(({ method }) => method === "POST").length < 3
          ? text("", 429, { "x-ratelimit-reset": "7" })
          : json({ id: "g", ...GROUP }, 201),
    });
    expect(await world.writer.createScimGroup(GROUP, CONTEXT)).toMatchObject({ ok: true });
    expect(world.slept).toEqual([7000, 7000]);
    expect(world.sent.map(({ method }) => method).join(" ")).toBe("GET GET POST GET GET POST GET GET POST");
  });

  test("gives up after three tries, and at once when it is rejected", async () => {
    const table = (post: Reply) => ({
      "GET /api/v2/scim/Groups": json({ totalResults: 0 }),
      "POST /api/v2/scim/Groups": post,
    });
    for (const [post, tries] of [
      [text("", 503), 3],
      [json({ errors: ["Managed Teams are off"] }, 400), 1],
    ] as const) {
      const { writer, sent } = open(table(post));
      expect(await writer.createScimGroup(GROUP, CONTEXT)).toMatchObject({ ok: false });
      expect(sent.filter(({ method }) => method === "POST")).toHaveLength(tries);
    }
  });

  test("leaves a group of another writer alone", async () => {
    const { writer, groups, posts } = groupsWorld(() => text("", 500));
    groups.push({ id: "g-9", displayName: "sre", externalId: "00g-okta" });
    const created = await writer.createScimGroup(GROUP, CONTEXT);
    expect(!created.ok && created.why).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/"00g-okta".*left alone/),
    });
    expect(posts()).toBe(0);
  });
});

describe("members of a group", () => {
  const holds = (...ids: string[]) => ({
    "GET /api/v2/scim/Groups/*": json({ id: "g", displayName: "sre", members: ids.map((value) => ({ value })) }),
  });

  test("are added in chunks of fifty, without those who are in it", async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `u-${index}`);
    const { writer, sent } = open({ ...holds("u-0", "u-7"), [PATCH_GROUP]: text("", 204) });
    expect(await writer.addGroupMembers("g", [...ids, "u-1"], CONTEXT)).toMatchObject({ ok: true });
    const added = operations(sent) as unknown as {
      op: string;
      path?: string;
      value: { members: { value: string }[] };
    }[];
    expect(added.map(({ op, path, value }) => [op, path, value.members.length])).toEqual([
      ["add", undefined, 50],
      ["add", undefined, 50],
      ["add", undefined, 18],
    ]);
    const all = added.flatMap(({ value }) => value.members.map((member) => member.value));
    expect(all.toSorted()).toEqual(ids.filter((id) => id !== "u-0" && id !== "u-7").toSorted());
  });

  test("are removed one filter each, never by the bare path", async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `u-${index}`);
    const { writer, sent } = open({ ...holds(...ids), [PATCH_GROUP]: json({}) });
    expect(await writer.removeGroupMembers("g", [...ids, "stranger"], CONTEXT)).toMatchObject({ ok: true });
    const removed = operations(sent);
    expect(removed).toHaveLength(60);
    for (const operation of removed) {
      expect(operation).toMatchObject({ op: "remove", path: expect.stringMatching(/^members\[value eq "u-\d+"\]$/) });
      expect(operation).not.toHaveProperty("value");
    }
  });

  test("nothing to do sends no write", async () => {
    const { writer, sent } = open({ ...holds("u-1"), [PATCH_GROUP]: json({}) });
    await writer.addGroupMembers("g", ["u-1"], CONTEXT);
    await writer.removeGroupMembers("g", ["u-2"], CONTEXT);
    expect(operations(sent)).toEqual([]);
  });

  test("an id that could end the filter early is refused", async () => {
    const evil = 'u" or value pr or value eq "';
    const { writer, sent } = open({ ...holds(evil), [PATCH_GROUP]: json({}) });
    expect(await writer.removeGroupMembers("g", [evil], CONTEXT)).toMatchObject({ ok: false });
    expect(operations(sent)).toEqual([]);
  });

  test("one bad person does not hold up the others", async () => {
    const { writer, sent } = open({
      ...holds(),
      [PATCH_GROUP]: (request) =>
        request.body?.includes('"bad"') ? json({ errors: ["unknown user"] }, 400) : json({}),
    });
    const added = await writer.addGroupMembers("g", ["a", "bad", "c"], CONTEXT);
    expect(added).toMatchObject({
      ok: false,
      why: { kind: "rejected", message: expect.stringMatching(/unknown user/) },
    });
    expect(sent.filter(({ method, body }) => method === "PATCH" && !body?.includes("bad"))).toHaveLength(2);
  });

  test("a refused credential stops at once", async () => {
    const { writer, sent } = open({ ...holds(), [PATCH_GROUP]: text("", 403) });
    expect(await writer.addGroupMembers("g", ["a", "b"], CONTEXT)).toMatchObject({
      ok: false,
      why: { kind: "denied" },
    });
    expect(operations(sent)).toHaveLength(1);
  });
});

test("a site that is not Datadog's gets nothing", async () => {
  const { writer, sent } = open({}, datadogConfig({ site: { value: "evil.example", span: SPAN } }));
  expect(await writer.replaceRoles("u", ["r"], CONTEXT)).toMatchObject({ ok: false, why: { kind: "refused" } });
  expect(await writer.readAccount("u", CONTEXT)).toMatchObject({ ok: false, why: { kind: "refused" } });
  expect(sent).toEqual([]);
});

describe("accounts", () => {
  const found = (...users: object[]) => json({ data: users, meta: { page: { total_count: users.length } } });

  test("are created through SCIM with their roles, and read from the users API", async () => {
    const { writer, sent } = open({
      "POST /api/v2/scim/Users": json({ id: "u-9" }, 201),
      "GET /api/v2/users/u-9": json({ data: OWN_USER }),
    });
    const account = { handle: "ana@acme.com", name: "Ana", roleIds: ["r-1"], through: "scim" } as const;
    expect(await writer.createAccount(account, CONTEXT)).toMatchObject({ ok: true, value: { handle: "ana@acme.com" } });
    expect(bodyOf(sent[0])).toEqual({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "ana@acme.com",
      active: true,
      name: { formatted: "Ana" },
      emails: [{ value: "ana@acme.com", type: "work", primary: true }],
      roles: [{ value: "r-1" }],
    });
  });

  test("whose answer got lost are looked for before another try", async () => {
    let posts = 0;
    const { writer } = open({
      "POST /api/v2/users": () => {
        posts++;
        return unreachable("prod");
      },
      "GET /api/v2/users": found({ ...OWN_USER, attributes: { ...OWN_USER.attributes, handle: "Ana@acme.com" } }),
    });
    const account = { handle: "ana@acme.com", name: "Ana", roleIds: ["r-1"], through: "api" } as const;
    expect(await writer.createAccount(account, CONTEXT)).toMatchObject({ ok: true });
    expect(posts).toBe(1);
  });

  test("are never created without a role", async () => {
    const { writer, sent } = open({});
    const account = { handle: "ana@acme.com", name: "Ana", roleIds: [], through: "scim" } as const;
    expect(await writer.createAccount(account, CONTEXT)).toMatchObject({ ok: false, why: { kind: "refused" } });
    expect(sent).toEqual([]);
  });

  test("are found by their exact handle alone", async () => {
    const other = { ...OWN_USER, attributes: { ...OWN_USER.attributes, handle: "diana@acme.com" } };
    const { writer } = open({ "GET /api/v2/users": found(other) });
    expect(await writer.findAccount("ana@acme.com", CONTEXT)).toEqual({ ok: true, value: null });
  });

  test.each([
    ["scim", "PATCH /api/v2/scim/Users/u-1", { op: "replace", path: "active", value: false }],
    ["api", "PATCH /api/v2/users/u-1", { disabled: true }],
  ] as const)("are switched off through %s", async (through, route, expected) => {
    const { writer, sent } = open({ [route]: json({ data: OWN_USER }) });
    expect(await writer.setActive("u-1", false, through, CONTEXT)).toMatchObject({ ok: true });
    expect(JSON.stringify(bodyOf(sent[0]))).toContain(JSON.stringify(expected));
  });
});

describe("members of teams that SCIM does not manage", () => {
  test("who are in already, or out already, are as wanted; somebody rejected does not hold up the others", async () => {
    const { writer, sent } = open({
      "POST /api/v2/team/t/memberships": (request) =>
        request.body?.includes("u-1") ? text('{"errors":[]}', 409) : text('{"errors":["no"]}', 400),
      "DELETE /api/v2/team/t/memberships/u-1": text('{"errors":[]}', 404),
    });
    expect(await writer.addTeamMembers("t", ["u-1"], CONTEXT)).toMatchObject({ ok: true });
    expect(await writer.removeTeamMembers("t", ["u-1"], CONTEXT)).toMatchObject({ ok: true });
    expect(await writer.addTeamMembers("t", ["u-2", "u-1"], CONTEXT)).toMatchObject({
      ok: false,
      why: { status: 400 },
    });
    expect(sent).toHaveLength(4);
  });
});

test("a member whose addition was throttled is added after a wait", async () => {
  let tries = 0;
  const { writer, sent } = open({
    "POST /api/v2/team/*/memberships": () =>
      tries++ === 0 ? json({}, 429, { "x-ratelimit-reset": "1" }) : text('{"errors":["exists"]}', 409),
  });
  expect(await writer.addTeamMembers("t-1", ["u-1"], CONTEXT)).toMatchObject({ ok: true });
  expect(sent).toHaveLength(2);
});

describe("AuthN mappings", () => {
  const MAPPING = { key: "memberOf", value: "dd-sre", grants: { roleId: "r-1" } } as const;
  const row = (id: string) => ({
    type: "authn_mappings",
    id,
    attributes: { attribute_key: "memberOf", attribute_value: "dd-sre" },
    relationships: { role: { data: { type: "roles", id: "r-1" } }, team: { data: null } },
  });
  const list = (...rows: object[]) => json({ data: rows, meta: { page: { total_count: rows.length } } });

  test("are created with exactly one of role and team", async () => {
    const { writer, sent } = open({ "POST /api/v2/authn_mappings": json({ data: row("m-1") }) });
    expect(await writer.createMapping(MAPPING, CONTEXT)).toMatchObject({ ok: true, value: { id: "m-1" } });
    expect(bodyOf(sent[0])).toEqual({
      data: {
        type: "authn_mappings",
        attributes: { attribute_key: "memberOf", attribute_value: "dd-sre" },
        relationships: { role: { data: { id: "r-1", type: "roles" } } },
      },
    });
  });

  test("whose answer got lost are looked for before another try: Datadog would take a second one", async () => {
    let posts = 0;
    const { writer } = open({
      "POST /api/v2/authn_mappings": () => {
        posts++;
        return unreachable("prod");
      },
      "GET /api/v2/authn_mappings": (_, query) => (query.get("resource_type") === "role" ? list(row("m-7")) : list()),
    });
    expect(await writer.createMapping(MAPPING, CONTEXT)).toMatchObject({ ok: true, value: { id: "m-7" } });
    expect(posts).toBe(1);
  });

  test("name their own id when they change; one that is gone is null, and deleted already", async () => {
    const { writer, sent } = open({ "PATCH /api/v2/authn_mappings/m-1": json({ data: row("m-1") }) });
    expect(await writer.updateMapping("m-1", MAPPING, CONTEXT)).toMatchObject({ ok: true });
    expect(bodyOf(sent[0])).toMatchObject({ data: { id: "m-1" } });
    expect(await writer.readMapping("m-2", CONTEXT)).toEqual({ ok: true, value: null });
    expect(await writer.deleteMapping("m-2", CONTEXT)).toMatchObject({ ok: true });
  });

  test("are read whole, roles and teams, or not at all", async () => {
    const { writer } = open({
      "GET /api/v2/authn_mappings": (_, query) =>
        query.get("resource_type") === "role" ? list(row("m-1")) : json({ errors: ["Forbidden"] }, 403),
    });
    expect(await writer.readMappings(CONTEXT)).toMatchObject({ ok: false, why: { kind: "denied" } });
  });
});
