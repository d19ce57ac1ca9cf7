/** Entra's dialect: tokens, OData rules, nested and hidden groups, limited permissions, delta. */

import { beforeAll, describe, expect, test } from "vitest";
import { finder, type Send, sender, useBench } from "./bench.ts";
import { entraLogin, toGraph } from "./tokens.ts";

let now = Date.parse("2026-11-23T12:00:00Z");
const bench = useBench({ now: () => new Date(now) });
let graph: Send;
beforeAll(async () => {
  graph = await toGraph(bench.sandbox);
});

const EVENTUAL = { consistencylevel: "eventual" };

async function groupNamed(name: string) {
  const { body } = await graph("GET", `/groups?$filter=${encodeURIComponent(`displayName eq '${name}'`)}`);
  return body.value[0];
}

/** All rows of a list, page by page. */
async function all(path: string, headers: Record<string, string> = {}) {
  const rows = [];
  for (let next = path, pages = 0; next !== "" && pages < 50; pages++) {
    const { status, body } = await graph("GET", next, undefined, headers);
    expect(status).toBe(200);
    rows.push(...body.value);
    next = body["@odata.nextLink"]?.replace(/^.*\/v1\.0/, "") ?? "";
  }
  return rows;
}

describe("tokens", () => {
  test("a secret or a federated token gives one, with the documented refusals otherwise", async () => {
    expect((await entraLogin(bench.sandbox)).body).toMatchObject({ token_type: "Bearer", expires_in: 3599 });
    const wrong = await entraLogin(bench.sandbox, { client_secret: "x" });
    expect([wrong.status, wrong.body.error, wrong.body.error_codes]).toEqual([401, "invalid_client", [7000215]]);
    expect((await entraLogin(bench.sandbox, { scope: "GroupMember.Read.All" })).body.error).toBe("invalid_scope");
    const claims = {
      aud: "api://AzureADTokenExchange",
      sub: bench.sandbox.entra.federatedSubject,
      exp: now / 1000 + 60,
    };
    const jwt = (payload: object) => `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.x`;
    const federated = (payload: object) =>
      entraLogin(bench.sandbox, {
        client_secret: "",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: jwt(payload),
      });
    expect((await federated(claims)).status).toBe(200);
    expect((await federated({ ...claims, sub: "repo:other/repo" })).body.error_codes).toEqual([70021]);
    expect((await federated({ ...claims, exp: 1 })).body.error_codes).toEqual([700024]);
  });

  test("Graph takes it for an hour, and nothing else", async () => {
    expect((await graph("GET", "/groups", undefined, { authorization: "" })).body.error.code).toBe(
      "InvalidAuthenticationToken",
    );
    expect((await graph("GET", "/groups", undefined, { authorization: "Bearer x" })).status).toBe(401);
    now += 3600_000;
    expect((await graph("GET", "/groups")).body.error.message).toContain("expired");
    graph = await toGraph(bench.sandbox);
    expect((await graph("GET", "/groups")).status).toBe(200);
  });
});

describe("lists", () => {
  test("all groups come in pages of $top, with the count on the first only", async () => {
    const { okta } = bench.sandbox.company;
    const first = (await graph("GET", "/groups?$top=20&$count=true", undefined, EVENTUAL)).body;
    expect(first["@odata.count"]).toBe(okta.groups.size);
    const link = first["@odata.nextLink"].replace(/^.*\/v1\.0/, "");
    expect((await graph("GET", link, undefined, EVENTUAL)).body["@odata.count"]).toBeUndefined();
    const groups = await all("/groups?$top=20&$select=id,displayName");
    expect(new Set(groups.map(({ id }) => id)).size).toBe(okta.groups.size);
    expect(Object.keys(groups[0])).toEqual(["id", "displayName"]);
  });

  const refused: readonly (readonly [string, string])[] = [
    ["/groups?$top=1000", "Request_BadRequest"],
    ["/groups?$skip=10", "Request_BadRequest"],
    ["/groups?$select=nmae", "Request_BadRequest"],
    ["/groups?$filter=displayName ne 'x'", "Request_UnsupportedQuery"],
    ["/groups?$filter=startswith(displayName,'dd')&$orderby=displayName", "Request_UnsupportedQuery"],
    ['/groups?$search="displayName:sre"', "Request_UnsupportedQuery"],
    ["/groups?$filter=displayName like 'x'", "Request_BadRequest"],
    ["/groups/00000000-0000-4000-a000-000000000000", "Request_ResourceNotFound"],
  ];
  test.each(refused)("%s is refused", async (path, code) => {
    expect((await graph("GET", encodeURI(path).replaceAll("+", "%2B"))).body.error.code).toBe(code);
  });

  test("filters, order and search", async () => {
    const sre = await groupNamed("dd-sre");
    const names = async (query: string) =>
      (await all(`/groups?${encodeURI(query)}&$count=true&$top=999`, EVENTUAL)).map(({ displayName }) => displayName);
    expect(await names(`$filter=id in ('${sre.id}','x')`)).toEqual(["dd-sre"]);
    expect(await names("$filter=startswith(displayName,'dd-sre') and not(displayName eq 'DD-SRE')")).toEqual([
      "dd-sre-leads",
    ]);
    expect(await names('$search="displayName:commanders"')).toEqual(["dd-incident-commanders"]);
    expect(await names("$filter=endswith(displayName,'-leads')&$orderby=displayName desc")).toEqual(
      ["support", "sre", "platform", "finance"].map((name) => `dd-${name}-leads`),
    );
  });
});

describe("members", () => {
  test("nested groups: what is direct, what is reached, and how many", async () => {
    const { okta } = bench.sandbox.company;
    const sre = await groupNamed("dd-sre");
    const direct = await all(`/groups/${sre.id}/members?$top=999`);
    const inner = direct.filter((row) => row["@odata.type"] === "#microsoft.graph.group");
    expect(inner.map(({ displayName }) => displayName)).toEqual(["dd-sre-leads"]);
    const path = `/groups/${sre.id}/transitiveMembers/microsoft.graph.user`;
    const people = await all(`${path}?$select=id,mail,accountEnabled,userType&$top=5`);
    const expected = finder(bench)
      .group("dd-sre")
      .members.map((id) => okta.users.get(id)?.email);
    expect(people.map(({ mail }) => mail).sort()).toEqual(expected.sort());
    expect(people.find(({ mail }) => mail === "mats.ekdal@acme.com").accountEnabled).toBe(false);
    expect((await graph("GET", `${path}/$count`, undefined, EVENTUAL)).text).toBe(String(people.length));
    expect((await graph("GET", `${path}/$count`)).status).toBe(400);
  });

  test("guests carry their home address in the principal name", async () => {
    const { id } = await groupNamed("contractor-emea");
    const [guest] = await all(`/groups/${id}/members?$select=id,userPrincipalName,userType`);
    expect(guest).toMatchObject({
      userType: "Guest",
      userPrincipalName: expect.stringMatching(/_.*#EXT#@acme\.onmicrosoft/),
    });
  });

  test("hidden membership looks empty without the permission", async () => {
    const hidden = await groupNamed("aws-prod-admins");
    expect(hidden.visibility).toBe("HiddenMembership");
    expect(await all(`/groups/${hidden.id}/transitiveMembers`)).toEqual([]);
    bench.sandbox.entra.permissions.add("Member.Read.Hidden");
    expect((await all(`/groups/${hidden.id}/transitiveMembers`)).length).toBeGreaterThan(4);
    bench.sandbox.entra.permissions.delete("Member.Read.Hidden");
  });

  test("without User.Read members are ids and nothing else", async () => {
    const { permissions } = bench.sandbox.entra;
    const { id } = await groupNamed("dd-admins");
    permissions.delete("User.Read.All");
    try {
      const [member] = await all(`/groups/${id}/members?$select=id,displayName,accountEnabled`);
      expect(member).toMatchObject({ displayName: null, accountEnabled: null, id: expect.any(String) });
      expect((await graph("GET", "/users")).body.error.code).toBe("Authorization_RequestDenied");
      permissions.add("User.ReadBasic.All");
      const [named] = await all(`/groups/${id}/members?$select=id,displayName,accountEnabled`);
      expect(named).toMatchObject({ displayName: expect.any(String), accountEnabled: null });
    } finally {
      permissions.add("User.Read.All");
      permissions.delete("User.ReadBasic.All");
    }
  });
});

describe("delta", () => {
  const follow = async (path: string) => {
    const rows: Record<string, unknown>[] = [];
    for (let next = path, pages = 0; pages < 50; pages++) {
      const { body } = await graph("GET", next.replace(/^.*\/v1\.0/, ""));
      rows.push(...body.value);
      next = body["@odata.nextLink"] ?? "";
      if (next === "") return { rows, delta: String(body["@odata.deltaLink"]) };
    }
    throw new Error("endless");
  };

  test("first everything in slices, then what changed, then nothing", async () => {
    const { okta } = bench.sandbox.company;
    const first = await follow("/groups/delta?$select=displayName,members");
    expect(new Set(first.rows.map(({ id }) => id)).size).toBe(okta.groups.size);
    expect(first.rows.length).toBeGreaterThan(okta.groups.size);
    const [web, search] = [finder(bench).group("dd-web"), finder(bench).group("dd-search")];
    const left = web.members.pop() ?? "";
    okta.groups.delete(search.id);
    try {
      const second = await follow(first.delta);
      expect(second.rows).toEqual([
        {
          displayName: "dd-web",
          id: expect.any(String),
          "members@delta": [
            { "@odata.type": "#microsoft.graph.user", id: expect.any(String), "@removed": { reason: "deleted" } },
          ],
        },
        { id: expect.any(String), "@removed": { reason: "changed" } },
      ]);
      expect((await follow(second.delta)).rows).toEqual([]);
    } finally {
      web.members.push(left);
      okta.groups.set(search.id, search);
    }
  });

  test("people: from now on, then whoever changed or was deleted", async () => {
    const { okta } = bench.sandbox.company;
    const begun = await follow("/users/delta?$select=id,displayName,accountEnabled&$deltatoken=latest");
    expect(begun.rows).toEqual([]);
    const [ana, kira] = [finder(bench).person("ana.novakova@acme.com"), finder(bench).person("kira.oduya@acme.com")];
    ana.status = "SUSPENDED";
    okta.users.delete(kira.id);
    try {
      const next = await follow(begun.delta);
      expect(next.rows).toEqual([
        { id: expect.any(String), displayName: "Ana Novakova", accountEnabled: false },
        { id: expect.any(String), "@removed": { reason: "changed" } },
      ]);
      expect((await follow(next.delta)).rows).toEqual([]);
    } finally {
      ana.status = "ACTIVE";
      okta.users.set(kira.id, kira);
    }
    expect((await follow("/users/delta")).rows).toHaveLength(okta.users.size);
    expect((await graph("GET", "/users/delta?$select=members")).status).toBe(400);
  });

  test("only the groups named; old tokens and other options are refused", async () => {
    const sre = await groupNamed("dd-sre");
    const { rows, delta } = await follow(`/groups/delta?$filter=${encodeURIComponent(`id eq '${sre.id}'`)}`);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([sre.id]));
    expect((await graph("GET", "/groups/delta?$top=5")).status).toBe(400);
    expect((await follow("/groups/delta?$deltatoken=latest")).rows).toEqual([]);
    now += 8 * 86_400_000;
    graph = await toGraph(bench.sandbox);
    const expired = await graph("GET", delta.replace(/^.*\/v1\.0/, ""));
    expect([expired.status, expired.body.error.code]).toEqual([410, "resyncRequired"]);
    expect(expired.headers.get("location")).toContain("/groups/delta");
  });
});

test("too much is throttled with a wait", async () => {
  const { id } = await groupNamed("dd-sre");
  let last = await graph("GET", "/groups");
  for (let call = 0; call < 1700 && last.status === 200; call++)
    last = await graph("GET", `/groups/${id}/transitiveMembers?$top=1`);
  expect([last.status, last.body.error.code]).toEqual([429, "TooManyRequests"]);
  expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("an error of the sandbox comes in Graph's words", async () => {
  const stranger = sender(`${bench.sandbox.routes["https://graph.microsoft.com"]}/beta`, {});
  expect((await stranger("GET", "/groups")).body.error.code).toBe("Request_ResourceNotFound");
});
