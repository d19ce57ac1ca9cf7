/** SCIM services: pages by index and by cursor, names in any case, members told by whom, and what sloppy services do. */

import { describe, expect, test } from "vitest";
import { openDirectory } from "../../server/src/connectors/registry.ts";
import { toMember, toPerson } from "../../server/src/connectors/scim/convert.ts";
import { CONFIRM_AFTER_MS } from "../../server/src/connectors/suspicion.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import type { DirectoryQuery } from "../../server/src/core/sync/connector.ts";
import { json, text } from "../http/support.ts";
import { CONTEXT, itemOf, keysOf, type Route, routes, SPAN } from "./support.ts";

const GROUPS = [group("g1", "dd-sre"), group("g2", "dd-dev"), group("g3", "finance"), group("g4", "Finance")];
const USERS = [user("ana"), user("bo"), user("cy", { active: false })];

function group(id: string, displayName: string) {
  return { id, displayName };
}

function user(id: string, more: object = {}) {
  return {
    id,
    userName: `${id}@Acme.com`,
    displayName: `Name ${id}`,
    active: true,
    emails: [{ value: `other-${id}@acme.com` }, { value: `${id}@acme.com`, primary: true }],
    ...more,
  };
}

function page(Resources: readonly unknown[], totalResults: number | undefined = Resources.length, more: object = {}) {
  return json({ schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], totalResults, Resources, ...more });
}

/** Pages by index, at most `most` rows each, whatever is asked for. */
function indexed(rows: readonly unknown[], most: number, total = rows.length): Route {
  return (_, query) => {
    const start = Number(query.get("startIndex") ?? 1) - 1;
    return page(rows.slice(start, start + Math.min(most, Number(query.get("count") ?? most))), total);
  };
}

function members(...ids: readonly (string | object)[]): Route {
  return (request) => {
    const id = request.url.split("/").at(-1) ?? "";
    return json({
      id,
      displayName: id,
      members: ids.map((member) => (typeof member === "string" ? { value: member, type: "User" } : member)),
    });
  };
}

function open(table: Record<string, Route>, more: Partial<DirectoryConfig> = {}) {
  const usual: Record<string, Route> = {
    "GET /v2/ServiceProviderConfig": json({ filter: { supported: true, maxResults: 500 } }),
    "GET /v2/Groups": page(GROUPS),
    "GET /v2/Users": page(USERS),
    "GET /v2/Groups/*": members("ana", "cy"),
  };
  // The first route that fits answers, so those of the test come first.
  const world = routes({ ...table, ...Object.fromEntries(Object.entries(usual).filter(([key]) => !(key in table))) });
  const config: DirectoryConfig = {
    name: "hr",
    span: SPAN,
    type: "scim",
    url: "https://scim.example.com/v2/",
    claim: "name",
    ...more,
  };
  const connector = openDirectory(config, world.http);
  const read = (query: Partial<DirectoryQuery> = {}) =>
    connector.readDirectory({ names: [], ids: [], ...query }, CONTEXT);
  const asked = () => world.sent.map(({ url }) => decodeURIComponent(url.slice("https://scim.example.com".length)));
  return { ...world, read, asked };
}

describe("reading", () => {
  test("lists groups without members, and members of queried groups only", async () => {
    const { read, asked, sent } = open({}, { groups: "dd-*" });
    const { groups, members: people, filter, cursor } = await read({ names: ["dd-sre"] });
    expect(groups).toMatchObject({ state: "known", complete: true, source: "hr" });
    expect(keysOf(groups)).toEqual(["g1", "g2"]);
    expect([filter, cursor]).toEqual(["dd-*", undefined]);
    expect([...people.keys()]).toEqual(["g1"]);
    expect(itemOf(people.get("g1"), "ana")).toEqual({
      id: "ana",
      login: "ana@acme.com",
      email: "ana@acme.com",
      name: "Name ana",
      state: "active",
    });
    expect(itemOf(people.get("g1"), "cy")?.state).toBe("deactivated");
    expect(asked()).toEqual([
      "/v2/ServiceProviderConfig",
      "/v2/Groups?count=200&excludedAttributes=members",
      "/v2/Groups?count=200&excludedAttributes=members&startIndex=5",
      "/v2/Users?count=200&attributes=id,userName,displayName,name,emails,active,groups",
      "/v2/Groups/g1",
    ]);
    expect(sent.every(({ method, credential }) => method === "GET" && credential?.scheme === "bearer")).toBe(true);
  });

  test("names outside the pattern come from the same list, exactly; ids one by one", async () => {
    const { read } = open(
      { "GET /v2/Groups/g99": json({ detail: "not found" }, 404), "GET /v2/Groups/g98": text("", 500) },
      { groups: "dd-*" },
    );
    const { named } = await read({ names: ["finance", "gone"], ids: ["g3", "g99", "g98"] });
    expect(keysOf(named.get("finance"))).toEqual(["g3"]);
    expect(named.get("gone")).toMatchObject({ complete: true });
    expect(keysOf(named.get("gone"))).toEqual([]);
    expect(keysOf(named.get("g3"))).toEqual(["g3"]);
    expect(named.get("g99")).toMatchObject({ complete: true });
    expect(named.get("g98")).toMatchObject({ state: "unknown" });
  });

  test("when the list is not whole a filter is asked, in canonical case, as JSON, and its answer compared", async () => {
    const lists: Route = (_, query) => (query.has("filter") ? page(GROUPS) : page(GROUPS.slice(0, 1), 9));
    const { read, asked } = open({ "GET /v2/Groups": lists }, { groups: "dd-*" });
    const { named } = await read({ names: ["finance", 'a"b\\c'] });
    expect(keysOf(named.get("finance"))).toEqual(["g3"]);
    expect(keysOf(named.get('a"b\\c'))).toEqual([]);
    expect(asked().some((url) => url.includes('filter=displayName eq "a\\"b\\\\c"'))).toBe(true);
  });

  test("attribute names are the same in any case, booleans and numbers may be texts", async () => {
    const { groups, members: people } = await open({
      "GET /v2/Groups": json({ TOTALRESULTS: "1", resources: [{ ID: "g1", DisplayName: "dd-sre" }] }),
      "GET /v2/Groups/*": json({ Id: "g1", Members: [{ Value: "ana", TYPE: "user" }] }),
      "GET /v2/Users": page([{ ID: "ana", USERNAME: "Ana@acme.com", ACTIVE: "False" }]),
    }).read({ names: ["dd-sre"] });
    expect(groups).toMatchObject({ complete: true });
    expect(itemOf(people.get("g1"), "ana")).toMatchObject({ login: "ana@acme.com", state: "deactivated" });
  });

  test("several groups may have one name", async () => {
    const { groups } = await open({ "GET /v2/Groups": page([group("a", "twin"), group("b", "twin")]) }).read();
    expect(keysOf(groups)).toEqual(["a", "b"]);
  });
});

describe("pages", () => {
  test("by index go on after what arrived, not after what was asked for", async () => {
    const { read, asked } = open({ "GET /v2/Groups": indexed(GROUPS, 3) });
    expect((await read()).groups).toMatchObject({ complete: true });
    expect(asked().slice(-2)).toEqual([
      "/v2/Groups?count=200&excludedAttributes=members&startIndex=4",
      "/v2/Groups?count=200&excludedAttributes=members&startIndex=5",
    ]);
  });

  test.each<[string, Route, boolean]>([
    ["nothing", page([], 4), true],
    ["an error", json({ detail: "no such page" }, 400), true],
    ["rows it sent before", page(GROUPS.slice(2), 4), true],
    ["one row more", page([group("g5", "dd-late")], 4), false],
  ])("by index are asked for the row behind the last, and %s tells whether that was all", async (_, answer, isAll) => {
    const rows: Route = (request, query) => {
      if (!query.has("startIndex")) return page(GROUPS);
      return typeof answer === "function" ? answer(request, query) : answer;
    };
    const { read } = open({ "GET /v2/Groups": rows });
    const { groups } = await read();
    expect(groups).toMatchObject({ complete: isAll });
    expect(keysOf(groups)).toEqual(["g1", "g2", "g3", "g4"]);
    if (!isAll) expect(groups).toMatchObject({ gap: { message: "hr states 4 groups and has more" } });
  });

  test("by cursor are followed though nobody asked for one, with everything else as it was", async () => {
    const byCursor: Route = (_, query) =>
      query.get("cursor") === "c+/="
        ? json({ Resources: GROUPS.slice(2) })
        : json({ Resources: GROUPS.slice(0, 2), nextCursor: "c+/=" });
    const { read, sent } = open({ "GET /v2/Groups": byCursor });
    const { groups } = await read();
    expect(groups).toMatchObject({ complete: true });
    expect(keysOf(groups)).toEqual(["g1", "g2", "g3", "g4"]);
    expect(sent.at(-1)?.url).toMatch(/Groups\?count=200&excludedAttributes=members&cursor=c%2B%2F%3D$/);
  });

  test("what the service says of itself narrows them", async () => {
    const config = json({ filter: { maxResults: "50" }, pagination: { maxPageSize: 20 } });
    const { read, asked } = open({ "GET /v2/ServiceProviderConfig": config });
    await read();
    expect(asked().at(-1)).toMatch(/count=20&/);
    const silent = open({ "GET /v2/ServiceProviderConfig": text("<html>", 404) });
    expect((await silent.read()).groups).toMatchObject({ complete: true });
  });

  test.each<[string, Route, RegExp]>([
    ["a total above the distinct rows", page([...GROUPS, ...GROUPS], 8), /states 8 groups and listed 4/],
    ["a page that repeats", page(GROUPS, 100), /leads back to a page already read/],
    ["no total", json({ Resources: GROUPS }), /does not state how many/],
    ["a later page that fails", (_, query) => (query.has("startIndex") ? text("", 500) : page(GROUPS, 9)), /500/],
    [
      "a cursor that expired",
      (_, query) =>
        query.has("cursor")
          ? json({ scimType: "expiredCursor", detail: "expired" }, 400)
          : json({ Resources: GROUPS, nextCursor: "x" }),
      /expired/,
    ],
    ["a cursor that comes back", json({ Resources: GROUPS, nextCursor: "same" }), /leads back/],
    [
      "a row without a name",
      page([...GROUPS, { id: "g9", displayName: null }]),
      /lack an id or another required field/,
    ],
  ])("%s leaves the list open", async (_, answer, message) => {
    const { groups } = await open({ "GET /v2/Groups": answer }).read();
    expect(groups).toMatchObject({ state: "known", complete: false });
    expect(groups.state === "known" ? groups.gap?.message : "").toMatch(message);
  });

  test("a list that moved while it was read is read once more", async () => {
    let asked = 0;
    const { groups } = await open({
      "GET /v2/Groups": () => (asked++ === 0 ? page(GROUPS.slice(0, 3), 3.5 as number) : page(GROUPS)),
    }).read();
    expect(groups).toMatchObject({ complete: true });
  });
});

describe("nothing is concluded from less than everything", () => {
  test.each([
    [401, "denied"],
    [403, "denied"],
    [404, "unreachable"],
    [429, "throttled"],
    [503, "unreachable"],
  ] as const)("%i leaves everything unknown", async (status, kind) => {
    const { groups, members: people } = await open({ "GET /v2/Groups": text("", status) }).read({ names: ["dd-sre"] });
    expect(groups).toMatchObject({ state: "unknown", why: { kind, system: "hr" } });
    expect(people.size).toBe(0);
  });

  test("a service that has no such list has another address", async () => {
    const { groups } = await open({ "GET /v2/Groups": json({ detail: "Not found" }, 404) }).read();
    const message = expect.stringMatching(/404: Not found; compare `url` in accessmap\.yaml/);
    expect(groups).toMatchObject({ state: "unknown", why: { kind: "rejected", message } });
  });

  test("a page for people instead of a list is malformed", async () => {
    for (const answer of [text("<html>", 200, { "content-type": "text/html" }), json({}), json([])])
      expect((await open({ "GET /v2/Groups": answer }).read()).groups).toMatchObject({ why: { kind: "malformed" } });
  });

  test("an empty list where there was something is believed the second time", async () => {
    let rows: readonly object[] = GROUPS;
    const { read, clock } = open({ "GET /v2/Groups": () => page(rows) });
    const previous = await read();
    rows = [];
    const next = await read({ previous });
    expect(next.groups).toMatchObject({ state: "unknown", why: { kind: "incomplete" } });
    clock.now += CONFIRM_AFTER_MS;
    expect((await read({ previous: { ...next, groups: previous.groups } })).groups).toMatchObject({ complete: true });
  });

  test("an address that is none is refused before anything is sent", async () => {
    const { read, sent } = open({}, { url: "scim.example.com" });
    expect((await read()).groups).toMatchObject({ why: { kind: "refused" } });
    expect(sent).toEqual([]);
  });
});

describe("members", () => {
  const untold: Route = (request) => json({ id: request.url.split("/").at(-1), displayName: "x" });

  test("empty is empty, and no list of users is not", async () => {
    const empty = await open({ "GET /v2/Groups/*": members() }).read({ names: ["dd-sre"] });
    expect(empty.members.get("g1")).toMatchObject({ state: "known", complete: true });
    const noUsers = await open({ "GET /v2/Users": text("", 403) }).read({ names: ["dd-sre"] });
    expect(noUsers.members.get("g1")).toMatchObject({ state: "unknown", why: { kind: "denied" } });
    const someUsers = await open({ "GET /v2/Users": page(USERS, 9) }).read({ names: ["dd-sre"] });
    expect(someUsers.members.get("g1")).toMatchObject({ state: "known", complete: false });
  });

  test.each([null, 7, "ana", true])("that are no list (%j) are not nobody", async (none) => {
    const odd = json({ id: "g1", displayName: "dd-sre", members: none });
    const { members: read } = await open({ "GET /v2/Groups/*": odd, "GET /v2/Groups": page(GROUPS) }).read({
      names: ["dd-sre"],
    });
    expect(read.get("g1")).toMatchObject({ state: "unknown" });
  });

  test.each([[["g1"]], [[{ display: "dd-sre" }]]])(
    "who name their groups without ids (%j) may be in any",
    async (groups) => {
      const people = page([user("ana", { groups: [{ value: "g1" }] }), user("bo", { groups })]);
      const { members: read } = await open({ "GET /v2/Groups/*": untold, "GET /v2/Users": people }).read({
        names: ["dd-sre", "dd-dev"],
      });
      expect(keysOf(read.get("g1"))).toEqual(["ana"]);
      for (const id of ["g1", "g2"])
        expect(read.get(id)).toMatchObject({ complete: false, gap: { kind: "incomplete" } });
    },
  );

  test.each<[string, Record<string, Route>]>([
    ["its people's rows", { "GET /v2/Users": page([user("ana"), user("bo", { groups: [{ value: "g2" }] })]) }],
    [
      "a question for each person",
      {
        "GET /v2/Groups": (_, query) =>
          page(query.get("filter")?.includes('"bo"') ? [GROUPS[1]] : query.has("filter") ? [] : GROUPS),
      },
    ],
  ])("a group inside that does not tell is understood through %s, beside those who are told", async (_, table) => {
    const { members: people } = await open({
      ...table,
      "GET /v2/Groups/g1": members("ana", { value: "g2", type: "Group" }),
      "GET /v2/Groups/g2": untold,
    }).read({ names: ["dd-sre"] });
    expect(people.get("g1")).toMatchObject({ state: "known", complete: true });
    expect(keysOf(people.get("g1"))).toEqual(["ana", "bo"]);
  });

  test("groups inside groups are walked, each once", async () => {
    const inside: Record<string, Route> = {
      "GET /v2/Groups/g1": members("ana", { value: "g2", type: "Group" }),
      "GET /v2/Groups/g2": members({ value: "g3", $ref: "https://scim.example.com/v2/Groups/g3" }),
      "GET /v2/Groups/g3": members({ value: "bo" }, { value: "g1" }),
    };
    const { read, asked } = open(inside);
    expect(keysOf((await read({ names: ["dd-sre"] })).members.get("g1"))).toEqual(["ana", "bo"]);
    expect(asked().filter((url) => /Groups\/g\d$/.test(url))).toHaveLength(3);
    const broken = await open({ ...inside, "GET /v2/Groups/g3": text("", 500) }).read({ names: ["dd-sre"] });
    expect(broken.members.get("g1")).toMatchObject({ state: "unknown", why: { kind: "unreachable" } });
  });

  test("a member who is not among the users is a gap", async () => {
    const { members: people } = await open({ "GET /v2/Groups/*": members("ana", "ghost") }).read({ names: ["dd-sre"] });
    expect(people.get("g1")).toMatchObject({ complete: false, gap: { message: /1 members of dd-sre are not among/ } });
  });

  test("a group that does not tell is answered by its people's rows", async () => {
    const rows = [user("ana", { groups: [{ value: "g1" }] }), user("bo", { groups: [{ value: "g2" }] }), user("cy")];
    const { members: people } = await open({ "GET /v2/Groups/*": untold, "GET /v2/Users": page(rows) }).read({
      names: ["dd-sre", "finance"],
    });
    expect(keysOf(people.get("g1"))).toEqual(["ana"]);
    expect(people.get("g3")).toMatchObject({ complete: true });
  });

  test("else by asking for each person, once for all groups", async () => {
    const byMember: Route = (_, query) => {
      const id = /^members\.value eq "(.*)"$/.exec(query.get("filter") ?? "")?.[1];
      if (id === undefined) return page(GROUPS);
      return page(id === "ana" ? [GROUPS[0], GROUPS[1]] : id === "bo" ? [GROUPS[1]] : []);
    };
    const { read, asked } = open({ "GET /v2/Groups/*": untold, "GET /v2/Groups": byMember });
    const { members: people } = await read({ names: ["dd-sre", "dd-dev", "finance"] });
    expect(keysOf(people.get("g1"))).toEqual(["ana"]);
    expect(keysOf(people.get("g2"))).toEqual(["ana", "bo"]);
    expect(people.get("g3")).toMatchObject({ complete: true });
    expect(asked().filter((url) => url.includes("members.value"))).toHaveLength(4);
  });

  test.each<[string, Route]>([
    ["disregards it", page(GROUPS)],
    ["finds nobody", (_, query) => (query.has("filter") ? page([]) : page(GROUPS))],
    ["rejects it", (_, query) => (query.has("filter") ? json({ scimType: "invalidFilter" }, 400) : page(GROUPS))],
  ])("a service that does not know the filter and %s leaves them unknown, never empty", async (_, answer) => {
    const { members: people } = await open({ "GET /v2/Groups/*": untold, "GET /v2/Groups": answer }).read({
      names: ["dd-sre"],
    });
    expect(people.get("g1")).toMatchObject({ state: "unknown", why: { message: /does not tell who is in dd-sre/ } });
  });

  test("a service that says it cannot filter is not asked", async () => {
    const { read, asked } = open({
      "GET /v2/ServiceProviderConfig": json({ filter: { supported: false } }),
      "GET /v2/Groups/*": untold,
    });
    expect((await read({ names: ["dd-sre"] })).members.get("g1")).toMatchObject({ state: "unknown" });
    expect(asked().some((url) => url.includes("filter="))).toBe(false);
  });
});

test("a user without `active` is of unknown state, and a member's kind comes from its type or address", () => {
  expect(toPerson({ id: "a", userName: "a" })?.state).toBe("unknown");
  expect(toPerson({ id: "a" })).toBeUndefined();
  expect(toMember({ value: "a", $ref: "../Users/a" })).toEqual({ id: "a", kind: "user" });
  expect(toMember({ $ref: "https://x.example/Users/scim/Groups/a%20b" })).toEqual({ id: "a b", kind: "group" });
  expect(toMember({ $ref: "../Users/a" })).toEqual({ id: "a", kind: "user" });
  expect(toMember({ $ref: "https://x.example/else/a" })).toBeUndefined();
  expect(toMember({ value: "a" })).toEqual({ id: "a", kind: "unknown" });
  expect(toMember({ display: "a" })).toBeUndefined();
});
