/** Keys, tokens, audit events and just-in-time accounts: read on demand, never a secret, each honest about its gaps. */

import { describe, expect, test } from "vitest";
import { fromConfigurations, fromOrganization } from "../../server/src/connectors/datadog/justInTime.ts";
import { MOST_AUDIT_PAGES } from "../../server/src/connectors/datadog/quirks.ts";
import { openTarget } from "../../server/src/connectors/registry.ts";
import type { TargetQuery } from "../../server/src/core/sync/connector.ts";
import { json, text } from "../http/support.ts";
import { OWN_ANSWERS, recordedBodies } from "./answers.ts";
import { CONTEXT, datadogConfig, itemOf, keysOf, type Route, routes } from "./support.ts";

/** The current user, and permissions that the roles of that user hold. */
const who = (...permissions: readonly string[]) => {
  const body = OWN_ANSWERS.find(({ path }) => path === "/api/v2/current_user")?.body as { readonly included: object[] };
  const held = permissions.map((name) => ({ type: "permissions", id: `p-${name}`, attributes: { name } }));
  return json({ ...body, included: [...body.included, ...held] });
};

const page = (data: readonly unknown[]) => json({ data, meta: { page: { total_filtered_count: data.length } } });
const ownedBy = (id: string, type = "users") => ({ owned_by: { data: { type, id } } });

const API_KEY = {
  type: "api_keys",
  id: "k-1",
  attributes: {
    name: "agents",
    last4: "ab12",
    key: "never-to-be-seen",
    created_at: "2026-01-02T03:04:05.678901+00:00",
    date_last_used: null,
    last_used_date: { timestamp: "2026-11-20T00:00:00.000000+00:00", description: "" },
  },
  relationships: { created_by: { data: { type: "users", id: "u-1" } }, leak_information: { data: null } },
};

const UNSCOPED = {
  type: "application_keys",
  id: "k-2",
  attributes: {
    name: "terraform",
    last4: "cd34",
    scopes: null,
    created_at: "2026-01-02T03:04:05Z",
    last_used_at: null,
  },
  relationships: ownedBy("u-2"),
};

const SCOPED = { ...UNSCOPED, id: "k-3", attributes: { name: "check", scopes: ["user_access_read", "teams_read"] } };

const PERSONAL = {
  type: "personal_access_tokens",
  id: "t-1",
  attributes: {
    name: "laptop",
    public_portion: "2ySDERb6",
    scopes: ["monitors_read"],
    created_at: "2026-04-08T08:58:54.688182Z",
    last_used_at: "2026-04-08T08:58:55.302839705Z",
    expires_at: "2026-12-09T08:58:54Z",
  },
  relationships: ownedBy("u-1"),
};

const SERVICE = {
  ...PERSONAL,
  id: "t-2",
  attributes: { ...PERSONAL.attributes, name: "deploy", public_portion: "ddsat_2ySDERb6", expires_at: null },
  relationships: ownedBy("u-3", "service_account"),
};

const WORLD: Record<string, Route> = {
  "GET /api/v2/current_user": who("api_keys_read", "org_app_keys_read", "audit_logs_read"),
  "GET /api/v2/api_keys": page([API_KEY]),
  "GET /api/v2/application_keys": page([UNSCOPED, SCOPED]),
  "GET /api/v2/personal_access_tokens": page([PERSONAL, SERVICE]),
};

function read(query: Partial<TargetQuery>, changes: Record<string, Route> = {}) {
  const world = routes({ ...WORLD, ...changes });
  const inventory = openTarget(datadogConfig(), world.http).readTarget({ teams: [], ...query }, CONTEXT);
  const asked = (path: string) => world.sent.filter(({ url }) => new URL(url).pathname === path);
  return { inventory, asked };
}

const denied = json({ errors: ["Forbidden"] }, 403);

describe("keys and tokens", () => {
  const include = ["credentials"] as const;

  test("are not read unless asked for", async () => {
    const { inventory, asked } = read({});
    expect((await inventory).credentials).toBeUndefined();
    for (const list of ["api_keys", "application_keys", "personal_access_tokens"])
      expect(asked(`/api/v2/${list}`)).toEqual([]);
  });

  test("say who they act as and what they are cut down to, and hold no secret", async () => {
    const { credentials } = await read({ include }).inventory;
    expect(itemOf(credentials?.apiKeys, "k-1")).toEqual({
      id: "k-1",
      name: "agents",
      kind: "api-key",
      last4: "ab12",
      ownerId: "u-1",
      createdAt: "2026-01-02T03:04:05.678Z",
      lastUsedAt: "2026-11-20T00:00:00.000Z",
    });
    expect(itemOf(credentials?.applicationKeys, "k-2")).toMatchObject({ ownerId: "u-2", scopes: null });
    expect(itemOf(credentials?.applicationKeys, "k-3")).toMatchObject({ scopes: ["teams_read", "user_access_read"] });
    expect(itemOf(credentials?.tokens, "t-1")).toMatchObject({
      kind: "personal-token",
      lastUsedAt: "2026-04-08T08:58:55.302Z",
      expiresAt: "2026-12-09T08:58:54.000Z",
    });
    expect(itemOf(credentials?.tokens, "t-2")).toMatchObject({ kind: "service-token", ownerId: "u-3" });
    expect(itemOf(credentials?.tokens, "t-2")).not.toHaveProperty("expiresAt");
    for (const part of [credentials?.apiKeys, credentials?.applicationKeys, credentials?.tokens])
      expect(part).toMatchObject({ complete: true });
    expect(JSON.stringify(itemOf(credentials?.apiKeys, "k-1"))).not.toContain("never-to-be-seen");
  });

  test("scopes that are not stated are not taken for none", async () => {
    const silent = { ...UNSCOPED, attributes: { name: "old" } };
    const { credentials } = await read({ include }, { "GET /api/v2/application_keys": page([silent]) }).inventory;
    expect(itemOf(credentials?.applicationKeys, "k-2")).not.toHaveProperty("scopes");
  });

  test("one list that may not be read costs one request and leaves the others standing", async () => {
    const { inventory, asked } = read({ include }, { "GET /api/v2/api_keys": denied });
    const { credentials } = await inventory;
    expect(credentials?.apiKeys).toMatchObject({ state: "unknown", why: { kind: "denied", status: 403 } });
    expect(credentials?.apiKeys.state === "unknown" && credentials.apiKeys.why.message).toContain("api_keys_read");
    expect(credentials?.applicationKeys).toMatchObject({ state: "known", complete: true });
    expect(asked("/api/v2/api_keys")).toHaveLength(1);
  });

  test("tokens beside unread application keys may be the owner's alone", async () => {
    const { credentials } = await read({ include }, { "GET /api/v2/application_keys": denied }).inventory;
    expect(credentials?.tokens).toMatchObject({ state: "known", complete: false, gap: { kind: "denied" } });
  });

  test("answers of another shape are malformed", async () => {
    for (const answer of [json({}), json([]), json({ data: null }), text("<html>")]) {
      const { credentials } = await read({ include }, { "GET /api/v2/api_keys": answer }).inventory;
      expect(credentials?.apiKeys).toMatchObject({ state: "unknown", why: { kind: "malformed" } });
    }
  });

  test.each([
    ["api_keys", "apiKeys"],
    ["application_keys", "applicationKeys"],
    ["personal_access_tokens", "tokens"],
  ] as const)("recorded answers of %s are read whole", async (list, part) => {
    for (const body of recordedBodies(`/api/v2/${list}`)) {
      const { data } = body as { data: readonly unknown[] };
      const { credentials } = await read({ include }, { [`GET /api/v2/${list}`]: page(data) }).inventory;
      expect(keysOf(credentials?.[part])).toHaveLength(data.length);
    }
  });
});

test("an owner whose roles permit none of it is not asked for any", async () => {
  const { inventory, asked } = read({ include: ["credentials", "audit"] }, { "GET /api/v2/current_user": who() });
  const { credentials, audit } = await inventory;
  expect([credentials, audit]).toEqual([undefined, undefined]);
  expect([...asked("/api/v2/api_keys"), ...asked("/api/v2/audit/events")]).toEqual([]);
});

describe("audit events", () => {
  const include = ["audit"] as const;
  const event = (id: number) => ({
    type: "audit",
    id: `e-${id}`,
    attributes: {
      timestamp: "2026-11-20T10:00:00.000Z",
      message: "Role was modified",
      attributes: {
        evt: { name: "Access Management" },
        action: "modified",
        asset: { type: "role", id: "r-1", name: "SRE" },
        usr: { id: "u-1", email: "Ana@Acme.com" },
      },
    },
  });
  /** Pages of one event each, the last of them without a cursor. */
  const chain =
    (pages: number): Route =>
    (_, query) => {
      const number = Number(query.get("page[cursor]") ?? "0");
      const more = number + 1 < pages ? { meta: { page: { after: String(number + 1) } } } : {};
      return json({ data: [event(number)], ...more });
    };

  test("are those about access in the window, over all pages", async () => {
    const window = { from: "2026-11-01T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" };
    const { inventory, asked } = read({ include, window }, { "GET /api/v2/audit/events": chain(3) });
    const { audit } = await inventory;
    expect(audit).toMatchObject({ ...window, events: { state: "known", complete: true } });
    expect(keysOf(audit?.events)).toEqual(["e-0", "e-1", "e-2"]);
    expect(itemOf(audit?.events, "e-0")).toEqual({
      id: "e-0",
      at: "2026-11-20T10:00:00.000Z",
      action: "modified",
      asset: { type: "role", id: "r-1", name: "SRE" },
      actor: { id: "u-1", email: "ana@acme.com" },
      message: "Role was modified",
    });
    for (const { url } of asked("/api/v2/audit/events")) {
      const query = new URL(url).searchParams;
      expect(query.get("filter[query]")).toBe('@evt.name:"Access Management"');
      expect([query.get("filter[from]"), query.get("filter[to]")]).toEqual([window.from, window.to]);
      expect(query.get("page[limit]")).toBe("1000");
    }
  });

  test("end after a bounded number of pages, and say so", async () => {
    const { inventory, asked } = read({ include }, { "GET /api/v2/audit/events": chain(1000) });
    expect((await inventory).audit?.events).toMatchObject({ complete: false, gap: { kind: "incomplete" } });
    expect(asked("/api/v2/audit/events")).toHaveLength(MOST_AUDIT_PAGES);
  });

  test("a cursor that goes in circles ends, and proves nothing", async () => {
    const circle: Route = () => json({ data: [event(1)], meta: { page: { after: "again" } } });
    const { audit } = await read({ include }, { "GET /api/v2/audit/events": circle }).inventory;
    expect(audit?.events).toMatchObject({ complete: false });
  });

  test("that may not be read cost one request", async () => {
    const { inventory, asked } = read({ include }, { "GET /api/v2/audit/events": denied });
    const { audit } = await inventory;
    expect(audit?.events).toMatchObject({ state: "unknown", why: { kind: "denied", status: 403 } });
    expect(asked("/api/v2/audit/events")).toHaveLength(1);
  });

  test("recorded pages are read, the empty last one included", async () => {
    const bodies = recordedBodies("/api/v2/audit/events") as readonly { readonly data: readonly unknown[] }[];
    for (const { data } of bodies) {
      const { audit } = await read({ include }, { "GET /api/v2/audit/events": json({ data }) }).inventory;
      expect(keysOf(audit?.events)).toHaveLength(data.length);
    }
  });
});

describe("just-in-time accounts", () => {
  const configuration = (jitDomains: unknown) => ({
    data: [
      {
        type: "saml_configurations",
        id: "s-1",
        attributes: { jit_domains: jitDomains, idp_initiated: true },
        relationships: { default_roles: { data: [{ type: "roles", id: "r-1" }] } },
      },
    ],
  });

  test("are on for the domains of the SAML configuration", async () => {
    const { switches } = await read({}, { "GET /api/v2/saml_configurations": json(configuration(["acme.com"])) })
      .inventory;
    expect(switches.justInTime).toMatchObject({ value: { domains: ["acme.com"], defaultRoles: [{ id: "r-1" }] } });
    expect(fromConfigurations({ data: [] })).toEqual({ domains: [], defaultRoles: [] });
    expect(fromConfigurations(configuration(undefined))).toBeUndefined();
    expect(fromConfigurations({})).toBeUndefined();
  });

  test("are looked up in the old settings where there is no configuration endpoint", async () => {
    const settings = {
      saml_autocreate_access_role: "st",
      saml_autocreate_users_domains: { domains: ["acme.com"], enabled: true },
    };
    const { switches } = await read({}, { "GET /api/v1/org": json({ orgs: [{ settings }] }) }).inventory;
    expect(switches.justInTime).toMatchObject({
      value: { domains: ["acme.com"], defaultRoles: [{ name: "Datadog Standard Role" }] },
    });
    const off = { ...settings, saml_autocreate_users_domains: { domains: ["acme.com"], enabled: false } };
    expect(fromOrganization({ orgs: [{ settings: off }] })?.domains).toEqual([]);
    expect(fromOrganization({ orgs: [{ settings }, { settings }] })).toBeUndefined();
    expect(fromOrganization({ orgs: [{ settings: {} }] })).toBeUndefined();
  });

  test("that may not be read are unknown after one request", async () => {
    const { inventory, asked } = read({}, { "GET /api/v2/saml_configurations": denied });
    const { switches } = await inventory;
    expect(switches.justInTime).toMatchObject({ state: "unknown", why: { kind: "denied", status: 403 } });
    expect(asked("/api/v2/saml_configurations")).toHaveLength(1);
    expect(asked("/api/v1/org")).toEqual([]);
  });
});
