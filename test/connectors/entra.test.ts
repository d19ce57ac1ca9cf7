/** Entra ID: what is asked, what is concluded, what is not concluded, and how a later read goes on from an earlier one. */

import { describe, expect, test } from "vitest";
import { toFilter } from "../../server/src/connectors/entra/api.ts";
import { toGroup, toPrincipal } from "../../server/src/connectors/entra/convert.ts";
import { openDirectory } from "../../server/src/connectors/registry.ts";
import { CONFIRM_AFTER_MS } from "../../server/src/connectors/suspicion.ts";
import type { DirectoryInventory } from "../../server/src/core/model/directory.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import type { DirectoryQuery } from "../../server/src/core/sync/connector.ts";
import { readProject } from "../../server/src/core/syntax/readProject.ts";
import { json, text } from "../http/support.ts";
import { CONTEXT, itemOf, keysOf, type Route, routes, SPAN } from "./support.ts";

const GRAPH = "https://graph.microsoft.com/v1.0";

function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

const [SRE, DEV, FINANCE] = [guid(1), guid(2), guid(3)];

function group(id: string, displayName: string | null, more: object = {}) {
  return { id, displayName, description: null, groupTypes: [], visibility: null, onPremisesSyncEnabled: null, ...more };
}

function user(name: string, more: object = {}) {
  return {
    id: `id-${name}`,
    displayName: `Name ${name}`,
    userPrincipalName: `${name}@Acme.com`,
    mail: `${name}@acme.com`,
    accountEnabled: true,
    userType: "Member",
    externalUserState: null,
    ...more,
  };
}

function list(value: readonly unknown[], more: object = {}) {
  return json({ value, "@odata.count": value.length, ...more });
}

const GROUPS = [group(SRE, "dd-sre"), group(DEV, "dd-dev"), group(FINANCE, "finance")];

/** `GET /groups` as Graph evaluates `$filter`. */
const listGroups =
  (groups: readonly { displayName: string | null }[]): Route =>
  (_, query) => {
    const [, operator, value = ""] =
      /^(startswith\(displayName,|displayName eq )'(.*?)'\)?$/.exec(query.get("$filter") ?? "") ?? [];
    const names = (name: string | null) => (name ?? "").toLowerCase();
    const wanted = value.replaceAll("''", "'").toLowerCase();
    return list(
      groups.filter(({ displayName }) =>
        operator === undefined
          ? true
          : operator.startsWith("startswith")
            ? names(displayName).startsWith(wanted)
            : names(displayName) === wanted,
      ),
    );
  };

const MEMBERS = `GET /v1.0/groups/*/transitiveMembers/microsoft.graph.user`;

function config(more: Partial<DirectoryConfig> = {}): DirectoryConfig {
  return { name: "corp", span: SPAN, type: "entra", tenant: "t1", claim: "id", ...more };
}

function open(table: Record<string, Route>, more: Partial<DirectoryConfig> = {}) {
  const world = routes({
    "GET /v1.0/groups": listGroups(GROUPS),
    [MEMBERS]: list([user("ana"), user("bo")]),
    "GET /v1.0/groups/delta": json({ value: [], "@odata.deltaLink": `${GRAPH}/groups/delta?$deltatoken=g1` }),
    "GET /v1.0/users/delta": json({ value: [], "@odata.deltaLink": `${GRAPH}/users/delta?$deltatoken=u1` }),
    ...table,
  });
  const connector = openDirectory(config(more), world.http);
  const read = (query: Partial<DirectoryQuery> = {}): Promise<DirectoryInventory> =>
    connector.readDirectory({ names: [], ids: [], ...query }, CONTEXT);
  return { ...world, read };
}

test("a pattern becomes the narrowest question Graph understands", () => {
  const cases: [string | undefined, string | undefined][] = [
    [undefined, undefined],
    ["dd-*", "startswith(displayName,'dd-')"],
    ["dd-sre", "displayName eq 'dd-sre'"],
    ["o'brien*", "startswith(displayName,'o''brien')"],
    ["*sre*", undefined],
    ["{dd,ops}-*", undefined],
  ];
  for (const [glob, filter] of cases) expect(toFilter(glob), glob).toBe(filter);
});

describe("reading", () => {
  test("lists what the pattern allows, with the header and count on every page", async () => {
    const next = `${GRAPH}/groups?$skiptoken=abc%20d`;
    const paged: Route = (_, query) =>
      query.has("$skiptoken")
        ? json({ value: [GROUPS[1]] })
        : json({ value: [GROUPS[0]], "@odata.count": 2, "@odata.nextLink": next });
    const { read, sent } = open({ "GET /v1.0/groups": paged }, { groups: "dd-*" });
    const { groups, members, kind, filter } = await read({ names: ["dd-sre"] });
    expect([kind, filter]).toEqual(["entra", "dd-*"]);
    expect(groups).toMatchObject({ state: "known", complete: true, source: "corp" });
    expect(keysOf(groups)).toEqual([SRE, DEV]);
    expect([...members.keys()]).toEqual([SRE]);
    expect(itemOf(members.get(SRE), "id-ana")).toEqual({
      id: "id-ana",
      login: "ana@acme.com",
      email: "ana@acme.com",
      name: "Name ana",
      state: "active",
    });
    const lists = sent.filter(({ url }) => /\/groups\?|transitiveMembers/.test(url));
    expect(lists.map(({ headers }) => headers?.consistencylevel)).toEqual(["eventual", "eventual", "eventual"]);
    expect(sent[1]?.url).toBe(next);
    expect(new URL(lists[2]?.url ?? "").searchParams.get("$count")).toBe("true");
    expect(sent.every(({ method, credential }) => method === "GET" && credential?.use === "read")).toBe(true);
  });

  test("national clouds have hosts of their own", async () => {
    const { read, sent } = open({}, { cloud: "china" });
    await read();
    expect(sent[0]?.url).toMatch(/^https:\/\/microsoftgraph\.chinacloudapi\.cn\/v1\.0\/groups\?/);
  });

  test("names are not unique, and case counts", async () => {
    const twins = [group(guid(6), "twin"), group(guid(7), "twin"), group(guid(8), "Twin")];
    const { named } = await open({ "GET /v1.0/groups": listGroups(twins) }, { groups: "dd-*" }).read({
      names: ["twin", "gone"],
    });
    expect(keysOf(named.get("twin"))).toEqual([guid(6), guid(7)]);
    expect(named.get("gone")).toMatchObject({ state: "known", complete: true });
    expect(keysOf(named.get("gone"))).toEqual([]);
  });

  test("ids are looked up one by one: present, absent, impossible, unknown", async () => {
    const absent = json({ error: { code: "Request_ResourceNotFound", message: "Resource does not exist" } }, 404);
    const { read, sent } = open(
      {
        [`GET /v1.0/groups/${FINANCE}`]: json(GROUPS[2]),
        [`GET /v1.0/groups/${guid(9)}`]: absent,
        [`GET /v1.0/groups/${guid(10)}`]: json({ error: { code: "Authorization_RequestDenied" } }, 403),
        [`GET /v1.0/groups/${guid(11)}`]: text("<html>", 404, { "content-type": "text/html" }),
      },
      { groups: "dd-*" },
    );
    const { named } = await read({ ids: [FINANCE, guid(9), guid(10), guid(11), "no-id"] });
    expect(keysOf(named.get(FINANCE))).toEqual([FINANCE]);
    expect(named.get(guid(9))).toMatchObject({ complete: true });
    expect(named.get(guid(10))).toMatchObject({ state: "unknown", why: { kind: "denied" } });
    expect(named.get(guid(11))).toMatchObject({ state: "unknown" });
    expect(named.get("no-id")).toMatchObject({ complete: true });
    expect(sent.some(({ url }) => url.includes("no-id"))).toBe(false);
  });
});

describe("nothing is concluded from less than everything", () => {
  test.each([
    [401, "denied"],
    [403, "denied"],
    [500, "unreachable"],
    [429, "throttled"],
  ] as const)("%i leaves everything unknown", async (status, kind) => {
    const { read, sent } = open({ "GET /v1.0/groups": text("", status) }, { groups: "dd-*" });
    const { groups, named, members, cursor } = await read({ names: ["finance"] });
    expect(groups).toMatchObject({ state: "unknown", why: { kind, system: "corp" } });
    expect(named.get("finance")).toMatchObject({ state: "unknown", why: { kind } });
    expect([members.size, cursor]).toEqual([0, undefined]);
    if (kind === "denied") expect(sent).toHaveLength(1);
  });

  test("Retry-After may be a fraction of a second", async () => {
    let asked = 0;
    const { read, slept } = open({
      "GET /v1.0/groups": () => (asked++ === 0 ? text("", 429, { "retry-after": "2.128" }) : list(GROUPS)),
    });
    expect((await read()).groups).toMatchObject({ complete: true });
    expect(slept).toEqual([2128]);
  });

  test("a failed later page keeps the groups and proves no absence", async () => {
    const paged: Route = (_, query) =>
      query.has("$skiptoken")
        ? text("", 500)
        : json({ value: [GROUPS[0]], "@odata.count": 2, "@odata.nextLink": `${GRAPH}/groups?$skiptoken=2` });
    const { groups } = await open({ "GET /v1.0/groups": paged }).read();
    expect(groups).toMatchObject({ state: "known", complete: false, gap: { kind: "unreachable" } });
    expect(keysOf(groups)).toEqual([SRE]);
  });

  test("a list shorter than its count, a page that repeats, and a page on another host are gaps", async () => {
    const short = await open({ "GET /v1.0/groups": json({ value: GROUPS, "@odata.count": 4 }) }).read();
    expect(short.groups).toMatchObject({ gap: { message: "corp states 4 groups and listed 3" } });
    let page = 0;
    const again = (): Route => () => json({ value: GROUPS, "@odata.nextLink": `${GRAPH}/groups?$skiptoken=${++page}` });
    const round = await open({ "GET /v1.0/groups": again() }).read();
    expect(round.groups).toMatchObject({ gap: { kind: "incomplete", message: /leads back/ } });
    const foreign = open({
      "GET /v1.0/groups": json({ value: GROUPS, "@odata.nextLink": "https://evil.example/v1.0/groups?$skiptoken=1" }),
    });
    expect((await foreign.read()).groups).toMatchObject({ gap: { kind: "refused" } });
    expect(foreign.sent.some(({ url }) => url.includes("evil"))).toBe(false);
  });

  test("pages whose first one lacks the count that was asked for may have lacked their next one too", async () => {
    const paged: Route = (_, query) =>
      query.has("$skiptoken")
        ? json({ value: GROUPS.slice(1) })
        : json({ value: GROUPS.slice(0, 1), "@odata.nextLink": `${GRAPH}/groups?$skiptoken=2` });
    const { groups } = await open({ "GET /v1.0/groups": paged }).read();
    expect(groups).toMatchObject({
      state: "known",
      complete: false,
      gap: {
        kind: "incomplete",
        message: "corp listed 3 groups on several pages and does not say whether that is all",
      },
    });
  });

  test("a page that is no list is malformed", async () => {
    for (const answer of [json([]), json({ value: {} }), text("<html>", 200, { "content-type": "text/html" })])
      expect((await open({ "GET /v1.0/groups": answer }).read()).groups).toMatchObject({ why: { kind: "malformed" } });
    const { groups } = await open({ "GET /v1.0/groups": list([GROUPS[0], group(DEV, null), null]) }).read();
    expect(groups).toMatchObject({ complete: false, gap: { kind: "malformed" } });
  });

  test.each([
    [{ "@odata.nextLink": 7 }, "corp names a next page of groups that is no text"],
    [{ "@odata.nextLink": `${GRAPH}/users?$skiptoken=1` }, /names a page of another list/],
    [{ "@odata.count": "4" }, "corp states 4 groups and listed 3"],
  ])("a list that does not end as it should is not whole: %j", async (end, message) => {
    const { groups } = await open({ "GET /v1.0/groups": json({ value: GROUPS, ...end }) }).read();
    expect([groups].map((some) => ("why" in some ? some.why : some.gap))).toMatchObject([{ message }]);
  });

  test.each([[[null]], [[{ "@odata.type": "#microsoft.graph.group" }]], ["none"]])(
    "changes of nobody knows what are no changes, and no exception: %j",
    async (members) => {
      const changes = json({
        value: [{ id: SRE, "members@delta": members }],
        "@odata.deltaLink": `${GRAPH}/groups/delta?$deltatoken=g2`,
      });
      const { members: read, cursor } = await open({ "GET /v1.0/groups/delta": changes }).read({ names: ["dd-sre"] });
      expect([keysOf(read.get(SRE)), cursor]).toEqual([["id-ana", "id-bo"], undefined]);
    },
  );

  test("a guest without a mail address could be anybody", async () => {
    const guest = user("ana", {
      userType: "Guest",
      userPrincipalName: "ana_x.com#EXT#@acme.onmicrosoft.com",
      mail: null,
    });
    const { members } = await open({ [MEMBERS]: list([guest, user("bo")]) }).read({ names: ["dd-sre"] });
    expect(members.get(SRE)).toMatchObject({
      complete: false,
      gap: { message: /no mail address of 1 guest in dd-sre/ },
    });
  });

  test.each([
    ["HiddenMembership", /hides its members in corp \(HiddenMembership\), so/],
    ["", /tells no visibility of dd-sre that is known here, so its members may be hidden/],
    [7, /tells no visibility of dd-sre that is known here, so its members may be hidden/],
    [undefined, /tells no visibility of dd-sre that is known here, so its members may be hidden/],
  ])("members that are or may be hidden (%j) are unknown, and are not asked for", async (visibility, message) => {
    const { read, sent } = open({
      "GET /v1.0/groups": list([group(SRE, "dd-sre", { visibility })]),
      [MEMBERS]: list([]),
    });
    expect((await read({ names: ["dd-sre"] })).members.get(SRE)).toMatchObject({
      state: "unknown",
      why: { kind: "incomplete", message },
    });
    expect(sent.some(({ url }) => url.includes("transitiveMembers"))).toBe(false);
  });

  test("ids without names are people of unknown state in a list that is not whole", async () => {
    const bare = { id: "ID-x", displayName: null, userPrincipalName: null, mail: null, accountEnabled: null };
    const { members } = await open({ [MEMBERS]: list([user("ana"), bare]) }).read({ names: ["dd-sre"] });
    expect(members.get(SRE)).toMatchObject({
      complete: false,
      gap: { message: /tells ids and no names for 1 member / },
    });
    expect(itemOf(members.get(SRE), "ID-x")).toEqual({
      id: "ID-x",
      login: "id-x",
      email: "id-x",
      name: "ID-x",
      state: "unknown",
    });
  });

  test("an empty list where there was something is believed the second time, a minute later", async () => {
    let isEmpty = false;
    const { read, clock } = open({
      "GET /v1.0/groups": () => list(isEmpty ? [] : GROUPS),
      [MEMBERS]: () => list(isEmpty ? [] : [user("ana")]),
    });
    const before = await read({ names: ["dd-sre"] });
    isEmpty = true;
    const first = await read({ names: ["dd-sre"], previous: before });
    expect(first.groups).toMatchObject({
      state: "unknown",
      why: { kind: "incomplete", message: /no groups, where there were 3/ },
    });
    const kept = { ...first, groups: before.groups };
    clock.now += CONFIRM_AFTER_MS / 2;
    const soon = await read({ names: ["dd-sre"], previous: kept });
    expect(soon.groups.state).toBe("unknown");
    clock.now += CONFIRM_AFTER_MS / 2;
    const second = await read({ names: ["dd-sre"], previous: { ...soon, groups: before.groups } });
    expect(second.groups).toMatchObject({ state: "known", complete: true });
    expect(second.emptied).toBeUndefined();
  });

  test("so is a group that lost all its members", async () => {
    let people = [user("ana")];
    const { read, clock } = open({ [MEMBERS]: () => list(people) });
    const before = await read({ names: ["dd-sre"] });
    people = [];
    const first = await read({ names: ["dd-sre"], previous: before });
    expect(first.members.get(SRE)).toMatchObject({ state: "unknown", why: { kind: "incomplete" } });
    expect([...(first.emptied ?? [])].map(([key]) => key)).toEqual([SRE]);
    clock.now += CONFIRM_AFTER_MS;
    const second = await read({ names: ["dd-sre"], previous: { ...first, members: before.members } });
    expect(second.members.get(SRE)).toMatchObject({ state: "known", complete: true });
  });
});

describe("going on from an earlier read", () => {
  /** Two groups that are followed; `changes` is what the next delta answers tell. */
  async function followed(changes: { groups?: Route; users?: Route; first?: readonly object[] } = {}) {
    const delta = (name: string, token: string) => `${GRAPH}/${name}/delta?$deltatoken=${token}`;
    const none = (name: string) => json({ value: [], "@odata.deltaLink": delta(name, "next") });
    const world = open({
      "GET /v1.0/groups/delta": (request, query) =>
        query.has("$deltatoken")
          ? typeof changes.groups === "function"
            ? changes.groups(request, query)
            : (changes.groups ?? none("groups"))
          : json({ value: changes.first ?? [], "@odata.deltaLink": delta("groups", "g1") }),
      "GET /v1.0/users/delta": (request, query) =>
        query.get("$deltatoken") === "latest"
          ? json({ value: [], "@odata.deltaLink": delta("users", "u1") })
          : typeof changes.users === "function"
            ? changes.users(request, query)
            : (changes.users ?? none("users")),
    });
    const query = { names: ["dd-sre", "dd-dev"] };
    const previous = await world.read(query);
    expect(previous.cursor).toBeDefined();
    const mark = world.sent.length;
    world.clock.now += 600_000;
    const next = await world.read({ ...query, previous, cursor: previous.cursor ?? "" });
    const asked = world.sent.slice(mark).map(({ url }) => decodeURIComponent(url.slice(GRAPH.length)));
    const membersAsked = asked.flatMap((url) => /^\/groups\/(.*)\/transitiveMembers/.exec(url)?.[1] ?? []);
    return { previous, next, asked, membersAsked, ...world };
  }

  test("nothing moved: groups are listed, members are kept with their age", async () => {
    const { previous, next, membersAsked, asked } = await followed();
    expect(membersAsked).toEqual([]);
    expect(next.members.get(SRE)).toEqual(previous.members.get(SRE));
    expect(next.cursor).toMatch(/deltatoken=next/);
    expect(asked.filter((url) => url.includes("delta"))).toHaveLength(2);
  });

  test("a group that moved is read again, in whatever slices it is told", async () => {
    const slices = [
      { id: SRE, "members@delta": [{ "@odata.type": "#microsoft.graph.user", id: "id-cy" }] },
      {
        id: SRE,
        "members@delta": [{ "@odata.type": "#microsoft.graph.user", id: "id-bo", "@removed": { reason: "deleted" } }],
      },
    ];
    const page = (value: object, query: URLSearchParams) =>
      query.has("$skiptoken")
        ? json({ value: [slices[1], slices[0]], "@odata.deltaLink": `${GRAPH}/groups/delta?$deltatoken=g2` })
        : json({ value: [value], "@odata.nextLink": `${GRAPH}/groups/delta?$deltatoken=g1&$skiptoken=2` });
    const { membersAsked, next } = await followed({ groups: (_, query) => page(slices[0] ?? {}, query) });
    expect(membersAsked).toEqual([SRE]);
    expect(next.cursor).toMatch(/g2/);
  });

  test("a group inside a group is not told of, so its holder is read always", async () => {
    const first = [
      { id: DEV, "members@delta": [{ "@odata.type": "#microsoft.graph.user", id: "id-bo" }] },
      { id: DEV, "members@delta": [{ "@odata.type": "#microsoft.graph.group", id: guid(20) }] },
    ];
    expect((await followed({ first })).membersAsked).toEqual([DEV]);
  });

  test("people who changed are changed where they are kept", async () => {
    const users = json({
      value: [
        { id: "id-ana", accountEnabled: false },
        { id: "id-bo", "@removed": { reason: "changed" } },
      ],
      "@odata.deltaLink": `${GRAPH}/users/delta?$deltatoken=u2`,
    });
    const { next, membersAsked } = await followed({ users });
    expect(membersAsked).toEqual([]);
    expect(itemOf(next.members.get(SRE), "id-ana")).toMatchObject({ login: "ana@acme.com", state: "deactivated" });
    expect(itemOf(next.members.get(SRE), "id-bo")).toMatchObject({ name: "Name bo", state: "deactivated" });
  });

  test.each([
    [410, { error: { code: "syncStateNotFound", message: "expired" } }],
    [400, { error: { code: "SyncStateInvalid", message: "The sync state generation is not found; resync required" } }],
  ])("a link that expired (%i) means: everything again", async (status, body) => {
    const { membersAsked, next, asked } = await followed({ groups: json(body, status) });
    expect(membersAsked.sort()).toEqual([SRE, DEV]);
    expect(next.members.get(SRE)).toMatchObject({ complete: true });
    expect(next.cursor).toMatch(/g1/);
    expect(asked.some((url) => url.includes("$filter=id eq"))).toBe(true);
  });

  test.each([401, 403, 429, 503])(
    "any other failure (%i) does not: what is known stays, and proves nothing",
    async (status) => {
      const { membersAsked, next, previous } = await followed({ groups: text("", status) });
      expect(membersAsked).toEqual([]);
      expect(next.members.get(SRE)).toMatchObject({ state: "known", complete: false });
      expect(next.cursor).toBe(previous.cursor);
    },
  );

  test("a cursor whose links lead elsewhere, or that is none, is not followed", async () => {
    const { read, sent } = open({});
    const previous = await read({ names: ["dd-sre"] });
    for (const cursor of ["nonsense", (previous.cursor ?? "").replaceAll("graph.microsoft.com", "evil.example")]) {
      const mark = sent.length;
      await read({ names: ["dd-sre"], previous, cursor });
      expect(sent.slice(mark).some(({ url }) => url.includes("evil"))).toBe(false);
      expect(sent.slice(mark).some(({ url }) => url.includes("transitiveMembers"))).toBe(true);
    }
  });

  test("more than fifty groups are followed in parts", async () => {
    const many = Array.from({ length: 120 }, (_, index) => group(guid(100 + index), `g${index}`));
    const { read, sent } = open({ "GET /v1.0/groups": list(many) });
    await read({ names: many.map(({ displayName }) => displayName ?? "") });
    const filters = sent.flatMap(({ url }) =>
      url.includes("/groups/delta") ? (new URL(url).searchParams.get("$filter") ?? "") : [],
    );
    expect(filters.map((filter) => filter.split(" or ").length)).toEqual([50, 50, 20]);
  });
});

test.each([
  [{}, "active"],
  [{ accountEnabled: false }, "deactivated"],
  [{ accountEnabled: null }, "unknown"],
  [{ userType: "Guest", externalUserState: "PendingAcceptance" }, "staged"],
])("a user with %j is %s", (more, state) => expect(toPrincipal(user("ana", more))?.state).toBe(state));

test("guests are known by their mail address", () => {
  const guest = user("x", {
    userPrincipalName: "Ana_ext.com#EXT#@acme.onmicrosoft.com",
    mail: "Ana@ext.com",
    userType: "Guest",
  });
  expect(toPrincipal(guest)).toMatchObject({
    email: "ana@ext.com",
    login: "ana_ext.com#ext#@acme.onmicrosoft.com",
    guest: true,
  });
});

test.each([
  [{}, "static"],
  [{ groupTypes: ["Unified", "DynamicMembership"] }, "dynamic"],
  [{ onPremisesSyncEnabled: true }, "app"],
])("a group with %j is %s", (more, kind) => expect(toGroup(group(SRE, "dd", more))?.kind).toBe(kind));

test("a group shows the rule that fills it, and whether anybody may join", () => {
  const shown = (more: object) => {
    const { rule, joinable } = toGroup(group(SRE, "dd", more)) ?? {};
    return { rule, joinable };
  };
  const rule = '(user.department -eq "SRE")';
  expect(shown({ groupTypes: ["DynamicMembership"], membershipRule: rule })).toEqual({ rule, joinable: undefined });
  expect(shown({ groupTypes: ["Unified"], visibility: "Public" })).toEqual({ rule: undefined, joinable: true });
  expect(shown({ groupTypes: ["Unified"], visibility: "Private" }).joinable).toBeUndefined();
  expect(shown({ visibility: "Public" }).joinable).toBeUndefined();
});

test("accessmap.yaml names the cloud, and no other than Microsoft's", () => {
  const read = (cloud: string) =>
    readProject(
      "accessmap.yaml",
      `version: 1\nproject: p\ndirectories:\n  corp: { type: entra, tenant: t1, cloud: ${cloud} }\norganizations:\n  prod: { site: datadoghq.eu }\n`,
    );
  const { content, problems } = read("usdod");
  expect(content.directories.get("corp")?.cloud).toBe("usdod");
  expect(problems).toEqual([]);
  expect(read("evil.example").content.directories.get("corp")?.cloud).toBeUndefined();
  expect(read("evil.example").problems).toHaveLength(1);
});
