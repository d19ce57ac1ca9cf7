/** Datadog's specifications (v1, v2, SCIM) as referees between plain requests and the sandbox, reads and writes alike. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { type Bench, finder, type Send, sender, toBench } from "../sandbox/bench.ts";
import { DATADOG_SPECS, VENDOR } from "./prism.ts";
import { type Referee, startReferee } from "./referee.ts";

if (!VENDOR) console.warn("ACCESSMAP_VENDOR is not set: nothing is compared with Datadog's specifications");

describe.skipIf(!VENDOR)("Datadog's specifications", () => {
  let bench: Bench;
  let referee: Referee;
  let find: ReturnType<typeof finder>;
  let as: { readonly reader: Send; readonly writer: Send; readonly admin: Send; readonly scim: Send };

  beforeAll(async () => {
    bench = toBench(await startSandbox());
    find = finder(bench);
    referee = await startReferee(bench.datadogOrigin, DATADOG_SPECS);
    const keys = (api: string, app: string) => sender(referee.origin, { "dd-api-key": api, "dd-application-key": app });
    as = {
      reader: keys("sandbox-read-api-key", "sandbox-read-app-key"),
      writer: keys("sandbox-write-api-key", "sandbox-write-app-key"),
      admin: keys("sandbox-write-api-key", "sandbox-terraform-app-key"),
      scim: sender(`${referee.origin}/api/v2/scim`, { authorization: "Bearer sandbox-write-app-key" }),
    };
  });
  afterAll(async () => {
    await referee?.stop();
    await bench?.sandbox.close();
  });

  /** The status, after making sure that nobody objected. */
  async function judged(who: keyof typeof as, method: string, path: string, body?: unknown): Promise<number> {
    const { status } = await as[who](method, filled(path), body);
    expect({ request: `${method} ${path}`, objections: referee.takeObjections() }).toEqual({
      request: `${method} ${path}`,
      objections: [],
    });
    return status;
  }

  function filled(path: string): string {
    const ids: Readonly<Record<string, () => string>> = {
      role: () => find.role("Synthetics Author").id,
      user: () => find.account("ben.adeyo@acme.com").id,
      team: () => find.team("search").id,
      managed: () => find.team("sre").id,
      mapping: () => [...bench.sandbox.company.datadog.mappings.keys()][0] ?? "",
      none: () => "00000000-dead-beef-dead-ffffffffffff",
    };
    return path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]?.() ?? "");
  }

  const reads: readonly (readonly [keyof typeof as, string, number])[] = [
    ["reader", "/api/v2/roles?page[size]=100&page[number]=0&sort=-name", 200],
    ["reader", "/api/v2/roles/{role}", 200],
    ["reader", "/api/v2/roles/{none}", 404],
    ["reader", "/api/v2/roles/{role}/permissions", 200],
    ["reader", "/api/v2/roles/{role}/users?page[size]=100", 200],
    ["reader", "/api/v2/permissions", 200],
    ["reader", "/api/v2/users?page[size]=100&filter=acme&filter[status]=Active", 200],
    ["reader", "/api/v2/users/{user}", 200],
    ["reader", "/api/v2/users/{user}/permissions", 200],
    ["reader", "/api/v2/users/{user}/memberships", 200],
    ["reader", "/api/v2/users/{none}", 404],
    ["reader", "/api/v2/team?page[size]=100", 200],
    ["reader", "/api/v2/team/{team}", 200],
    ["reader", "/api/v2/team/{none}", 404],
    ["reader", "/api/v2/team/{team}/memberships?page[size]=100", 200],
    ["reader", "/api/v2/authn_mappings?page[size]=100", 200],
    ["reader", "/api/v2/authn_mappings?resource_type=team", 200],
    ["reader", "/api/v2/authn_mappings/{mapping}", 200],
    ["reader", "/api/v2/org_configs", 200],
    ["reader", "/api/v2/org_configs/teams_provisioning_sources", 200],
    ["reader", "/api/v2/api_keys?page[size]=100", 200],
    ["reader", "/api/v2/application_keys?page[size]=100", 200],
    ["reader", "/api/v2/audit/events?filter[query]=role&sort=-timestamp&page[limit]=1000", 200],
    ["reader", "/api/v2/audit/events?page[limit]=10", 200],
    ["reader", "/api/v1/validate", 200],
    ["admin", "/api/v1/org", 200],
    ["admin", "/api/v2/current_user/application_keys", 200],
    ["scim", "/Users?startIndex=1&count=100", 200],
    ["scim", "/Users?filter=userName%20eq%20%22ana.novakova%40acme.com%22", 200],
    ["scim", "/Users/{user}", 200],
    ["scim", "/Users/{none}", 404],
    ["scim", "/Groups?count=100", 200],
    ["scim", "/Groups?filter=displayName%20eq%20%22sre%22", 200],
    ["scim", "/Groups/{managed}", 200],
    ["scim", "/Groups/{none}", 404],
    ["scim", "/Schemas", 200],
    ["scim", "/ResourceTypes", 200],
  ];
  test.each(reads)("%s reads %s", async (who, path, status) => expect(await judged(who, "GET", path)).toBe(status));

  const user = () => ({ data: { type: "users", id: find.account("ben.adeyo@acme.com").id } });
  const mapping = (extra: object = {}) => ({
    data: {
      type: "authn_mappings",
      ...extra,
      attributes: { attribute_key: "memberOf", attribute_value: "dd-web" },
      relationships: { role: { data: { type: "roles", id: find.role("Engineer").id } } },
    },
  });
  const patch = (...Operations: object[]) => ({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations,
  });

  const writes: readonly (readonly [keyof typeof as, string, string, () => unknown, number])[] = [
    ["writer", "POST", "/api/v2/roles", () => ({ data: { type: "roles", attributes: { name: "Judged" } } }), 200],
    [
      "writer",
      "POST",
      "/api/v2/roles/{role}/clone",
      () => ({ data: { type: "roles", attributes: { name: "Copied" } } }),
      200,
    ],
    ["writer", "POST", "/api/v2/roles/{role}/users", user, 200],
    ["writer", "DELETE", "/api/v2/roles/{role}/users", user, 200],
    [
      "writer",
      "PATCH",
      "/api/v2/roles/{role}",
      () => ({
        data: { type: "roles", id: find.role("Synthetics Author").id, attributes: { name: "Synthetics Author" } },
      }),
      200,
    ],
    ["reader", "POST", "/api/v2/roles", () => ({ data: { type: "roles", attributes: { name: "No" } } }), 403],
    [
      "writer",
      "POST",
      "/api/v2/users",
      () => ({ data: { type: "users", attributes: { email: "judged@acme.com" } } }),
      201,
    ],
    ["writer", "PATCH", "/api/v2/users/{user}", () => ({ data: { ...user().data, attributes: { name: "Ben" } } }), 200],
    ["writer", "POST", "/api/v2/authn_mappings", mapping, 200],
    ["writer", "PATCH", "/api/v2/authn_mappings/{mapping}", () => mapping({ id: filled("{mapping}") }), 200],
    ["writer", "DELETE", "/api/v2/authn_mappings/{mapping}", () => undefined, 204],
    [
      "writer",
      "POST",
      "/api/v2/team",
      () => ({ data: { type: "team", attributes: { name: "judged", handle: "judged" } } }),
      201,
    ],
    [
      "writer",
      "POST",
      "/api/v2/team",
      () => ({ data: { type: "team", attributes: { name: "judged", handle: "judged" } } }),
      409,
    ],
    [
      "writer",
      "POST",
      "/api/v2/team/{team}/memberships",
      () => ({ data: { type: "team_memberships", relationships: { user: user() } } }),
      200,
    ],
    [
      "writer",
      "POST",
      "/api/v2/team/{team}/memberships",
      () => ({ data: { type: "team_memberships", relationships: { user: user() } } }),
      409,
    ],
    [
      "writer",
      "PATCH",
      "/api/v2/team/{team}/memberships/{user}",
      () => ({ data: { type: "team_memberships", attributes: { role: "admin" } } }),
      200,
    ],
    ["writer", "DELETE", "/api/v2/team/{team}/memberships/{user}", () => undefined, 204],
    ["writer", "DELETE", "/api/v2/team/{managed}/memberships/{user}", () => undefined, 403],
    [
      "scim",
      "POST",
      "/Users",
      () => ({
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
        userName: "scim@acme.com",
        active: true,
        roles: [{ value: find.role("Engineer").id }],
      }),
      201,
    ],
    [
      "scim",
      "PATCH",
      "/Users/{user}",
      () => patch({ op: "replace", path: "roles", value: [{ value: find.role("SRE").id }] }),
      200,
    ],
    ["scim", "PATCH", "/Users/{user}", () => patch({ op: "replace", value: { active: true } }), 200],
    [
      "scim",
      "POST",
      "/Groups",
      () => ({
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        displayName: "search",
        externalId: "x",
        members: [],
      }),
      201,
    ],
    [
      "scim",
      "PATCH",
      "/Groups/{managed}",
      () => patch({ op: "add", value: { members: [{ value: user().data.id }] } }),
      200,
    ],
    [
      "scim",
      "PATCH",
      "/Groups/{managed}",
      () => patch({ op: "remove", path: `members[value eq "${user().data.id}"]` }),
      200,
    ],
    ["scim", "DELETE", "/Groups/{managed}", () => undefined, 204],
    ["scim", "DELETE", "/Users/{user}", () => undefined, 204],
  ];
  test.each(writes)("%s: %s %s", async (who, method, path, body, status) =>
    expect(await judged(who, method, path, body())).toBe(status),
  );

  test("every call was judged, and the referee does object", async () => {
    expect(referee.judged.size).toBeGreaterThan(45);
    const config = bench.sandbox.company.datadog.configs.get("custom_roles");
    Object.assign(config ?? {}, { valueType: 7 });
    await as.reader("GET", "/api/v2/org_configs/custom_roles");
    expect(referee.takeObjections()).toHaveLength(1);
  });
});
