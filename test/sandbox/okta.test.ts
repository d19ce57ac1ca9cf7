/** Okta's dialect: three ways to list, opaque pages, people who left, limits, and errors in its own words. */

import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { type Bench, finder, useBench } from "./bench.ts";
import { oktaJwt, oktaToken } from "./tokens.ts";

const bench = useBench();
const groups = (query: string) => bench.okta("GET", `/api/v1/groups?${query}`);
const names = (body: { profile: { name: string } }[]) => body.map((group) => group.profile.name);

describe("filter, search and q are not equal", () => {
  const encode = encodeURIComponent;
  const cases: readonly (readonly [string, string, (body: never) => boolean])[] = [
    [
      "search by beginning",
      `search=${encode('profile.name sw "dd-"')}`,
      (body) => names(body).every((name) => name.startsWith("dd-")),
    ],
    ["search by part", `search=${encode('profile.name co "oncall"')}`, (body) => names(body).length === 4],
    ["search ignores case", `search=${encode('profile.name eq "DD-SRE"')}`, (body) => names(body)[0] === "dd-sre"],
    [
      "search joins",
      `search=${encode('type eq "APP_GROUP" and profile.name sw "workday"')}`,
      (body) => names(body).length === 3,
    ],
    ["filter by type", `filter=${encode('type eq "BUILT_IN"')}`, (body) => names(body).length === 2],
    [
      "filter by date",
      `filter=${encode('lastMembershipUpdated gt "2030-01-01T00:00:00.000Z"')}`,
      (body) => names(body).length === 0,
    ],
    ["q picks by beginning", "q=contractor", (body) => names(body).length === 3],
  ];
  test.each(cases)("%s", async (_, query, holds) => {
    const { status, body } = await groups(query);
    expect(status).toBe(200);
    expect(holds(body as never)).toBe(true);
  });

  const refused = ['profile.name eq "x"', 'id sw "00g"', 'not (type eq "BUILT_IN")', "type eq"];
  test.each(refused)("filter refuses %s", async (expression) => {
    const { status, body } = await groups(`filter=${encode(expression)}`);
    expect([status, body.errorCode]).toEqual([400, "E0000031"]);
  });

  test("ids can be asked for many at a time", async () => {
    const { group } = finder(bench);
    const ids = [group("dd-sre").id, group("dd-web").id];
    const { body } = await groups(`filter=${encode(ids.map((id) => `id eq "${id}"`).join(" or "))}&expand=stats`);
    expect(names(body).sort()).toEqual(["dd-sre", "dd-web"]);
    expect(body[0]._embedded.stats.usersCount).toBeGreaterThan(0);
  });
});

describe("pages", () => {
  test("each link stands on its own line, and cursors hold commas", async () => {
    const lines = await linkLines(bench, "/api/v1/groups?limit=20");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/; rel="self"$/);
    expect(lines[1]).toMatch(/after=p,[^>]*>; rel="next"$/);
  });

  test("following next gives everything once; the last page may be empty and still have a next", async () => {
    const all = names((await groups("")).body);
    for (const limit of [17, all.length]) {
      const pages = await pagesOf(`/api/v1/groups?limit=${limit}`);
      expect(pages.flatMap((page) => names(page as never))).toEqual(all);
      if (all.length % limit === 0) expect(pages.slice(-2)).toEqual([[], []]);
    }
  });

  test("a limit beyond what is allowed is refused", async () => {
    expect((await bench.okta("GET", "/api/v1/users?limit=500")).status).toBe(400);
    expect((await groups("limit=0")).status).toBe(400);
  });
});

describe("people", () => {
  test("those who left stay in their groups", async () => {
    const { body } = await bench.okta("GET", `/api/v1/groups/${finder(bench).group("dd-sre").id}/users`);
    const gone = body.filter((user: { status: string }) => user.status === "DEPROVISIONED");
    expect(gone.map((user: { profile: { login: string } }) => user.profile.login)).toContain("mats.ekdal@acme.com");
  });

  test("and are missing from the list of users unless a filter asks for them", async () => {
    const statuses = (body: { status: string }[]) => new Set(body.map(({ status }) => status));
    const plain = (await pagesOf("/api/v1/users")).flat() as { status: string }[];
    expect(statuses(plain)).not.toContain("DEPROVISIONED");
    const { body } = await bench.okta("GET", `/api/v1/users?filter=${encodeURIComponent('status eq "DEPROVISIONED"')}`);
    expect(statuses(body)).toEqual(new Set(["DEPROVISIONED"]));
  });

  test("one person by id or login", async () => {
    const { id } = finder(bench).person("ana.novakova@acme.com");
    for (const key of [id, "ana.novakova@acme.com"])
      expect((await bench.okta("GET", `/api/v1/users/${key}`)).body.id).toBe(id);
  });

  test("descriptions may hold markup, and rules name the groups they feed", async () => {
    const web = finder(bench).group("dd-web");
    expect((await bench.okta("GET", `/api/v1/groups/${web.id}`)).body.profile.description).toContain("<b>");
    const { id } = finder(bench).group("dd-engineering");
    const { body } = await bench.okta("GET", "/api/v1/groups/rules?expand=groupIdToGroupNameMap");
    expect(body[0]._embedded.groupIdToGroupNameMap[id]).toBe("dd-engineering");
  });
});

describe("errors and limits", () => {
  const cases: readonly (readonly [string, string, string, Record<string, string>, number, string])[] = [
    ["a wrong token", "GET", "/api/v1/groups", { authorization: "SSWS other" }, 401, "E0000011"],
    ["no token", "GET", "/api/v1/groups", { authorization: "" }, 401, "E0000011"],
    ["a group that is not there", "GET", "/api/v1/groups/00gnone", {}, 404, "E0000007"],
    ["a write", "PUT", "/api/v1/groups/00gnone", {}, 405, "E0000022"],
  ];
  test.each(cases)("%s", async (_, method, path, headers, status, code) => {
    const reply = await bench.okta(method, path, undefined, headers);
    expect([reply.status, reply.body.errorCode, reply.body.errorLink]).toEqual([status, code, code]);
    expect(Object.keys(reply.body)).toEqual(["errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"]);
  });

  test("every answer counts down its own bucket", async () => {
    const remaining = async (path: string) =>
      Number((await bench.okta("GET", path)).headers.get("x-rate-limit-remaining"));
    const before = await remaining("/api/v1/groups/rules");
    expect(await remaining("/api/v1/groups/rules")).toBe(before - 1);
    expect(await remaining("/api/v1/users?limit=1")).not.toBe(before - 2);
  });
});

async function pagesOf(path: string): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let url: string | undefined = path;
  for (let page = 0; url !== undefined && page < 100; page++) {
    const { body, headers } = await bench.okta("GET", url);
    pages.push(body);
    url = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1]?.slice(bench.oktaOrigin.length);
  }
  return pages;
}

describe("a service app", () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const ask = (path: string, token: string) => bench.okta("GET", path, undefined, bearer(token));

  test("gets a token for its signature, which opens what its scopes say", async () => {
    const { status, body } = await oktaToken(bench.sandbox);
    expect([status, body.token_type, body.expires_in, body.scope]).toEqual([
      200,
      "Bearer",
      3600,
      "okta.groups.read okta.users.read",
    ]);
    expect((await ask("/api/v1/users?limit=1", body.access_token)).status).toBe(200);
    const narrow = (await oktaToken(bench.sandbox, { scope: "okta.groups.read" })).body.access_token;
    expect((await ask("/api/v1/groups?limit=1", narrow)).status).toBe(200);
    const refused = await ask("/api/v1/users?limit=1", narrow);
    expect([refused.status, refused.body.errorCode]).toEqual([403, "E0000006"]);
    expect(refused.headers.get("www-authenticate")).toContain("insufficient_scope");
    expect((await ask("/api/v1/groups", "sandbox-okta-access-token.x")).status).toBe(401);
    expect((await ask("/api/v1/groups", bench.sandbox.company.okta.token)).status).toBe(401);
  });

  const past = Math.floor(Date.now() / 1000) - 600;
  const wrong: readonly (readonly [string, Record<string, unknown>, Record<string, string>, string])[] = [
    ["somebody else", { iss: "0oaother", sub: "0oaother" }, {}, "invalid_client"],
    ["another audience", { aud: "https://acme.okta.com" }, {}, "invalid_client"],
    ["an old statement", { exp: past }, {}, "invalid_client"],
    ["a statement for a day", { exp: past + 86_400 }, {}, "invalid_client"],
    ["no statement", {}, { client_assertion_type: "" }, "invalid_client"],
    ["a scope that nobody granted", {}, { scope: "okta.groups.manage" }, "invalid_scope"],
    ["another grant", {}, { grant_type: "password" }, "unsupported_grant_type"],
  ];
  test.each(wrong)("%s gets none", async (_, claims, form, error) => {
    const client_assertion = await oktaJwt(bench.sandbox, claims);
    const { status, body } = await oktaToken(bench.sandbox, { client_assertion, ...form });
    expect([status >= 400, body.error]).toEqual([true, error]);
  });

  test("a foreign signature gets none", async () => {
    const [header, claims] = (await oktaJwt(bench.sandbox)).split(".");
    const signature = Buffer.alloc(256, 7).toString("base64url");
    const { body } = await oktaToken(bench.sandbox, { client_assertion: `${header}.${claims}.${signature}` });
    expect(body).toEqual({ error: "invalid_client", error_description: expect.stringContaining("signature") });
  });
});

function linkLines({ oktaOrigin, sandbox }: Bench, path: string): Promise<string[]> {
  const headers = { authorization: `SSWS ${sandbox.environment.OKTA_CLIENT_TOKEN}` };
  return new Promise((resolve, reject) => {
    const sent = request(oktaOrigin + path, { headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === "link"));
    });
    sent.on("error", reject);
    sent.end();
  });
}
