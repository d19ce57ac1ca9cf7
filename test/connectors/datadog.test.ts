/** Reading an organization: parts stand alone, the wrong organization is refused, and less than all is never absence. */

import { describe, expect, test } from "vitest";
import { openTarget } from "../../server/src/connectors/registry.ts";
import { gapOf } from "../../server/src/core/model/knowledge.ts";
import { SITES } from "../../server/src/core/model/project.ts";
import { json, text } from "../http/support.ts";
import { OWN_ANSWERS, OWN_PERMISSIONS, OWN_ROLE } from "./answers.ts";
import { CONTEXT, datadogConfig, itemOf, keysOf, type Route, routes, SPAN } from "./support.ts";

const ORG = "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005";

function own(path: string): unknown {
  return OWN_ANSWERS.find((answer) => answer.path === path && answer.method === "GET")?.body;
}

const WORLD: Record<string, Route> = {
  "GET /api/v2/current_user": json(own("/api/v2/current_user")),
  "GET /api/v2/permissions": json({ data: OWN_PERMISSIONS.slice(1) }),
  "GET /api/v2/roles": json(own("/api/v2/roles")),
  "GET /api/v2/users": json(own("/api/v2/users")),
  "GET /api/v2/team": json(own("/api/v2/team")),
  "GET /api/v2/team/*/memberships": json(own("/api/v2/team/t-1/memberships")),
  "GET /api/v2/authn_mappings": (_, query) => {
    const { data } = own("/api/v2/authn_mappings") as { data: unknown[] };
    const half = query.get("resource_type") === "team" ? data.slice(1) : data.slice(0, 1);
    return json({ data: half, meta: { page: { total_count: 1, total_filtered_count: 1 } } });
  },
  "GET /api/v2/org_configs/teams_provisioning_sources": json(own("/api/v2/org_configs/teams_provisioning_sources")),
  "GET /api/v1/org_preferences": json({
    data: { attributes: { preference_type: "saml_authn_mapping_roles", preference_data: true } },
  }),
};

function read(
  changes: Record<string, Route> = {},
  config = datadogConfig(),
  teams: readonly string[] = ["sre"],
  context = CONTEXT,
) {
  const world = routes({ ...WORLD, ...changes });
  return { ...world, inventory: openTarget(config, world.http).readTarget({ teams }, context) };
}

describe("a whole read", () => {
  test("knows everything, with the read credential and by GET alone", async () => {
    const { inventory, sent } = read();
    const target = await inventory;
    expect(target).toMatchObject({
      name: "prod",
      site: "datadoghq.eu",
      actor: { value: { handle: "ana@acme.com", organizationName: "Acme" } },
    });
    for (const part of [target.permissions, target.roles, target.accounts, target.teams, target.mappings])
      expect(part).toMatchObject({ state: "known", complete: true });
    expect(target.switches).toMatchObject({ roleMapping: { value: true }, teamSource: { value: "manually" } });
    expect(keysOf(target.mappings)).toEqual(["a-1", "a-2"]);
    expect(itemOf(target.teamMembers.get("t-1"), "u-2")).toEqual({ accountId: "u-2", admin: false });
    expect(
      sent.every(
        ({ method, credential, url }) =>
          method === "GET" && credential?.use === "read" && url.startsWith("https://api.datadoghq.eu/"),
      ),
    ).toBe(true);
    expect(sent.filter(({ url }) => /page(%5B|\[)size(%5D|\])=100/.test(url))).toHaveLength(6);
    expect(sent.some(({ headers }) => Object.keys(headers ?? {}).some((name) => /key|authorization/i.test(name)))).toBe(
      false,
    );
  });

  test("names a role's permissions from the list and from those the current user holds", async () => {
    const { roles, permissions } = await read().inventory;
    expect(keysOf(permissions).toSorted()).toEqual(["brand_new_write", "logs_read_data"]);
    expect(itemOf(roles, OWN_ROLE.id)).toMatchObject({ name: "SRE", permissions: ["logs_read_data"], unresolved: 1 });
  });

  test("asks a role itself for permissions that no list explains, and once only", async () => {
    const hidden = { type: "permissions", id: "p-9", attributes: { name: "hidden_write", display_type: "write" } };
    const { inventory, sent } = read({ "GET /api/v2/roles/*/permissions": json({ data: [hidden] }) });
    const { roles, permissions } = await inventory;
    expect(itemOf(roles, OWN_ROLE.id)).toMatchObject({
      permissions: ["hidden_write", "logs_read_data"],
      unresolved: 0,
    });
    expect(keysOf(permissions)).toContain("hidden_write");
    expect(sent.filter(({ url }) => url.endsWith("/permissions"))).toHaveLength(2);
  });

  test("reads members of the teams that are asked for, and of no other", async () => {
    const { inventory, sent } = read({}, datadogConfig(), ["other"]);
    expect((await inventory).teamMembers.size).toBe(0);
    expect(sent.some(({ url }) => url.includes("memberships"))).toBe(false);
  });
});

describe("less than a whole read", () => {
  test("a 403 on one part leaves the others standing", async () => {
    const target = await read({ "GET /api/v2/users": json({ errors: ["Forbidden"] }, 403) }).inventory;
    expect(target.accounts).toMatchObject({ state: "unknown", why: { kind: "denied", status: 403 } });
    expect(target.roles).toMatchObject({ state: "known", complete: true });
  });

  test("a 401 ends it: everything is unknown after one request", async () => {
    const { inventory, sent } = read({ "GET /api/v2/current_user": text("", 401) });
    const target = await inventory;
    for (const part of [target.actor, target.roles, target.accounts, target.mappings, target.switches.roleMapping])
      expect(part).toMatchObject({ state: "unknown", why: { kind: "denied", status: 401 } });
    expect(sent).toHaveLength(1);
  });

  test("a narrow key that may not see itself still reads what it may", async () => {
    const target = await read({
      "GET /api/v2/current_user": text("", 403),
      "GET /api/v1/validate": json({ valid: true }),
    }).inventory;
    expect(target.actor).toMatchObject({ state: "unknown" });
    expect(target.roles).toMatchObject({ state: "known", complete: true });
  });

  test("a list that is shorter than stated proves no absence", async () => {
    const cut = { ...(own("/api/v2/users") as object), meta: { page: { total_count: 40, total_filtered_count: 40 } } };
    const { accounts } = await read({ "GET /api/v2/users": json(cut) }).inventory;
    expect(accounts).toMatchObject({
      state: "known",
      complete: false,
      gap: { message: "prod states 40 users and listed 1" },
    });
  });

  test.each([
    ["/api/v2/users", "accounts", { roles: null }],
    ["/api/v2/users", "accounts", { roles: { data: {} } }],
    ["/api/v2/users", "accounts", { roles: { data: [{ type: "roles", id: 7 }] } }],
    ["/api/v2/roles", "roles", { permissions: null }],
  ] as const)(
    "a row of %s that does not say what it holds is unreadable, and holds not nothing",
    async (path, part, more) => {
      const whole = own(path) as { data: { relationships: object }[] };
      const [row, ...others] = whole.data;
      const odd = { ...whole, data: [{ ...row, relationships: { ...row?.relationships, ...more } }, ...others] };
      const inventory = await read({ [`GET ${path}`]: json(odd) }).inventory;
      expect(gapOf<unknown>(inventory[part])).toMatchObject({ kind: "malformed" });
    },
  );

  test("one failed half of the mappings makes the whole incomplete", async () => {
    const half: Route = (request, query) =>
      query.get("resource_type") === "team"
        ? text("", 403)
        : (WORLD["GET /api/v2/authn_mappings"] as (...all: unknown[]) => ReturnType<typeof json>)(request, query);
    const { mappings } = await read({ "GET /api/v2/authn_mappings": half }).inventory;
    expect(mappings).toMatchObject({ state: "known", complete: false, gap: { kind: "denied" } });
    expect(keysOf(mappings)).toEqual(["a-1"]);
  });

  test("a switch that cannot be read is unknown, not off", async () => {
    const { switches } = await read({
      "GET /api/v1/org_preferences": json({ data: {} }),
      "GET /api/v2/org_configs/teams_provisioning_sources": json({ errors: ["Not found"] }, 404),
    }).inventory;
    expect(switches.roleMapping).toMatchObject({
      state: "unknown",
      why: { message: "prod did not say whether role mapping is on" },
    });
    expect(switches.teamSource).toMatchObject({ state: "unknown", why: { kind: "rejected", status: 404 } });
  });

  test("an empty list of permissions is no list", async () => {
    const { permissions } = await read({ "GET /api/v2/permissions": json({ data: [] }) }).inventory;
    expect(permissions).toMatchObject({ complete: false, gap: { kind: "malformed" } });
  });

  test("lists that other answers contradict are not believed to be empty, also the first time", async () => {
    const empty = json({ data: [], meta: { page: { total_count: 0, total_filtered_count: 0 } } });
    const nobody = json({ data: [], meta: { pagination: { total: 0 } } });
    const { data } = own("/api/v2/team") as { data: { attributes: object }[] };
    const counted = data.map((team) => ({ ...team, attributes: { ...team.attributes, user_count: 2 } }));
    const { roles, accounts, teamMembers } = await read({
      "GET /api/v2/roles": empty,
      "GET /api/v2/users": empty,
      "GET /api/v2/team": json({ data: counted, meta: { pagination: { total: counted.length } } }),
      "GET /api/v2/team/*/memberships": nobody,
    }).inventory;
    for (const part of [roles, accounts, teamMembers.get("t-1")])
      expect(part).toMatchObject({ state: "unknown", why: { kind: "incomplete" } });
  });

  test("answers of another shape are malformed", async () => {
    for (const answer of [
      json({}),
      json([]),
      json({ data: null }),
      json({ data: [{ id: "x" }], meta: {} }),
      text("<html>", 200, { "content-type": "text/html" }),
      text(""),
    ]) {
      const { roles } = await read({ "GET /api/v2/roles": answer }).inventory;
      expect(roles).toMatchObject({ state: "unknown", why: { kind: "malformed", system: "prod" } });
    }
  });

  test.each(["null", "[]", "7", '"x"'])("an answer that is %s is told as one, not as an exception", async (body) => {
    for (const path of ["/api/v2/current_user", "/api/v2/roles"]) {
      const { actor, roles } = await read({ [`GET ${path}`]: text(body) }).inventory;
      const message = `prod answered GET ${path} with something that is no object`;
      expect(path.endsWith("roles") ? roles : actor).toMatchObject({
        why: { message: expect.stringContaining(message) },
      });
    }
  });

  test("cancelling ends in unknown, not in an exception", async () => {
    const { inventory, sent } = read({}, datadogConfig(), [], { signal: AbortSignal.abort() });
    expect((await inventory).roles).toMatchObject({ why: { kind: "cancelled" } });
    expect(sent).toEqual([]);
  });
});

describe("where it reads", () => {
  test("another organization than the files mean is not taken", async () => {
    const { inventory, sent } = read(
      {},
      datadogConfig({ id: { value: "11111111-7f6c-11ee-a2e8-da7ad0900005", span: SPAN } }),
    );
    const target = await inventory;
    expect(target.actor).toMatchObject({ state: "known", value: { organizationId: ORG } });
    expect(target.roles).toMatchObject({ state: "unknown", why: { kind: "refused" } });
    expect(target.roles.state === "unknown" && target.roles.why.message).toMatch(
      /belong to the organization "Acme".*correct the id/,
    );
    expect(sent).toHaveLength(1);
  });

  test("the right one is, in any spelling", async () => {
    const { inventory } = read({}, datadogConfig({ id: { value: ORG.toUpperCase(), span: SPAN } }));
    expect((await inventory).roles).toMatchObject({ state: "known" });
  });

  test.each([
    ["which the site does not know (401)", { "GET /api/v2/current_user": text("", 401) }, 1],
    [
      "which belong to another site (403)",
      { "GET /api/v2/current_user": text("", 403), "GET /api/v1/validate": json({ errors: ["Forbidden"] }, 403) },
      2,
    ],
  ] as const)("keys %s end the read, and the message names the sites to try", async (_, changes, requests) => {
    const { inventory, sent } = read(changes);
    const { actor, roles } = await inventory;
    expect(sent).toHaveLength(requests);
    expect(roles).toMatchObject({ state: "unknown", why: { kind: "denied" } });
    const message = actor.state === "unknown" ? actor.why.message : "";
    expect(message).toContain("datadoghq.eu does not know the Datadog keys of prod");
    for (const site of SITES) expect(message).toContain(site);
    expect(message.match(/datadoghq\.eu/g)).toHaveLength(1);
  });

  test.each(SITES)("%s is read at its own API host", async (site) => {
    const { inventory, sent } = read({}, datadogConfig({ site: { value: site, span: SPAN } }));
    expect((await inventory).actor).toMatchObject({ state: "known" });
    expect(new Set(sent.map(({ url }) => new URL(url).origin))).toEqual(new Set([`https://api.${site}`]));
  });

  test.each([
    "us1.datadoghq.com",
    "app.datadoghq.com",
    "DATADOGHQ.EU",
    "datadoghq.eu/",
    "us4.datadoghq.com",
    "datadoghq.com@evil.example",
    "",
  ])("%j is no site of Datadog's and is not contacted", async (site) => {
    const { inventory, sent } = read({}, datadogConfig({ site: { value: site, span: SPAN } }));
    expect((await inventory).roles).toMatchObject({ why: { kind: "refused" } });
    expect(sent).toEqual([]);
  });

  test("a site that is not Datadog's is not contacted", async () => {
    const { inventory, sent } = read({}, datadogConfig({ site: { value: "datadoghq.com.evil.example", span: SPAN } }));
    expect((await inventory).roles).toMatchObject({ why: { kind: "refused" } });
    expect(sent).toEqual([]);
  });
});
