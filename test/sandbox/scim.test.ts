/** Datadog's SCIM dialect, where it differs from the RFC and where it is dangerous. */

import { beforeAll, describe, expect, test } from "vitest";
import { finder, useBench } from "./bench.ts";

const bench = useBench();
let find: ReturnType<typeof finder>;
const NOBODY = "00000000-dead-beef-dead-ffffffffffff";
const patch = (...Operations: object[]) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });
const group = (displayName: string, extra: object = {}) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  displayName,
  ...extra,
});

beforeAll(() => {
  find = finder(bench);
});

describe("lists", () => {
  test("twenty unless asked, from one, and nothing past the end", async () => {
    const { body } = await bench.scim("GET", "/Users");
    expect([body.Resources.length, body.startIndex, body.itemsPerPage]).toEqual([20, 1, 20]);
    expect((await bench.scim("GET", `/Users?startIndex=${body.totalResults + 1}`)).body.Resources).toEqual([]);
    expect((await bench.scim("GET", "/Users?startIndex=-5&count=-1")).body).toMatchObject({
      startIndex: 1,
      Resources: [],
    });
  });

  test("service accounts are no SCIM users", async () => {
    const { body } = await bench.scim("GET", "/Users?count=1000");
    expect(body.Resources.some(({ userName }: { userName: string }) => !userName.includes("@"))).toBe(false);
  });

  const filters: readonly (readonly [string, string, number, number])[] = [
    ["/Users", 'userName eq "ana.novakova@acme.com"', 200, 1],
    ["/Users", "userName eq ANA.novakova@acme.com", 200, 1],
    ["/Users", 'title eq "x"', 400, 0],
    ["/Users", 'userName sw "ana"', 400, 0],
    ["/Groups", 'displayName eq "sre"', 200, 1],
    ["/Groups", 'displayName eq "search"', 200, 0],
    ["/Groups", 'externalId eq "accessmap:acme-access:sre"', 200, 1],
    ["/Groups", 'members eq "x"', 400, 0],
  ];
  test.each(filters)("%s?filter=%s", async (path, filter, status, count) => {
    const reply = await bench.scim("GET", `${path}?filter=${encodeURIComponent(filter)}`);
    expect([reply.status, reply.body.totalResults ?? 0]).toEqual([status, count]);
    if (status === 400) expect(Object.keys(reply.body)).toEqual(["errors"]);
  });

  test("the membership probe works in either order", async () => {
    const team = find.team("sre");
    const member = team.members[0]?.userId;
    for (const filter of [
      `id eq "${team.id}" and members eq "${member}"`,
      `members eq "${member}" and id eq "${team.id}"`,
    ])
      expect((await bench.scim("GET", `/Groups?filter=${encodeURIComponent(filter)}`)).body.totalResults).toBe(1);
  });
});

describe("roles of users", () => {
  const roles = (handle: string) => find.account(handle).roleIds;
  const replace = (handle: string, value: unknown) =>
    bench.scim("PATCH", `/Users/${find.account(handle).id}`, patch({ op: "replace", path: "roles", value }));

  test("the set that was sent is the set, and ids that match nothing vanish into the audit trail", async () => {
    const [sre, engineer] = [find.role("SRE").id, find.role("Engineer").id];
    const { status, body } = await replace("hanne.lindholt@acme.com", [
      { value: sre },
      { value: NOBODY },
      { value: engineer },
    ]);
    expect([status, body.roles.map(({ value }: { value: string }) => value)]).toEqual([200, [sre, engineer]]);
    expect(bench.sandbox.company.datadog.audit.some(({ message }) => message.includes(NOBODY))).toBe(true);
  });

  test("nothing that matches, or nothing at all, gives the default role", async () => {
    for (const value of [[{ value: NOBODY }], []]) {
      await replace("lea.torrent@acme.com", value);
      expect(roles("lea.torrent@acme.com")).toEqual([find.role("Datadog Standard Role").id]);
    }
  });

  test("add leaves what was there", async () => {
    const before = roles("jonas.weld@acme.com");
    const auditor = find.role("Auditor").id;
    await bench.scim(
      "PATCH",
      `/Users/${find.account("jonas.weld@acme.com").id}`,
      patch({ op: "add", path: "roles", value: [{ value: auditor }] }),
    );
    expect(roles("jonas.weld@acme.com")).toEqual([...before, auditor]);
  });

  const refused: readonly (readonly [string, object])[] = [
    ["remove", { op: "remove", path: "roles" }],
    ["capital letters", { op: "Replace", path: "roles", value: [] }],
    ["texts instead of objects", { op: "replace", path: "roles", value: ["x"] }],
    ["another user name", { op: "replace", path: "userName", value: "other@acme.com" }],
    ["text for a boolean", { op: "replace", path: "active", value: "False" }],
  ];
  test.each(refused)("%s is refused, and nothing of the request happens", async (_, operation) => {
    const { id } = find.account("elif.sarman@acme.com");
    const before = structuredClone(find.account("elif.sarman@acme.com"));
    const { status, body } = await bench.scim(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "replace", path: "title", value: "Changed" }, operation),
    );
    expect([status, body.errors.length]).toEqual([400, 1]);
    expect(find.account("elif.sarman@acme.com")).toEqual(before);
  });
});

describe("life of a user", () => {
  test("created once, disabled by DELETE, woken by active", async () => {
    const body = {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "New@acme.com",
      active: true,
      name: { formatted: "New One" },
    };
    const created = await bench.scim("POST", "/Users", body);
    expect([created.status, created.body.userName, created.body.name.formatted]).toEqual([
      201,
      "new@acme.com",
      "New One",
    ]);
    expect((await bench.scim("POST", "/Users", body)).status).toBe(409);
    const path = `/Users/${created.body.id}`;
    expect((await bench.scim("DELETE", path)).status).toBe(204);
    expect((await bench.scim("GET", path)).body.active).toBe(false);
    expect((await bench.scim("PATCH", path, patch({ op: "replace", value: { active: true } }))).body.active).toBe(true);
    expect((await bench.scim("GET", `/Users/${NOBODY}`)).status).toBe(404);
  });

  test("PUT keeps roles it does not name", async () => {
    const account = find.account("ben.adeyo@acme.com");
    const before = [...account.roleIds];
    await bench.scim("PUT", `/Users/${account.id}`, { userName: account.handle, title: "Lead" });
    expect([account.title, account.roleIds]).toEqual(["Lead", before]);
  });
});

describe("groups are managed teams", () => {
  test("a name whose handle is taken by a team links that team, with the members that were sent", async () => {
    const team = find.team("support-escalations");
    const keep = team.members[0]?.userId;
    const { status, body } = await bench.scim(
      "POST",
      "/Groups",
      group("Support-Escalations", { externalId: "ours", members: [{ value: keep }] }),
    );
    expect([status, body.id, body.members.length]).toEqual([201, team.id, 1]);
    expect((await bench.reader("GET", `/api/v2/team/${team.id}`)).body.data.attributes.is_managed).toBe(true);
    expect((await bench.scim("POST", "/Groups", group("support-escalations"))).status).toBe(409);
  });

  test("another name makes a team; blanks become underscores", async () => {
    const { body } = await bench.scim("POST", "/Groups", group("Night Watch "));
    expect([body.displayName, find.team("night_watch").managed]).toEqual(["Night_Watch", true]);
  });

  test("members are added, replaced and removed one by one", async () => {
    const team = find.team("secops");
    const [ana, ben] = [find.account("ana.novakova@acme.com").id, find.account("ben.adeyo@acme.com").id];
    const send = async (...operations: object[]) =>
      (await bench.scim("PATCH", `/Groups/${team.id}`, patch(...operations))).body.members.map(
        ({ value }: { value: string }) => value,
      );
    expect(await send({ op: "replace", path: "members", value: [{ value: ana }] })).toEqual([ana]);
    expect(await send({ op: "add", value: { members: [{ value: ben }, { value: ana }] } })).toEqual([ben, ana]);
    expect(await send({ op: "remove", path: `members[value eq "${ben}"]` })).toEqual([ana]);
  });

  test("removing the bare path empties the group, whatever value says", async () => {
    const team = find.team("it-operations");
    const [first] = team.members;
    await bench.scim(
      "PATCH",
      `/Groups/${team.id}`,
      patch({ op: "remove", path: "members", value: [{ value: first?.userId }] }),
    );
    expect(find.team("it-operations").members).toEqual([]);
  });

  test("a stranger among the members undoes the whole request", async () => {
    const team = find.team("web");
    const before = structuredClone(team.members);
    const operations = [
      { op: "add", path: "members", value: [{ value: find.account("ana.novakova@acme.com").id }] },
      { op: "add", path: "members", value: [{ value: NOBODY }] },
    ];
    expect((await bench.scim("PATCH", `/Groups/${team.id}`, patch(...operations))).status).toBe(400);
    expect(find.team("web").members).toEqual(before);
  });

  test("deleting empties and unlinks; the team stays", async () => {
    const { id } = find.team("network");
    expect((await bench.scim("DELETE", `/Groups/${id}`)).status).toBe(204);
    expect(find.team("network")).toMatchObject({ id, managed: false, externalId: null, members: [] });
    expect((await bench.scim("GET", `/Groups/${id}`)).status).toBe(404);
  });
});

test("the service describes itself", async () => {
  const { body } = await bench.scim("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
  expect(body.attributes.find(({ name }: { name: string }) => name === "userName").mutability).toBe("immutable");
  expect((await bench.scim("GET", "/ResourceTypes")).body.totalResults).toBe(2);
  expect((await bench.scim("GET", "/ServiceProviderConfig")).status).toBe(404);
});
