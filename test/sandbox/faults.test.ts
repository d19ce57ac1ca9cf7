/** Faults hit the requests they name, as often as they say, and a silent one leaves no trace. */

import { afterEach, describe, expect, test } from "vitest";
import { finder, useBench } from "./bench.ts";

const bench = useBench();
const USERS = "/api/v2/users?page[size]=100";

afterEach(() => bench.reader("DELETE", "/__sandbox/faults"));

test("a status, with headers, a number of times", async () => {
  bench.sandbox.inject({
    system: "datadog",
    path: "/api/v2/roles",
    times: 2,
    kind: "status",
    status: 429,
    headers: { "x-ratelimit-reset": "1" },
  });
  const statuses = [];
  for (let call = 0; call < 3; call++) statuses.push((await bench.reader("GET", "/api/v2/roles")).status);
  expect(statuses).toEqual([429, 429, 200]);
});

test("each system errs in its own words", async () => {
  bench.sandbox.inject({ system: "okta", path: "/api/v1", kind: "status", status: 403 });
  bench.sandbox.inject({ system: "datadog", path: "/api", kind: "status", status: 503 });
  expect((await bench.okta("GET", "/api/v1/groups")).body.errorCode).toBe("E0000006");
  expect((await bench.reader("GET", USERS)).body).toEqual({ errors: ["Injected fault"] });
});

test("later pages can be hit by query or by count", async () => {
  bench.sandbox.inject({ system: "datadog", path: /page\[number\]=1/, kind: "status", status: 500 });
  bench.sandbox.inject({ system: "okta", path: "/api/v1/groups", after: 1, times: 1, kind: "status", status: 500 });
  expect((await bench.reader("GET", `${USERS}&page[number]=0`)).status).toBe(200);
  expect((await bench.reader("GET", `${USERS}&page[number]=1`)).status).toBe(500);
  expect([
    (await bench.okta("GET", "/api/v1/groups")).status,
    (await bench.okta("GET", "/api/v1/groups")).status,
  ]).toEqual([200, 500]);
});

describe("rows are missing though the status is 200", () => {
  test("cut pages", async () => {
    bench.sandbox.inject({ system: "okta", path: "/api/v1/groups", kind: "cut-page" });
    bench.sandbox.inject({ system: "datadog", path: "/api/v2", kind: "cut-page" });
    const groups = await bench.okta("GET", "/api/v1/groups?limit=10");
    expect([groups.body.length, groups.headers.get("link")?.includes('rel="next"')]).toEqual([10, false]);
    const users = (await bench.reader("GET", USERS)).body;
    expect(users.data).toHaveLength(50);
    expect(users.meta.page.total_count).toBeGreaterThan(200);
    expect((await bench.reader("GET", "/api/v2/team?page[size]=10")).body.links.next).toBeNull();
    expect((await bench.scim("GET", "/Users")).body.Resources).toHaveLength(10);
  });

  test("empty answers", async () => {
    bench.sandbox.inject({ system: "okta", path: "/", kind: "empty" });
    bench.sandbox.inject({ system: "datadog", path: "/", kind: "empty" });
    expect((await bench.okta("GET", "/api/v1/groups")).body).toEqual([]);
    expect((await bench.reader("GET", USERS)).body).toMatchObject({ data: [], meta: { page: { total_count: 0 } } });
    expect((await bench.scim("GET", "/Groups")).body).toMatchObject({ Resources: [], totalResults: 0 });
  });
});

test("a broken connection, a page of a proxy, a slow answer", async () => {
  bench.sandbox.inject({ system: "okta", path: "/", times: 1, kind: "reset" });
  await expect(bench.okta("GET", "/api/v1/groups")).rejects.toThrow();
  bench.sandbox.inject({ system: "okta", path: "/", times: 1, kind: "html" });
  const page = await bench.okta("GET", "/api/v1/groups");
  expect([page.status, page.headers.get("content-type")?.startsWith("text/html")]).toEqual([502, true]);
  bench.sandbox.inject({ system: "okta", path: "/", times: 1, kind: "slow", ms: 120 });
  const started = performance.now();
  expect((await bench.okta("GET", "/api/v1/groups")).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(110);
});

test("a silent write answers as if it had worked and changes nothing", async () => {
  const { account, role } = finder(bench);
  const before = [...account("ana.novakova@acme.com").roleIds];
  const value = [{ value: role("Auditor").id }];
  const body = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "replace", path: "roles", value }],
  };
  bench.sandbox.inject({ system: "datadog", method: "PATCH", path: "/api/v2/scim/Users", kind: "silent" });
  const reply = await bench.scim("PATCH", `/Users/${account("ana.novakova@acme.com").id}`, body);
  expect([reply.status, reply.body.roles.map((item: { value: string }) => item.value)]).toEqual([
    200,
    [role("Auditor").id],
  ]);
  expect(finder(bench).account("ana.novakova@acme.com").roleIds).toEqual(before);
});

describe("over HTTP", () => {
  test("faults are added to either server, and the state can be looked at", async () => {
    const added = await bench.okta("POST", "/__sandbox/faults", [
      { system: "datadog", path: "^/api/v2/(roles|team)", kind: "status", status: 500 },
    ]);
    expect([added.status, added.body]).toEqual([201, { added: 1 }]);
    expect((await bench.reader("GET", "/api/v2/team")).status).toBe(500);
    const { body } = await bench.reader("GET", "/__sandbox/state");
    expect(body.okta.groups.length).toBe(bench.sandbox.company.okta.groups.size);
  });

  const wrong: readonly (readonly [unknown, string])[] = [
    [{ system: "nobody", path: "/", kind: "html" }, '"system" must be'],
    [{ system: "okta", kind: "html" }, '"path" must be'],
    [{ system: "okta", path: "/", kind: "rain" }, '"kind" must be one of'],
  ];
  test.each(wrong)("%j is refused with the remedy", async (fault, message) => {
    const { status, body } = await bench.okta("POST", "/__sandbox/faults", fault);
    expect(status).toBe(400);
    expect(body.error).toContain(message);
  });
});

test("the log knows what was asked", async () => {
  await bench.reader("GET", "/api/v2/users?filter=nobody");
  expect(bench.sandbox.log.at(-1)).toEqual({
    system: "datadog",
    method: "GET",
    path: "/api/v2/users",
    query: "?filter=nobody",
    status: 200,
  });
});
