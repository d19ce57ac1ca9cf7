/** The SCIM service: RFC 7644 lists and errors, RFC 9865 cursors, and each way of being sloppy. */

import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { finder, type Send, sender, useBench } from "./bench.ts";

const bench = useBench();
let scim: Send;
beforeAll(() => {
  const { routes, environment } = bench.sandbox;
  const base = `${routes["https://scim.example.com"]}/v2`;
  scim = sender(base, { authorization: `Bearer ${environment.ACCESSMAP_TOKEN_HR}` });
});
afterEach(() => bench.sandbox.scim.sloppy.clear());

async function idsByIndex(path: string, count: number) {
  const ids: string[] = [];
  for (let start = 1, pages = 0; pages < 100; pages++) {
    const { body } = await scim("GET", `${path}?startIndex=${start}&count=${count}`);
    ids.push(...body.Resources.map(({ id }: { id: string }) => id));
    start += body.Resources.length;
    if (body.Resources.length === 0 || start > Number(body.totalResults)) return ids;
  }
  throw new Error("endless");
}

describe("lists", () => {
  test("by index", async () => {
    const { okta } = bench.sandbox.company;
    const reply = await scim("GET", "/Users?startIndex=0&count=-1");
    expect(reply.headers.get("content-type")).toContain("application/scim+json");
    expect(reply.body).toMatchObject({ totalResults: okta.users.size, startIndex: 1, itemsPerPage: 0, Resources: [] });
    expect(new Set(await idsByIndex("/Users", 70)).size).toBe(okta.users.size);
    expect((await scim("GET", "/Users?count=5000")).body.Resources).toHaveLength(200);
    expect((await scim("GET", "/Users?startIndex=9999")).body.Resources).toEqual([]);
  });

  test("by cursor", async () => {
    const { okta } = bench.sandbox.company;
    const ids = new Set<string>();
    let cursor = "";
    for (let pages = 0; pages < 50; pages++) {
      const { body } = await scim("GET", `/Groups?count=9&cursor=${cursor}`);
      for (const { id } of body.Resources) ids.add(id);
      cursor = body.nextCursor ?? "";
      if (cursor === "") break;
    }
    expect(ids.size).toBe(okta.groups.size);
    expect((await scim("GET", "/Groups?count=9&cursor=zzz")).body).toMatchObject({ scimType: "invalidCursor" });
    bench.sandbox.scim.paging = "cursor";
    expect((await scim("GET", "/Groups?count=9")).body.nextCursor).toEqual(expect.any(String));
    bench.sandbox.scim.paging = "index";
  });

  test("filters and chosen attributes", async () => {
    const filter = (text: string) => `filter=${encodeURIComponent(text)}`;
    const { body } = await scim("GET", `/Groups?${filter('displayname EQ "DD-SRE"')}&excludedAttributes=members`);
    expect(body.totalResults).toBe(1);
    expect([body.Resources[0].displayName, body.Resources[0].members]).toEqual(["dd-sre", undefined]);
    const ana = (await scim("GET", `/Users?${filter('userName eq "ana.novakova@acme.com"')}&attributes=userName`)).body;
    expect(Object.keys(ana.Resources[0]).sort()).toEqual(["id", "schemas", "userName"]);
    const [{ id }] = ana.Resources;
    const hers = (await scim("GET", `/Groups?${filter(`members.value eq "${id}"`)}&attributes=displayName`)).body;
    expect(hers.Resources.map(({ displayName }: { displayName: string }) => displayName)).toContain("dd-sre");
    expect((await scim("GET", `/Users?${filter("userName like 3")}`)).body).toMatchObject({
      status: "400",
      scimType: "invalidFilter",
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    });
  });
});

test("members and who is active", async () => {
  const { okta } = bench.sandbox.company;
  const { body } = await scim("GET", `/Groups?filter=${encodeURIComponent('displayName eq "dd-sre"')}`);
  const people = await Promise.all(
    body.Resources[0].members.map(async ({ value }: { value: string }) => (await scim("GET", `/Users/${value}`)).body),
  );
  const expected = finder(bench)
    .group("dd-sre")
    .members.map((id) => okta.users.get(id)?.login);
  expect(people.map(({ userName }) => userName).sort()).toEqual(expected.sort());
  expect(people.find(({ userName }) => userName === "mats.ekdal@acme.com").active).toBe(false);
});

test("the service describes itself, reads only, and takes its own token", async () => {
  const { body } = await scim("GET", "/ServiceProviderConfig");
  expect(body).toMatchObject({ patch: { supported: false }, pagination: { cursor: true, index: true } });
  expect((await scim("GET", "/ServiceProviderConfig?filter=x")).status).toBe(403);
  expect((await scim("GET", "/Users", undefined, { authorization: "Bearer x" })).body.status).toBe("401");
  expect((await scim("DELETE", "/Users/x")).status).toBe(501);
  expect((await scim("GET", "/Groups/x")).body.status).toBe("404");
});

describe("sloppy servers", () => {
  test("members may be missing", async () => {
    bench.sandbox.scim.sloppy.add("no-members");
    expect((await scim("GET", "/Groups?count=1")).body.Resources[0].members).toBeUndefined();
  });

  test("rows may come twice, and count twice", async () => {
    bench.sandbox.scim.sloppy.add("duplicate-ids");
    const ids = await idsByIndex("/Groups", 20);
    const { totalResults } = (await scim("GET", "/Groups?count=0")).body;
    expect([ids.length, new Set(ids).size]).toEqual([totalResults, bench.sandbox.company.okta.groups.size]);
  });

  test("pages may overlap, and when the last one is full a careless client misses its last row", async () => {
    bench.sandbox.scim.sloppy.add("overlapping-pages");
    const ids = await idsByIndex("/Groups", 17);
    expect(new Set(ids).size).toBeLessThan(bench.sandbox.company.okta.groups.size);
  });

  test("numbers as texts, filters ignored, nothing described", async () => {
    for (const kind of ["text-counts", "filter-ignored", "no-discovery"] as const) bench.sandbox.scim.sloppy.add(kind);
    const { body } = await scim("GET", `/Users?filter=${encodeURIComponent('userName eq "nobody"')}`);
    expect(body.totalResults).toBe(String(bench.sandbox.company.okta.users.size));
    expect((await scim("GET", "/Schemas")).status).toBe(404);
  });
});
