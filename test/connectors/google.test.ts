/** Google Workspace: what is asked, groups inside groups, the row that means everybody, and what is not concluded. */

import { describe, expect, test } from "vitest";
import { toQuery } from "../../server/src/connectors/google/api.ts";
import { toPrincipal } from "../../server/src/connectors/google/convert.ts";
import { openDirectory } from "../../server/src/connectors/registry.ts";
import { CONFIRM_AFTER_MS } from "../../server/src/connectors/suspicion.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import type { DirectoryQuery } from "../../server/src/core/sync/connector.ts";
import { json, text } from "../http/support.ts";
import { CONTEXT, itemOf, keysOf, type Route, routes, SPAN } from "./support.ts";

const API = "/admin/directory/v1";

function group(id: string, email: string, directMembersCount?: string) {
  return { id, email, name: `Group ${id}`, directMembersCount };
}

function user(id: string, more: object = {}) {
  return {
    id,
    primaryEmail: `${id}@Acme.com`,
    name: { fullName: `Name ${id}` },
    suspended: false,
    archived: false,
    ...more,
  };
}

function person(id: string, more: object = {}) {
  return { id, email: `${id}@acme.com`, type: "USER", status: "ACTIVE", ...more };
}

function inner(id: string) {
  return { id, email: `${id}@acme.com`, type: "GROUP", status: "ACTIVE" };
}

function list(key: string, rows: readonly unknown[], nextPageToken?: string) {
  return json({
    kind: `admin#directory#${key}`,
    ...(rows.length > 0 && { [key]: rows }),
    ...(nextPageToken && { nextPageToken }),
  });
}

function failed(status: number, reason: string, message = reason) {
  return json({ error: { code: status, message, errors: [{ reason, message }] } }, status);
}

const GROUPS = [group("g1", "dd-sre@acme.com", "2"), group("g2", "dd-dev@acme.com"), group("g3", "finance@acme.com")];
const USERS = [user("ana"), user("bo", { suspended: true }), user("cy", { archived: true })];

const listGroups: Route = (_, query) => {
  const [, operator, value = ""] = /^email(:|=)(.*?)\*?$/.exec(query.get("query") ?? "") ?? [];
  const isWanted = (email: string) => (operator === "=" ? email === value : email.startsWith(value));
  return list(
    "groups",
    GROUPS.filter(({ email }) => isWanted(email)),
  );
};

function open(table: Record<string, Route>, more: Partial<DirectoryConfig> = {}) {
  const usual: Record<string, Route> = {
    [`GET ${API}/groups`]: listGroups,
    [`GET ${API}/groups/*/members`]: list("members", [person("ana"), person("bo")]),
    [`GET ${API}/users`]: list("users", USERS),
  };
  const world = routes({ ...table, ...Object.fromEntries(Object.entries(usual).filter(([key]) => !(key in table))) });
  const config: DirectoryConfig = {
    name: "google",
    span: SPAN,
    type: "google",
    customer: "C0123abc",
    admin: "reader@acme.com",
    claim: "name",
    ...more,
  };
  const connector = openDirectory(config, world.http);
  const read = (query: Partial<DirectoryQuery> = {}) =>
    connector.readDirectory({ names: [], ids: [], ...query }, CONTEXT);
  const membersOf = async () => (await read({ names: ["dd-sre@acme.com"] })).members.get("g1");
  const asked = () =>
    world.sent.map(({ url }) => decodeURIComponent(url.slice(`https://admin.googleapis.com${API}`.length)));
  return { ...world, read, membersOf, asked };
}

test("a pattern becomes the narrowest question Google understands", () => {
  const cases: [string | undefined, string | undefined][] = [
    [undefined, undefined],
    ["dd-*", "email:dd-*"],
    ["dd-sre@acme.com", "email=dd-sre@acme.com"],
    ["dd-sre", "email:dd-sre*"],
    ["*sre*", undefined],
    ["{dd,ops}-*", undefined],
    ["dd-@(a|b)@acme.com", "email:dd-*"],
    ["dd ops*", "email:dd*"],
  ];
  for (const [glob, query] of cases) expect(toQuery(glob), glob).toBe(query);
});

describe("reading", () => {
  test("names groups by their address, and asks for each page's successor", async () => {
    const paged: Route = (_, query) =>
      query.get("pageToken") === "t/+=" ? list("groups", GROUPS.slice(1)) : list("groups", GROUPS.slice(0, 1), "t/+=");
    const { read, asked, sent } = open({ [`GET ${API}/groups`]: paged }, { groups: "dd-*" });
    const { groups, members, kind } = await read({ names: ["dd-sre@acme.com"] });
    expect(kind).toBe("google");
    expect(groups).toMatchObject({ state: "known", complete: true, source: "google" });
    expect(keysOf(groups)).toEqual(["g1", "g2"]);
    expect(itemOf(groups, "g1")).toEqual({
      id: "g1",
      name: "dd-sre@acme.com",
      kind: "static",
      description: "Group g1",
      memberCount: 2,
    });
    expect([...members.keys()]).toEqual(["g1"]);
    const fields = "fields=kind,nextPageToken,groups(id,email,name,description,directMembersCount)";
    expect(asked().slice(0, 2)).toEqual([
      `/groups?customer=C0123abc&query=email:dd-*&maxResults=200&${fields}`,
      `/groups?customer=C0123abc&query=email:dd-*&maxResults=200&${fields}&pageToken=t/+=`,
    ]);
    expect(sent[1]?.url).toMatch(/pageToken=t%2F%2B%3D$/);
    expect(sent.every(({ method, credential }) => method === "GET" && credential?.use === "read")).toBe(true);
  });

  test("takes names and states from users, who are listed once and only when somebody needs them", async () => {
    const { read, asked } = open({
      [`GET ${API}/groups/*/members`]: list(
        "members",
        USERS.map(({ id }) => person(id)),
      ),
    });
    const { members } = await read({ names: ["dd-sre@acme.com", "finance@acme.com"] });
    expect(itemOf(members.get("g1"), "ana")).toEqual({
      id: "ana",
      login: "ana@acme.com",
      email: "ana@acme.com",
      name: "Name ana",
      state: "active",
    });
    expect(["bo", "cy"].map((id) => itemOf(members.get("g3"), id)?.state)).toEqual(["suspended", "deactivated"]);
    expect(asked().filter((url) => url.startsWith("/users"))).toHaveLength(1);
    const idle = open({});
    await idle.read();
    expect(idle.asked()).toHaveLength(1);
  });

  test("looks up one group by address or id: present, absent, another address of it, unknown", async () => {
    const table = {
      [`GET ${API}/groups/finance%40acme.com`]: json(GROUPS[2]),
      [`GET ${API}/groups/alias%40acme.com`]: json(GROUPS[2]),
      [`GET ${API}/groups/gone%40acme.com`]: failed(404, "notFound", "Resource Not Found: groupKey"),
      [`GET ${API}/groups/odd`]: failed(400, "invalid", "Invalid Input: groupKey"),
      [`GET ${API}/groups/far%40other.com`]: failed(403, "forbidden", "Not Authorized to access this resource/api"),
      [`GET ${API}/groups/proxy%40acme.com`]: text("<html>", 404, { "content-type": "text/html" }),
      [`GET ${API}/groups/g3`]: json(GROUPS[2]),
    };
    const names = ["finance", "alias", "gone", "proxy"].map((name) => `${name}@acme.com`);
    const { named } = await open(table, { groups: "dd-*" }).read({
      names: [...names, "odd", "far@other.com"],
      ids: ["g3"],
    });
    expect(keysOf(named.get("finance@acme.com"))).toEqual(["g3"]);
    expect(keysOf(named.get("g3"))).toEqual(["g3"]);
    for (const name of ["alias@acme.com", "gone@acme.com", "odd"]) {
      expect(named.get(name), name).toMatchObject({ complete: true });
      expect(keysOf(named.get(name))).toEqual([]);
    }
    expect(named.get("far@other.com")).toMatchObject({ state: "unknown", why: { kind: "denied" } });
    expect(named.get("proxy@acme.com")).toMatchObject({ state: "unknown" });
  });
});

describe("members", () => {
  const members = (table: Record<string, readonly object[]>): Record<string, Route> =>
    Object.fromEntries(
      Object.entries(table).map(([id, rows]) => [`GET ${API}/groups/${id}/members`, list("members", rows)]),
    );

  test("of groups inside are walked, also when groups hold each other", async () => {
    const nested = {
      g1: [person("ana"), inner("n1")],
      n1: [inner("n2"), inner("g1")],
      n2: [person("bo"), inner("n1")],
    };
    const { membersOf, asked } = open(members(nested));
    const found = await membersOf();
    expect(found).toMatchObject({ complete: true });
    expect(keysOf(found)).toEqual(["ana", "bo"]);
    expect(asked().filter((url) => url.includes("/members"))).toHaveLength(3);
    expect(asked().some((url) => url.includes("includeDerived"))).toBe(false);
  });

  test("show who owns the group, who comes only through one inside, and who has a second factor", async () => {
    const rows = members({
      g1: [person("ana", { role: "OWNER" }), person("bo", { role: "MANAGER" }), inner("n1")],
      n1: [person("ana", { role: "OWNER" }), person("cy", { role: "OWNER" })],
    });
    const users = list("users", [
      user("ana", { isEnrolledIn2Sv: true }),
      user("bo", { isEnrolledIn2Sv: false }),
      user("cy"),
    ]);
    const read = await open({ ...rows, [`GET ${API}/users`]: users }).read({ names: ["dd-sre@acme.com"] });
    expect(read.owners?.get("g1")).toEqual(["ana", "bo"]);
    expect([...(read.nested?.get("g1") ?? [])]).toEqual([["cy", "n1@acme.com"]]);
    expect(["ana", "bo", "cy"].map((id) => itemOf(read.members.get("g1"), id)?.mfa)).toEqual([true, false, undefined]);
  });

  test("of a group inside that cannot be read are a gap", async () => {
    const { membersOf } = open({
      ...members({ g1: [person("ana"), inner("n1")] }),
      [`GET ${API}/groups/n1/members`]: failed(403, "forbidden", "Not Authorized to access this resource/api"),
    });
    const found = await membersOf();
    expect(found).toMatchObject({ state: "known", complete: false, gap: { kind: "denied" } });
    expect(keysOf(found)).toEqual(["ana"]);
  });

  test.each([
    ["has none by its own count", group("n1", "inner@acme.com", "0"), true],
    ["has some by its own count", group("n1", "inner@acme.com", "2"), false],
  ] as const)("of an empty group inside, which %s", async (_, own, isWhole) => {
    const { membersOf } = open({
      ...members({ g1: [person("ana"), inner("n1")], n1: [] }),
      [`GET ${API}/groups/n1`]: json(own),
    });
    expect(await membersOf()).toMatchObject({ state: "known", complete: isWhole });
  });

  test.each([
    ["as many as it counts", "3", true],
    ["far fewer than it counts", "20", false],
  ])("of a group inside that lists %s, in the list of groups or not", async (_, count, isWhole) => {
    const rows = members({ g1: [person("ana"), inner("n1")], n1: [person("bo"), person("cy"), inner("n2")], n2: [] });
    const own = group("n1", "inner@acme.com", count);
    const empty = { [`GET ${API}/groups/n2`]: json(group("n2", "none@acme.com", "0")) };
    const apart = open({ ...rows, ...empty, [`GET ${API}/groups/n1`]: json(own) });
    expect(await apart.membersOf()).toMatchObject({ state: "known", complete: isWhole });
    const shown = open({ ...rows, ...empty, [`GET ${API}/groups`]: list("groups", [...GROUPS, own]) });
    expect(await shown.membersOf()).toMatchObject({ state: "known", complete: isWhole });
    expect(shown.asked().some((url) => url.startsWith("/groups/n1?"))).toBe(false);
  });

  test("everybody in the domain is everybody, never nobody", async () => {
    const everyone = members({
      g1: [{ id: "C0123abc", type: "CUSTOMER" }, person("guest", { type: "EXTERNAL", email: "g@else.com" })],
    });
    const { groups, members: read } = await open(everyone).read({ names: ["dd-sre@acme.com"] });
    expect(itemOf(groups, "g1")?.kind).toBe("everyone");
    expect(read.get("g1")).toMatchObject({ complete: true });
    expect(keysOf(read.get("g1"))).toEqual(["ana", "bo", "cy", "guest"]);
    const blind = open({ ...everyone, [`GET ${API}/users`]: failed(403, "insufficientPermissions") });
    expect(await blind.membersOf()).toMatchObject({ state: "unknown", why: { kind: "denied" } });
  });

  test.each([undefined, 7, {}, "SQUAD"])(
    "of a type that is none (%j) may be a group, so the list is not whole",
    async (type) => {
      const table = { [`GET ${API}/groups/*/members`]: list("members", [person("ana"), person("x", { type })]) };
      const members = await open(table).membersOf();
      expect(members).toMatchObject({ complete: false, gap: { message: /1 members .* are of no known type/ } });
      expect(keysOf(members)).toEqual(["ana"]);
    },
  );

  test.each([{ members: null }, { members: 7 }, { members: [], nextPageToken: 7 }])(
    "that are no list are unknown: %j",
    async (more) => {
      const table = { [`GET ${API}/groups/*/members`]: json({ kind: "admin#directory#members", ...more }) };
      expect(await open(table).membersOf()).toMatchObject({ state: "unknown", why: { kind: "malformed" } });
    },
  );

  test("from elsewhere are guests of unknown state, and so is anybody while users cannot be read", async () => {
    const rows = members({ g1: [person("out", { type: "EXTERNAL", email: "Out@else.com", status: undefined })] });
    expect(itemOf(await open(rows).membersOf(), "out")).toEqual({
      id: "out",
      login: "out@else.com",
      email: "out@else.com",
      name: "Out@else.com",
      state: "unknown",
      guest: true,
    });
    const blind = open({
      ...members({ g1: [person("ana"), person("bo", { status: "SUSPENDED" })] }),
      [`GET ${API}/users`]: failed(403, "insufficientPermissions"),
    });
    const found = await blind.membersOf();
    expect(["ana", "bo"].map((id) => itemOf(found, id)?.state)).toEqual(["unknown", "suspended"]);
    expect(found).toMatchObject({ complete: false, gap: { kind: "denied", status: 403 } });
  });

  test("without an address, or far fewer than counted, leave the list open", async () => {
    expect(await open(members({ g1: [person("ana"), { id: "x", type: "USER" }] })).membersOf()).toMatchObject({
      complete: false,
      gap: { message: /1 members .* have no address/ },
    });
    expect(await open(members({ g1: [] })).membersOf()).toMatchObject({
      state: "unknown",
      why: { message: "google counts 2 members of dd-sre@acme.com and listed 0" },
    });
  });
});

describe("nothing is concluded from less than everything", () => {
  test.each<[string, ReturnType<typeof failed>, string, number]>([
    ["401", text("", 401), "denied", 1],
    ["403", failed(403, "forbidden"), "denied", 1],
    ["403 for the rate of one person", failed(403, "userRateLimitExceeded"), "throttled", 5],
    ["403 for too much at once", failed(403, "quotaExceeded"), "throttled", 5],
    ["429", failed(429, "rateLimitExceeded"), "throttled", 5],
    ["503", failed(503, "backendError"), "unreachable", 5],
    ["a page for people", text("<html>", 200, { "content-type": "text/html" }), "malformed", 1],
    ["an empty object", json({}), "malformed", 1],
    ["another kind of list", list("users", USERS), "malformed", 1],
  ])("%s leaves everything unknown", async (_, answer, kind, tries) => {
    const { read, sent } = open({ [`GET ${API}/groups`]: answer });
    const { groups, members } = await read();
    expect(groups).toMatchObject({ state: "unknown", why: { kind, system: "google" } });
    expect(members.size).toBe(0);
    expect(sent).toHaveLength(tries);
  });

  test("a denial says what is behind it", async () => {
    const message = async (text: string) => {
      const { groups } = await open({ [`GET ${API}/groups`]: failed(403, "forbidden", text) }).read();
      return groups.state === "unknown" ? groups.why.message : "";
    };
    expect(await message("Domain cannot use apis.")).toMatch(/the edition of this Google account lacks the interface/);
    expect(await message("Admin SDK API has not been used in project 1 before or it is disabled")).toMatch(
      /API is not enabled/,
    );
    expect(await message("Not Authorized to access this resource/api")).toMatch(
      /the administrator it acts for may not/,
    );
  });

  test("a failed later page and a token that comes back leave the list open", async () => {
    const broken: Route = (_, query) =>
      query.has("pageToken") ? text("", 500) : list("groups", GROUPS.slice(0, 1), "t");
    expect((await open({ [`GET ${API}/groups`]: broken }).read()).groups).toMatchObject({ complete: false });
    const round = open({ [`GET ${API}/groups`]: list("groups", GROUPS, "again") });
    expect((await round.read()).groups).toMatchObject({ complete: false, gap: { kind: "incomplete" } });
    const rows = list("groups", [...GROUPS, { id: "g9" }, null]);
    expect((await open({ [`GET ${API}/groups`]: rows }).read()).groups).toMatchObject({ gap: { kind: "malformed" } });
  });

  test("an empty list where there was something is believed the second time", async () => {
    let rows = GROUPS;
    const { read, clock } = open({ [`GET ${API}/groups`]: () => list("groups", rows) });
    const previous = await read();
    rows = [];
    const next = await read({ previous });
    expect(next.groups).toMatchObject({ state: "unknown", why: { kind: "incomplete" } });
    clock.now += CONFIRM_AFTER_MS;
    expect((await read({ previous: { ...next, groups: previous.groups } })).groups).toMatchObject({ complete: true });
  });
});

test.each([
  [{}, "active"],
  [{ suspended: true }, "suspended"],
  [{ archived: true }, "deactivated"],
  [{ deletionTime: "2026-11-01T00:00:00Z" }, "deactivated"],
  [{ suspended: undefined }, "unknown"],
])("a user with %j is %s", (more, state) => expect(toPrincipal(user("ana", more))?.state).toBe(state));
