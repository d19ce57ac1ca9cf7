/** Datadog's reading side: page sizes, the traps in its lists, credentials and scopes, limits. */

import { describe, expect, test } from "vitest";
import { finder, sender, useBench } from "./bench.ts";

const bench = useBench();
const get = (path: string) => bench.reader("GET", path);

describe("lists", () => {
  const paged: readonly (readonly [string, number, number])[] = [
    ["/api/v2/roles", 10, 100],
    ["/api/v2/users", 10, 500],
    ["/api/v2/team", 10, 100],
    ["/api/v2/authn_mappings", 10, 100],
    ["/api/v2/api_keys", 10, 100],
    ["/api/v2/application_keys", 10, 100],
    ["/api/v2/personal_access_tokens", 10, 100],
  ];
  test.each(paged)("%s gives %d rows unless asked, and refuses more than %d", async (path, usual, most) => {
    const all = (await get(`${path}?page[size]=${most}`)).body.data.length;
    expect((await get(path)).body.data).toHaveLength(Math.min(usual, all));
    expect((await get(`${path}?page[size]=${most + 1}`)).status).toBe(400);
    expect((await get(`${path}?page[number]=999`)).body.data).toEqual([]);
  });

  test("pages of users and members add up without overlap", async () => {
    for (const path of ["/api/v2/users", `/api/v2/team/${finder(bench).team("engineering").id}/memberships`]) {
      const ids: string[] = [];
      let total = Number.POSITIVE_INFINITY;
      for (let page = 0; page < 20 && ids.length < total; page++) {
        const { body } = await get(`${path}?page[size]=50&page[number]=${page}`);
        ids.push(...body.data.map(({ id }: { id: string }) => id));
        total = body.meta.page?.total_filtered_count ?? body.meta.pagination.total;
      }
      expect(new Set(ids).size).toBe(total);
    }
  });

  test("filters of roles and users find parts of names", async () => {
    const roles = (await get("/api/v2/roles?filter=admin&sort=-name")).body.data;
    expect(roles.map((role: { attributes: { name: string } }) => role.attributes.name)).toEqual([
      "Platform Admin",
      "Log Admin",
      "Datadog Admin Role",
    ]);
    const users = (await get("/api/v2/users?filter=ana.nov&filter[status]=Active,Pending")).body;
    expect([users.meta.page.total_filtered_count, users.meta.page.total_count]).toEqual([
      1,
      bench.sandbox.company.datadog.users.size,
    ]);
    const { id } = finder(bench).role("SRE");
    expect((await get(`/api/v2/roles?filter[id]=${id}`)).body.data).toHaveLength(1);
  });
});

describe("traps", () => {
  test("without resource_type only role mappings are listed", async () => {
    const kinds = async (query: string) =>
      (await get(`/api/v2/authn_mappings${query}`)).body.data.map((row: { relationships: { role?: unknown } }) =>
        row.relationships.role ? "role" : "team",
      );
    expect(new Set(await kinds(""))).toEqual(new Set(["role"]));
    expect(new Set(await kinds("?resource_type=role"))).toEqual(new Set(["role"]));
    expect(new Set(await kinds("?resource_type=team"))).toEqual(new Set(["team"]));
  });

  test("the link to the next page of teams is there even on the last one", async () => {
    const { body } = await get("/api/v2/team?page[size]=100");
    expect(body.data).toHaveLength(body.meta.pagination.total);
    expect(body.links.next).toContain("page[number]=1");
  });

  test("the plain list lacks permissions that current_user brings", async () => {
    const listed = (await get("/api/v2/permissions")).body.data;
    const { included } = (await get("/api/v2/current_user")).body;
    const held = included.filter(({ type }: { type: string }) => type === "permissions");
    expect(held.length - listed.length).toBeGreaterThan(60);
    expect(listed.some((row: { attributes: { name: string } }) => row.attributes.name === "teams_read")).toBe(false);
  });

  test("roles refer to permissions by ids of this site", async () => {
    const { body } = await get(`/api/v2/roles/${finder(bench).role("SRE").id}`);
    expect(body.data.attributes).toMatchObject({ name: "SRE", managed: false, receives_permissions_from: [] });
    expect(body.data.relationships.permissions.data[0].id).toMatch(/da7ad0900005$/);
  });

  test("keys are listed without their secrets", async () => {
    for (const path of ["/api/v2/api_keys", "/api/v2/application_keys"])
      expect((await get(path)).text).not.toContain("sandbox-read");
  });

  test("tokens are told apart by owner and type, and show their public part alone", async () => {
    const { data } = (await get("/api/v2/personal_access_tokens")).body;
    const kinds = data.map((row: { type: string; relationships: { owned_by: { data: { type: string } } } }) => [
      row.type,
      row.relationships.owned_by.data.type,
    ]);
    expect(kinds).toEqual([
      ["personal_access_tokens", "users"],
      ["service_access_tokens", "service_account"],
    ]);
  });

  test("SAML settings are for administrators, in the new place and the old", async () => {
    const admin = sender(bench.datadogOrigin, {
      "dd-api-key": "sandbox-write-api-key",
      "dd-application-key": "sandbox-terraform-app-key",
    });
    for (const path of ["/api/v2/saml_configurations", "/api/v1/org"]) {
      expect((await get(path)).status).toBe(403);
      expect((await admin("GET", path)).status).toBe(200);
    }
  });

  test("switches can be read by any key", async () => {
    expect((await get("/api/v2/org_configs/teams_provisioning_sources")).body.data.attributes.value).toBe(
      "saml_and_manually",
    );
    expect((await get("/api/v2/org_configs/nothing")).body).toEqual({ errors: ["OrgConfig: nothing not found"] });
    expect((await get("/api/v1/org_preferences")).body.data[0].attributes).toEqual({
      preference_type: "saml_authn_mapping_roles",
      preference_data: false,
    });
  });
});

describe("credentials", () => {
  const read = { "dd-api-key": "sandbox-read-api-key", "dd-application-key": "sandbox-read-app-key" };
  const cases: readonly (readonly [string, string, string, Record<string, string>, number])[] = [
    ["no keys", "GET", "/api/v2/roles", {}, 401],
    ["a wrong API key", "GET", "/api/v2/roles", { ...read, "dd-api-key": "x" }, 401],
    ["a wrong application key", "GET", "/api/v2/roles", { ...read, "dd-application-key": "x" }, 403],
    ["a wrong API key on the old validation", "GET", "/api/v1/validate", {}, 403],
    ["a right API key alone", "GET", "/api/v2/validate", { "dd-api-key": read["dd-api-key"] }, 200],
    ["the reading key writing a role", "POST", "/api/v2/roles", read, 403],
    ["the reading key on switches", "POST", "/api/v1/org_preferences", read, 403],
    ["the key pair on SCIM", "GET", "/api/v2/scim/Users", read, 401],
    [
      "the reading key as bearer on SCIM",
      "GET",
      "/api/v2/scim/Users",
      { authorization: "Bearer sandbox-read-app-key" },
      403,
    ],
  ];
  test.each(cases)("%s", async (_, method, path, headers, status) => {
    const send = sender(bench.datadogOrigin, {});
    const reply = await send(method, path, method === "GET" ? undefined : {}, headers);
    expect(reply.status).toBe(status);
    if (status !== 200) expect(reply.body).toEqual({ errors: [status === 401 ? "Unauthorized" : "Forbidden"] });
  });

  test("the reading key may not put anybody into a team either", async () => {
    const { team, account } = finder(bench);
    const user = { data: { type: "users", id: account("kira.oduya@acme.com").id } };
    const body = { data: { type: "team_memberships", relationships: { user } } };
    expect((await bench.reader("POST", `/api/v2/team/${team("search").id}/memberships`, body)).status).toBe(403);
  });
});

test("limit headers speak of seconds until the reset", async () => {
  const { headers } = await get("/api/v2/roles");
  expect(Number(headers.get("x-ratelimit-reset"))).toBeLessThanOrEqual(Number(headers.get("x-ratelimit-period")));
  expect(headers.get("x-ratelimit-name")).toBe("get_roles");
});
