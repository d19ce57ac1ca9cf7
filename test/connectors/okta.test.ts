/** Okta: what is asked, what is concluded, and what is not concluded when something is missing. */

import { describe, expect, test } from "vitest";
import { toSearch } from "../../server/src/connectors/okta/api.ts";
import { toGroup, toPrincipal } from "../../server/src/connectors/okta/convert.ts";
import { openDirectory } from "../../server/src/connectors/registry.ts";
import { CONFIRM_AFTER_MS } from "../../server/src/connectors/suspicion.ts";
import { resolveGroup } from "../../server/src/core/analysis/resolve.ts";
import type { DirectoryQuery } from "../../server/src/core/sync/connector.ts";
import { json, type Reply, text } from "../http/support.ts";
import { CONTEXT, itemOf, keysOf, oktaConfig, type Route, routes } from "./support.ts";

interface Row {
  readonly id: string;
  readonly profile: { readonly name: string };
}

function group(id: string, name: string, usersCount?: number, type = "OKTA_GROUP") {
  return {
    id,
    type,
    profile: { name, description: null },
    ...(usersCount !== undefined && { _embedded: { stats: { usersCount } } }),
  };
}

function user(id: string, status = "ACTIVE") {
  return { id, status, profile: { login: `${id}@Acme.com`, email: `${id}@acme.com`, firstName: "A", lastName: id } };
}

const GROUPS = [
  group("g1", "dd-sre", 2),
  group("g2", "dd-dev", 1),
  group("g3", "finance", 1),
  group("g4", "Finance", 1),
  group("g5", "Everyone", 3, "BUILT_IN"),
];

/** `GET /groups` as Okta evaluates `search` and `filter`. */
function listGroups(groups: readonly Row[]): Route {
  return (_, query) => {
    const search = query.get("search") ?? query.get("filter") ?? "";
    const wanted = [...search.matchAll(/(profile\.name|id) (eq|sw|co) "([^"]*)"/g)];
    const matches = ({ id, profile }: Row) =>
      wanted.some(([, field, operator, value = ""]) => {
        const text = (field === "id" ? id : profile.name).toLowerCase();
        const asked = value.toLowerCase();
        return operator === "eq" ? text === asked : operator === "sw" ? text.startsWith(asked) : text.includes(asked);
      });
    return json(search === "" ? groups : groups.filter(matches));
  };
}

function read(table: Record<string, Route>, query: Partial<DirectoryQuery> = {}, groups?: string) {
  const world = routes({
    "GET /api/v1/groups": listGroups(GROUPS),
    "GET /api/v1/groups/*/users": json([user("ana"), user("bo")]),
    ...table,
  });
  return {
    ...world,
    inventory: openDirectory(oktaConfig(groups), world.http).readDirectory({ names: [], ids: [], ...query }, CONTEXT),
  };
}

test("a pattern becomes the narrowest question Okta understands", () => {
  const cases: [string | undefined, string | undefined][] = [
    [undefined, undefined],
    ["dd-*", 'profile.name sw "dd-"'],
    ["dd-sre", 'profile.name eq "dd-sre"'],
    ["*sre*", 'profile.name co "sre"'],
    ["*-ro", undefined],
    ["{dd,ops}-*", undefined],
    ['a"b*', 'profile.name sw "a\\"b"'],
    ["dd-@(a|b)", 'profile.name sw "dd-"'],
    ["!dd-*", undefined],
  ];
  for (const [glob, search] of cases) expect(toSearch(glob), glob).toBe(search);
});

describe("reading", () => {
  test("lists what the pattern allows, and reads members of queried groups only", async () => {
    const { inventory, sent } = read({}, { names: ["dd-sre"] }, "dd-*");
    const { groups, members, filter } = await inventory;
    expect(groups).toMatchObject({ state: "known", complete: true, source: "okta" });
    expect(keysOf(groups)).toEqual(["g1", "g2"]);
    expect([...members.keys()]).toEqual(["g1"]);
    expect(itemOf(members.get("g1"), "ana")).toEqual({
      id: "ana",
      login: "ana@acme.com",
      email: "ana@acme.com",
      name: "A ana",
      state: "active",
    });
    expect(filter).toBe("dd-*");
    expect(sent.every(({ method, credential }) => method === "GET" && credential?.use === "read")).toBe(true);
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
      "/api/v1/groups",
      "/api/v1/groups/rules",
      "/api/v1/groups/g1/users",
    ]);
    expect(new URL(sent[0]?.url ?? "").searchParams.get("limit")).toBe("200");
  });

  test("looks up a name in every encoding of its accents", async () => {
    const [composed, decomposed] = ["caf\u00e9", "cafe\u0301"];
    const groups: Route = (_, query) =>
      json(query.get("search")?.includes(decomposed) ? [group("g9", decomposed)] : []);
    const { inventory } = read({ "GET /api/v1/groups": groups }, { names: [composed] }, "dd-*");
    expect(keysOf((await inventory).named.get(composed))).toEqual(["g9"]);
    const found = resolveGroup(await inventory, { by: "name", text: composed, span: { start: 0, end: 0 } }, "okta");
    expect(found).toMatchObject({ answer: "present", item: { name: decomposed } });
    const listed = await read({ "GET /api/v1/groups": json([group("g9", decomposed)]) }, { names: [composed] })
      .inventory;
    expect([...listed.members.keys()]).toEqual(["g9"]);
  });

  test("looks up names outside the pattern, exactly", async () => {
    const { named, members } = await read({}, { names: ["finance", "gone", "dd-sre"] }, "dd-*").inventory;
    expect(keysOf(named.get("finance"))).toEqual(["g3"]);
    expect(named.get("gone")).toMatchObject({ state: "known", complete: true });
    expect(keysOf(named.get("gone"))).toEqual([]);
    expect(named.has("dd-sre")).toBe(false);
    expect([...members.keys()].sort()).toEqual(["g1", "g3"]);
  });

  test("a name may stand for several groups", async () => {
    const twins = [group("g6", "twin"), group("g7", "twin")];
    const { named } = await read({ "GET /api/v1/groups": listGroups(twins) }, { names: ["twin"] }, "dd-*").inventory;
    expect(keysOf(named.get("twin"))).toEqual(["g6", "g7"]);
  });

  test("looks up ids in one request, and an id that is gone is absent", async () => {
    const { inventory, sent } = read({}, { ids: ["g3", "g99"] }, "dd-*");
    const { named, members } = await inventory;
    expect(keysOf(named.get("g3"))).toEqual(["g3"]);
    expect(named.get("g99")).toMatchObject({ complete: true });
    expect(keysOf(named.get("g99"))).toEqual([]);
    expect([...members.keys()]).toEqual(["g3"]);
    expect(sent.filter(({ url }) => url.includes("filter="))).toHaveLength(1);
  });

  test("follows every page", async () => {
    const next = '<https://acme.okta.com/api/v1/groups?after=1>; rel="next"';
    const paged: Route = (_, query) =>
      query.has("after") ? json([GROUPS[1]]) : json([GROUPS[0]], 200, { link: next });
    expect(keysOf((await read({ "GET /api/v1/groups": paged }).inventory).groups)).toEqual(["g1", "g2"]);
  });
});

describe("nothing is concluded from less than everything", () => {
  test.each([
    [401, "denied"],
    [403, "denied"],
    [500, "unreachable"],
    [429, "throttled"],
  ] as const)("%i leaves everything unknown", async (status, kind) => {
    const { inventory, sent } = read({ "GET /api/v1/groups": text("", status) }, { names: ["finance"] }, "dd-*");
    const { groups, named, members } = await inventory;
    expect(groups).toMatchObject({ state: "unknown", why: { kind, system: "okta" } });
    expect(named.get("finance")).toMatchObject({ state: "unknown", why: { kind } });
    expect(members.size).toBe(0);
    if (kind === "denied") expect(sent).toHaveLength(1);
  });

  test("a failed later page keeps the groups and proves no absence", async () => {
    const next = '<https://acme.okta.com/api/v1/groups?after=1>; rel="next"';
    const paged: Route = (_, query) => (query.has("after") ? text("", 500) : json([GROUPS[0]], 200, { link: next }));
    const { groups } = await read({ "GET /api/v1/groups": paged }).inventory;
    expect(groups).toMatchObject({ state: "known", complete: false, gap: { kind: "unreachable" } });
    expect(keysOf(groups)).toEqual(["g1"]);
  });

  test("a page that comes again under another address ends the list, and leaves it open", async () => {
    let page = 0;
    const again: Route = () =>
      json(GROUPS, 200, { link: `<https://acme.okta.com/api/v1/groups?after=${++page}>; rel="next"` });
    const { groups } = await read({ "GET /api/v1/groups": again }).inventory;
    expect(groups).toMatchObject({ complete: false, gap: { kind: "incomplete", message: /leads back/ } });
  });

  test("groups that were not asked for say nothing about the one that was", async () => {
    const { named } = await read({ "GET /api/v1/groups": json([GROUPS[0]]) }, { ids: ["00gOther"] }, "none-*")
      .inventory;
    expect(named.get("00gOther")).toMatchObject({ complete: false, gap: { kind: "malformed" } });
  });

  test("a row without id is a gap", async () => {
    const { groups } = await read({ "GET /api/v1/groups": json([GROUPS[0], { profile: { name: "x" } }, null]) })
      .inventory;
    expect(groups).toMatchObject({ complete: false, gap: { kind: "malformed" } });
    expect(keysOf(groups)).toEqual(["g1"]);
  });

  test("a member with a field of another type is a gap, not an exception", async () => {
    const odd = { id: "x", status: 7, profile: { login: "x", email: 7 } };
    const { members } = await read({ "GET /api/v1/groups/*/users": json([user("ana"), odd]) }, { names: ["dd-sre"] })
      .inventory;
    expect(members.get("g1")).toMatchObject({ state: "known", complete: false, gap: { kind: "malformed" } });
    expect(keysOf(members.get("g1"))).toEqual(["ana"]);
  });

  test("an object instead of a list, or a web page, is malformed", async () => {
    for (const answer of [json({ groups: [] }), text("<html>", 200, { "content-type": "text/html" }), text("")])
      expect((await read({ "GET /api/v1/groups": answer }).inventory).groups).toMatchObject({
        why: { kind: "malformed" },
      });
  });

  test("members that wildly contradict the group's own count are doubted", async () => {
    const count = (usersCount: number, listed: number) =>
      read(
        {
          "GET /api/v1/groups": json([group("g1", "dd-sre", usersCount)]),
          "GET /api/v1/groups/*/users": json(Array.from({ length: listed }, (_, index) => user(`u${index}`))),
        },
        { names: ["dd-sre"] },
      ).inventory.then(({ members }) => members.get("g1"));
    expect(await count(3, 0)).toMatchObject({
      state: "unknown",
      why: { message: "okta counts 3 members of dd-sre and listed 0" },
    });
    expect(await count(400, 3)).toMatchObject({ state: "known", complete: false });
    expect(await count(20, 12)).toMatchObject({ complete: true });
    expect(await count(0, 0)).toMatchObject({ complete: true });
    expect(await count(2, 5)).toMatchObject({ complete: true });
  });

  test("cancelling ends in unknown, not in an exception", async () => {
    const world = routes({});
    const inventory = await openDirectory(oktaConfig(), world.http).readDirectory(
      { names: ["x"], ids: [] },
      { signal: AbortSignal.abort() },
    );
    expect(inventory.groups).toMatchObject({ why: { kind: "cancelled" } });
    expect(world.sent).toEqual([]);
  });

  test("a domain that is no host is refused before anything is sent", async () => {
    const world = routes({});
    const config = { ...oktaConfig(), domain: "acme.okta.com/evil" };
    expect(
      (await openDirectory(config, world.http).readDirectory({ names: [], ids: [] }, CONTEXT)).groups,
    ).toMatchObject({ why: { kind: "refused" } });
    expect(world.sent).toEqual([]);
  });
});

test("a group that an active rule feeds is dynamic, and shows the rule; without the answer it is not known to be", async () => {
  const rule = (id: string, status: string, groupIds: unknown) => ({
    id,
    status,
    conditions: { expression: { value: `user.${id} == "x"`, type: "urn:okta:expression:1.0" } },
    actions: { assignUserToGroups: { groupIds } },
  });
  const rules = json([
    rule("r1", "ACTIVE", ["g1", "g5"]),
    rule("r2", "INACTIVE", ["g2"]),
    rule("r4", "ACTIVE", ["g1"]),
    rule("r3", "ACTIVE", null),
    null,
  ]);
  const { groups } = await read({ "GET /api/v1/groups/rules": rules }).inventory;
  expect(["g1", "g2"].map((id) => itemOf(groups, id)?.rule)).toEqual(['user.r1 == "x"\nuser.r4 == "x"', undefined]);
  const kinds = async (answer: Route) => {
    const { groups } = await read({ "GET /api/v1/groups/rules": answer }).inventory;
    return ["g1", "g2", "g5"].map((id) => itemOf(groups, id)?.kind);
  };
  expect(await kinds(rules)).toEqual(["dynamic", "static", "everyone"]);
  expect(await kinds(text("", 403))).toEqual(["static", "static", "everyone"]);
});

test("an empty listing where there was something is not believed at once", async () => {
  let rows = GROUPS;
  const world = routes({ "GET /api/v1/groups": () => json(rows) });
  const connector = openDirectory(oktaConfig(), world.http);
  const previous = await connector.readDirectory({ names: [], ids: [] }, CONTEXT);
  rows = [];
  const next = await connector.readDirectory({ names: [], ids: [], previous }, CONTEXT);
  expect(next.groups).toMatchObject({ state: "unknown", why: { kind: "incomplete" } });
  world.clock.now += CONFIRM_AFTER_MS;
  const later = await connector.readDirectory(
    { names: [], ids: [], previous: { ...next, groups: previous.groups } },
    CONTEXT,
  );
  expect(later.groups).toMatchObject({ state: "known", complete: true });
});

test("a look-up that finds nothing where it found something is not believed at once", async () => {
  let rows: readonly Row[] = GROUPS;
  const world = routes({
    "GET /api/v1/groups": (request, query) =>
      (listGroups(rows) as (r: typeof request, q: URLSearchParams) => Reply)(request, query),
  });
  const connector = openDirectory(oktaConfig("dd-*"), world.http);
  const previous = await connector.readDirectory({ names: ["finance"], ids: [] }, CONTEXT);
  expect(keysOf(previous.named.get("finance"))).toEqual(["g3"]);
  rows = GROUPS.slice(0, 2);
  const next = await connector.readDirectory({ names: ["finance", "never"], ids: [], previous }, CONTEXT);
  expect(next.named.get("finance")).toMatchObject({ state: "unknown", why: { kind: "incomplete" } });
  expect(next.named.get("never")).toMatchObject({ state: "known", complete: true });
  world.clock.now += CONFIRM_AFTER_MS;
  const before = { ...next, named: previous.named };
  const later = await connector.readDirectory({ names: ["finance"], ids: [], previous: before }, CONTEXT);
  expect(later.named.get("finance")).toMatchObject({ state: "known", complete: true });
});

describe("going on from an earlier read", () => {
  interface World {
    groups: readonly Row[];
    changed: readonly Row[];
    people: Reply;
    /** Groups are asked for by id and the answer is empty, though they are there. */
    emptyLookups?: boolean;
  }

  /** A first read of `dd-*`, then changes in the organization, then a second read. */
  async function twice(change: (world: World) => void, glob = "dd-*", names = ["dd-sre", "dd-dev", "finance"]) {
    const state: World = { groups: GROUPS, changed: [], people: json([]) };
    const world = routes({
      "GET /api/v1/groups": (request, query) =>
        query.get("filter")?.startsWith("lastUpdated")
          ? json(state.changed)
          : state.emptyLookups && query.get("filter")?.startsWith("id eq")
            ? json([])
            : (listGroups(state.groups) as (r: typeof request, q: URLSearchParams) => Reply)(request, query),
      "GET /api/v1/groups/*/users": json([user("ana"), user("bo")]),
      "GET /api/v1/users": () => state.people,
    });
    const connector = openDirectory(oktaConfig(glob), world.http);
    const previous = await connector.readDirectory({ names, ids: [] }, CONTEXT);
    change(state);
    world.clock.now += 3_600_000;
    const mark = world.sent.length;
    const next = await connector.readDirectory({ names, ids: [], previous, cursor: previous.cursor ?? "" }, CONTEXT);
    const asked = world.sent
      .slice(mark)
      .map(({ url }) => decodeURIComponent(url.slice("https://acme.okta.com".length)));
    const membersAsked = asked.flatMap((url) => /groups\/(\w+)\/users/.exec(url)?.[1] ?? []);
    return { previous, next, asked, membersAsked };
  }

  test("asks for what changed, whatever its type, and keeps the rest", async () => {
    const { previous, next, asked, membersAsked } = await twice(() => {});
    expect(asked[0]).toContain(
      'filter=lastUpdated gt "2026-11-23T13:50:00.000Z" or lastMembershipUpdated gt "2026-11-23T13:50:00.000Z"',
    );
    expect(asked[0]).not.toContain("type eq");
    expect(membersAsked).toEqual([]);
    expect(next.members).toEqual(previous.members);
    expect(next.groups).toMatchObject({ complete: true, asOf: "2026-11-23T15:00:00.000Z" });
    expect(next.cursor).toBe("since 2026-11-23T15:00:00.000Z");
  });

  test("reads members again of groups that changed, and takes over new, renamed and lost ones", async () => {
    const { next, membersAsked } = await twice((world) => {
      const changed = [
        group("g1", "dd-sre", 2),
        group("g8", "dd-new", 0),
        group("g2", "ops-dev", 1),
        group("g3", "finance", 1),
      ];
      world.changed = changed;
      world.groups = [...changed, ...GROUPS.slice(3)];
    });
    expect(keysOf(next.groups)).toEqual(["g1", "g8"]);
    expect(membersAsked.sort()).toEqual(["g1", "g3"]);
  });

  test("finds that a group is gone, by its id", async () => {
    const { next, asked } = await twice((world) => {
      world.groups = GROUPS.filter(({ id }) => id !== "g1");
    });
    expect(asked.some((url) => url.includes('id eq "g1" or id eq "g2"'))).toBe(true);
    expect(keysOf(next.groups)).toEqual(["g2"]);
    expect(next.members.has("g1")).toBe(false);
  });

  test("people who changed are changed where they are kept", async () => {
    const { next, membersAsked } = await twice((world) => {
      world.people = json([user("bo", "DEPROVISIONED")]);
    });
    expect(membersAsked).toEqual([]);
    expect(itemOf(next.members.get("g1"), "bo")?.state).toBe("deactivated");
    expect(itemOf(next.members.get("g1"), "ana")?.state).toBe("active");
  });

  test("when changes of people cannot be had, what is kept proves nothing", async () => {
    const { next, previous } = await twice((world) => {
      world.people = text("", 403);
    });
    expect(next.members.get("g1")).toMatchObject({ state: "known", complete: false, gap: { kind: "denied" } });
    expect(next.cursor).toBe(previous.cursor);
  });

  test("a look-up that finds nothing is no proof that groups are gone: the whole listing is asked", async () => {
    const { next, previous, asked } = await twice((world) => {
      world.emptyLookups = true;
    });
    expect(keysOf(next.groups)).toEqual(keysOf(previous.groups));
    expect(asked.some((path) => path.includes("search="))).toBe(true);
  });

  test("a cursor that is none, or a pattern that changed, means everything again", async () => {
    const world = routes({
      "GET /api/v1/groups": listGroups(GROUPS),
      "GET /api/v1/groups/*/users": json([user("ana"), user("bo")]),
    });
    const previous = await openDirectory(oktaConfig("dd-*"), world.http).readDirectory({ names: [], ids: [] }, CONTEXT);
    for (const [glob, cursor] of [
      ["dd-*", "nonsense"],
      ["*", previous.cursor ?? ""],
    ] as const) {
      const mark = world.sent.length;
      await openDirectory(oktaConfig(glob), world.http).readDirectory(
        { names: ["dd-sre"], ids: [], previous, cursor },
        CONTEXT,
      );
      expect(world.sent.slice(mark).some(({ url }) => url.includes("lastUpdated"))).toBe(false);
      expect(world.sent.slice(mark).some(({ url }) => url.includes("g1/users"))).toBe(true);
    }
  });
});

describe("converting", () => {
  test.each([
    ["ACTIVE", "active"],
    ["LOCKED_OUT", "active"],
    ["PASSWORD_EXPIRED", "active"],
    ["RECOVERY", "active"],
    ["STAGED", "staged"],
    ["PROVISIONED", "staged"],
    ["SUSPENDED", "suspended"],
    ["DEPROVISIONED", "deactivated"],
    ["SOMETHING_NEW", "unknown"],
    ["constructor", "unknown"],
  ])("status %s is %s", (status, state) => expect(toPrincipal(user("ana", status))?.state).toBe(state));

  test.each([
    ["OKTA_GROUP", "dd", "static"],
    ["APP_GROUP", "dd", "app"],
    ["BUILT_IN", "Everyone", "everyone"],
    ["BUILT_IN", "Okta Administrators", "static"],
    ["OKTA_GROUP", "Everyone", "static"],
  ])("a %s named %s is %s", (type, name, kind) => expect(toGroup(group("g", name, 1, type))?.kind).toBe(kind));
});
