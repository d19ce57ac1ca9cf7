/** Google's dialect: signed JWTs, groups, members of all types, partial answers, reasons of a 403. */

import { beforeAll, describe, expect, test } from "vitest";
import { finder, type Send, sender, useBench } from "./bench.ts";
import { googleJwt, googleToken, toDirectory } from "./tokens.ts";

const bench = useBench();
let directory: Send;
beforeAll(async () => {
  directory = await toDirectory(bench.sandbox);
});

async function all(path: string, name: string) {
  const rows = [];
  for (let token = "", pages = 0; pages < 50; pages++) {
    const { status, body } = await directory("GET", path + (token && `&pageToken=${token}`));
    expect(status).toBe(200);
    rows.push(...(body[name] ?? []));
    token = body.nextPageToken ?? "";
    if (token === "") return rows;
  }
  throw new Error("endless");
}

describe("tokens", () => {
  test("a JWT of the service account gives one", async () => {
    const reply = await googleToken(bench.sandbox, await googleJwt(bench.sandbox));
    expect([reply.status, reply.body.token_type]).toEqual([200, "Bearer"]);
  });

  const wrong: readonly (readonly [Record<string, unknown>, number, string])[] = [
    [{ iss: "somebody@else" }, 400, "invalid_grant"],
    [{ aud: "https://example.com" }, 400, "invalid_grant"],
    [{ exp: 1 }, 400, "invalid_grant"],
    [{ scope: "https://www.googleapis.com/auth/admin.directory.group" }, 401, "unauthorized_client"],
    [{ scope: "" }, 400, "invalid_scope"],
    [{ sub: "nobody@acme.com" }, 400, "invalid_grant"],
  ];
  test.each(wrong)("%j is refused", async (claims, status, error) => {
    const reply = await googleToken(bench.sandbox, await googleJwt(bench.sandbox, claims));
    expect([reply.status, reply.body.error]).toEqual([status, error]);
  });

  test("a changed JWT is refused", async () => {
    const [header, payload] = (await googleJwt(bench.sandbox)).split(".");
    expect((await googleToken(bench.sandbox, `${header}.${payload}.eA`)).body.error_description).toContain("Signature");
  });

  test("a service account signs without its key file", async () => {
    const { google, routes, googleKey } = bench.sandbox;
    const base = `${routes["https://iamcredentials.googleapis.com"]}/v1/projects/-/serviceAccounts`;
    const send = sender(base, { authorization: `Bearer ${google.cloudToken}` });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: google.serviceAccount,
      sub: google.admin,
      aud: googleKey.token_uri,
      iat: now,
      exp: now + 600,
    };
    const payload = JSON.stringify({ ...claims, scope: [...google.scopes].join(" ") });
    const { body } = await send("POST", `/${google.serviceAccount}:signJwt`, { payload });
    expect((await googleToken(bench.sandbox, body.signedJwt)).status).toBe(200);
    expect((await send("POST", "/other@x:signJwt", { payload })).status).toBe(403);
  });

  test("who acts for nobody, or for no administrator, is refused", async () => {
    for (const sub of [undefined, "lea.torrent@acme.com"]) {
      const send = await toDirectory(bench.sandbox, { sub });
      expect((await send("GET", "/groups?customer=my_customer")).body.error.errors[0].reason).toBe("forbidden");
    }
    expect((await directory("GET", "/groups", undefined, { authorization: "Bearer x" })).status).toBe(401);
  });
});

describe("groups", () => {
  test("all of them, page by page, counted as text", async () => {
    const { okta } = bench.sandbox.company;
    const groups = await all("/groups?customer=my_customer&maxResults=20", "groups");
    expect(new Set(groups.map(({ id }) => id)).size).toBe(okta.groups.size);
    const sre = groups.find(({ name }) => name === "dd-sre");
    expect(sre).toMatchObject({ email: "dd-sre@acme.com", directMembersCount: expect.stringMatching(/^\d+$/) });
    expect((await directory("GET", `/groups/${sre.id}`)).body).toEqual(sre);
    expect((await directory("GET", "/groups/dd-sre@acme.com")).body.id).toBe(sre.id);
    expect((await directory("GET", "/groups/nobody@acme.com")).body.error).toMatchObject({
      code: 404,
      errors: [{ reason: "notFound", domain: "global" }],
    });
  });

  test("fields leave out the rest, the next page included", async () => {
    const { body } = await directory("GET", "/groups?customer=my_customer&maxResults=2&fields=groups(id,email)");
    expect(Object.keys(body)).toEqual(["groups"]);
    expect(Object.keys(body.groups[0])).toEqual(["id", "email"]);
    const { body: paged } = await directory(
      "GET",
      "/groups?customer=C0123abc&maxResults=2&fields=groups/id,nextPageToken",
    );
    expect([Object.keys(paged), Object.keys(paged.groups[0])]).toEqual([["groups", "nextPageToken"], ["id"]]);
    expect((await directory("GET", "/groups?customer=my_customer&fields=groups(id")).status).toBe(400);
  });

  test("queries", async () => {
    const names = async (query: string) =>
      (await all(`/groups?customer=my_customer&query=${encodeURIComponent(query)}`, "groups")).map(({ name }) => name);
    expect(await names("email:dd-sre*")).toEqual(["dd-sre", "dd-sre-leads"]);
    expect(await names("email=dd-sre@acme.com")).toEqual(["dd-sre"]);
    expect(await names("email:nothing*")).toEqual([]);
    expect(await names("memberKey=hanne.lindholt@acme.com")).toContain("dd-data-platform");
  });

  const refused = [
    "/groups",
    "/groups?customer=C9",
    "/groups?customer=my_customer&maxResults=0",
    "/groups?domain=else.com",
  ];
  test.each(refused)("%s is refused", async (path) => {
    expect((await directory("GET", path)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("members", () => {
  test("groups inside, derived people, outsiders, everybody", async () => {
    const { okta } = bench.sandbox.company;
    const direct = await all("/groups/dd-sre@acme.com/members?maxResults=7", "members");
    const count = (await directory("GET", "/groups/dd-sre@acme.com")).body.directMembersCount;
    expect(String(direct.length)).toBe(count);
    expect(direct.filter(({ type }) => type === "GROUP").map(({ email }) => email)).toEqual(["dd-sre-leads@acme.com"]);
    const derived = await all("/groups/dd-sre@acme.com/members?includeDerivedMembership=true", "members");
    const expected = finder(bench)
      .group("dd-sre")
      .members.map((id) => okta.users.get(id)?.email);
    const people = derived.filter(({ type }) => type === "USER");
    expect(people.map(({ email }) => email).sort()).toEqual(expected.sort());
    expect(people.find(({ email }) => email === "mats.ekdal@acme.com").status).toBe("SUSPENDED");
    const outsiders = await all("/groups/contractor-emea@acme.com/members?x=", "members");
    expect(new Set(outsiders.map(({ type }) => type))).toEqual(new Set(["EXTERNAL"]));
    expect((await directory("GET", "/groups/everyone@acme.com/members")).body.members).toEqual([
      expect.objectContaining({ type: "CUSTOMER", id: "C0123abc" }),
    ]);
    expect((await directory("GET", "/groups/dd-legacy-ops@acme.com/members")).body.members).toBeUndefined();
  });

  test("asking for one", async () => {
    const path = "/groups/dd-sre@acme.com/hasMember";
    expect((await directory("GET", `${path}/ben.adeyo@acme.com`)).body).toEqual({ isMember: true });
    expect((await directory("GET", `${path}/x@elsewhere.org`)).status).toBe(400);
  });
});

test("users tell who is away and who left; outsiders have no account", async () => {
  const users = await all("/users?customer=my_customer&maxResults=500", "users");
  const named = (login: string) => users.find(({ primaryEmail }) => primaryEmail === login);
  expect(named("pia.romberg@acme.com")).toMatchObject({ suspended: true, archived: false });
  expect(named("mats.ekdal@acme.com")).toMatchObject({ suspended: false, archived: true });
  expect(users.every(({ primaryEmail }) => primaryEmail.endsWith("@acme.com"))).toBe(true);
  const suspended = await all("/users?customer=my_customer&query=isSuspended%3Dtrue", "users");
  expect(suspended.length).toBe(users.filter((user) => user.suspended).length);
});

test("too many requests of one person are a 403 with a reason", async () => {
  bench.sandbox.inject({
    system: "google",
    path: "/admin",
    times: 1,
    kind: "status",
    status: 403,
    code: "quotaExceeded",
  });
  expect((await directory("GET", "/users?customer=my_customer")).body.error.errors[0]).toMatchObject({
    domain: "usageLimits",
    reason: "quotaExceeded",
  });
  let last = await directory("GET", "/groups/dd-sre@acme.com");
  for (let call = 0; call < 2500 && last.status === 200; call++)
    last = await directory("GET", "/groups/dd-sre@acme.com");
  expect([last.status, last.body.error.errors[0].reason]).toEqual([403, "userRateLimitExceeded"]);
});
