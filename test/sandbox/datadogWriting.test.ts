/** Datadog's writing side: what each write answers, what it refuses, and what it leaves in the audit trail. */

import { beforeAll, describe, expect, test } from "vitest";
import { finder, useBench } from "./bench.ts";

const bench = useBench();
let find: ReturnType<typeof finder>;
/** A person with every right, for what the service account may not do. */
const ADMIN = "sandbox-terraform-app-key";
const admin = (method: string, path: string, body?: unknown) =>
  bench.writer(method, path, body, { "dd-application-key": ADMIN });
const user = (id: string) => ({ data: { type: "users", id } });

beforeAll(() => {
  find = finder(bench);
});

describe("roles", () => {
  test("a new role gets the defaults by itself, unless it opts out", async () => {
    const create = async (attributes: object) =>
      (await bench.writer("POST", "/api/v2/roles", { data: { type: "roles", attributes } })).body.data;
    const usual = await create({ name: "Fresh" });
    expect(usual.relationships.permissions.data).toHaveLength(17);
    const bare = await create({ name: "Bare", default_permissions_opt_out: true });
    expect(bare.relationships.permissions.data).toEqual([]);
    expect((await bench.writer("DELETE", `/api/v2/roles/${bare.id}`)).status).toBe(204);
    expect((await bench.writer("DELETE", `/api/v2/roles/${bare.id}`)).body).toEqual({
      errors: [`${bare.id} not found`],
    });
  });

  test("a list of permissions replaces the content of a role", async () => {
    const { id } = find.role("Auditor");
    const [billing] = [bench.sandbox.company.datadog.permissions.get("billing_read")];
    const permissions = { data: [{ type: "permissions", id: billing?.id }] };
    await bench.writer("PATCH", `/api/v2/roles/${id}`, {
      data: { type: "roles", id, attributes: {}, relationships: { permissions } },
    });
    expect(find.role("Auditor").permissions).toContain("billing_read");
    expect(find.role("Auditor").permissions).not.toContain("audit_logs_read");
  });

  test("what a role may not do", async () => {
    const [managed, custom] = [find.role("Datadog Admin Role").id, find.role("SRE").id];
    const patch = (id: string, inside = id) => ({ data: { type: "roles", id: inside, attributes: { name: "Other" } } });
    const clone = (name: string) => ({ data: { type: "roles", attributes: { name } } });
    const cases: readonly (readonly [string, string, unknown, number])[] = [
      ["PATCH", `/api/v2/roles/${managed}`, patch(managed), 400],
      ["DELETE", `/api/v2/roles/${managed}`, undefined, 400],
      ["PATCH", `/api/v2/roles/${custom}`, patch(custom, managed), 422],
      ["POST", `/api/v2/roles/${custom}/clone`, clone("Engineer"), 409],
      ["POST", `/api/v2/roles/${custom}/clone`, clone("  "), 400],
      ["POST", `/api/v2/roles/${custom}/permissions`, { data: { type: "permissions", id: managed } }, 400],
      ["GET", "/api/v2/roles/00000000-dead-beef-dead-ffffffffffff", undefined, 404],
    ];
    for (const [method, path, body, status] of cases)
      expect([path, (await bench.writer(method, path, body)).status]).toEqual([path, status]);
  });

  test("people are added and removed one by one, and the answer is the role's list", async () => {
    const [role, person] = [find.role("Auditor"), find.account("kira.oduya@acme.com")];
    const path = `/api/v2/roles/${role.id}/users`;
    const ids = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);
    expect(ids((await bench.writer("POST", path, user(person.id))).body)).toContain(person.id);
    expect(ids((await bench.writer("DELETE", path, user(person.id))).body)).not.toContain(person.id);
    expect((await bench.writer("POST", path, user("00000000-dead-beef-dead-ffffffffffff"))).status).toBe(404);
  });
});

describe("users", () => {
  test("invited once, then the handle is taken", async () => {
    const body = { data: { type: "users", attributes: { email: "New.Person@acme.com" } } };
    const { status, body: created } = await bench.writer("POST", "/api/v2/users", body);
    expect([status, created.data.attributes.status, created.data.attributes.handle]).toEqual([
      201,
      "Pending",
      "new.person@acme.com",
    ]);
    expect((await bench.writer("POST", "/api/v2/users", body)).status).toBe(409);
  });

  test("disabled instead of deleted, with the application keys gone", async () => {
    const { id } = find.account("kira.oduya@acme.com");
    bench.sandbox.company.datadog.applicationKeys.push({
      id: "k",
      name: "k",
      key: "sandbox-kira",
      createdBy: id,
      createdAt: "",
      scopes: null,
    });
    expect((await bench.writer("DELETE", `/api/v2/users/${id}`)).status).toBe(204);
    expect((await bench.writer("DELETE", `/api/v2/users/${id}`)).status).toBe(404);
    expect((await bench.reader("GET", `/api/v2/users/${id}`)).body.data.attributes.status).toBe("Disabled");
    expect(bench.sandbox.company.datadog.applicationKeys.map(({ key }) => key)).not.toContain("sandbox-kira");
  });

  test("the id in the body must be that of the path", async () => {
    const [one, other] = [find.account("ana.novakova@acme.com").id, find.account("ben.adeyo@acme.com").id];
    const body = { data: { type: "users", id: other, attributes: { name: "X" } } };
    expect((await bench.writer("PATCH", `/api/v2/users/${one}`, body)).status).toBe(422);
  });
});

describe("teams", () => {
  const membership = (id: string, role?: string) => ({
    data: {
      type: "team_memberships",
      attributes: role === undefined ? {} : { role },
      relationships: { user: user(id) },
    },
  });

  test("name and handle are unique", async () => {
    const body = { data: { type: "team", attributes: { name: "night watch", handle: "night-watch" } } };
    expect((await bench.writer("POST", "/api/v2/team", body)).status).toBe(201);
    expect((await bench.writer("POST", "/api/v2/team", body)).body).toEqual({
      errors: ["Team name and handle must be unique"],
    });
  });

  test("members come and go, admin or nothing", async () => {
    const [{ id: team }, { id: person }] = [find.team("search"), find.account("lea.torrent@acme.com")];
    const path = `/api/v2/team/${team}/memberships`;
    expect((await bench.writer("POST", path, membership(person, "member"))).body.errors[0]).toContain(
      "'Not a valid choice.'",
    );
    expect((await bench.writer("POST", path, membership(person, "admin"))).body.data.attributes.role).toBe("admin");
    const again = await bench.writer("POST", path, membership(person));
    expect([again.status, again.body.errors[0].detail]).toEqual([409, `users already present on the team [${person}]`]);
    expect((await bench.reader("GET", `/api/v2/users/${person}/memberships`)).body.data.length).toBeGreaterThan(0);
    expect((await bench.writer("DELETE", `${path}/${person}`)).status).toBe(204);
    expect((await bench.writer("DELETE", `${path}/${person}`)).status).toBe(404);
  });

  test("a managed team refuses writes of membership and name", async () => {
    const { id } = find.team("sre");
    const before = find.team("sre").members.length;
    const member = find.team("sre").members[0]?.userId ?? "";
    const attempts = [
      await bench.writer("POST", `/api/v2/team/${id}/memberships`, membership(find.account("lea.torrent@acme.com").id)),
      await bench.writer("DELETE", `/api/v2/team/${id}/memberships/${member}`),
      await bench.writer("PATCH", `/api/v2/team/${id}`, {
        data: { type: "team", attributes: { name: "other", handle: "other" } },
      }),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(find.team("sre").members).toHaveLength(before);
  });
});

describe("mappings", () => {
  const body = (relationships: object, id?: string) => ({
    data: {
      type: "authn_mappings",
      ...(id && { id }),
      attributes: { attribute_key: "memberOf", attribute_value: "dd-web" },
      relationships,
    },
  });
  const role = () => ({ role: { data: { type: "roles", id: find.role("Engineer").id } } });
  const team = () => ({ team: { data: { type: "team", id: find.team("web").id } } });

  test("created, doubled without complaint, changed, deleted", async () => {
    const path = "/api/v2/authn_mappings";
    const created = await bench.writer("POST", path, body(role()));
    expect([created.status, created.body.data.relationships.team.data]).toEqual([200, null]);
    expect((await bench.writer("POST", path, body(role()))).status).toBe(200);
    const { id } = created.body.data;
    const changed = await bench.writer("PATCH", `${path}/${id}`, body(team(), id));
    expect([changed.body.data.relationships.role, changed.body.included[0].type]).toEqual([undefined, "team"]);
    expect((await bench.writer("DELETE", `${path}/${id}`)).status).toBe(204);
    expect((await bench.writer("DELETE", `${path}/${id}`)).body).toEqual({
      errors: [`Mapping with id ${id} not found`],
    });
  });

  test("neither both nor none, and the id of the path", async () => {
    const path = "/api/v2/authn_mappings";
    expect((await bench.writer("POST", path, body({ ...role(), ...team() }))).status).toBe(400);
    expect((await bench.writer("POST", path, body({}))).status).toBe(400);
    const [existing] = bench.sandbox.company.datadog.mappings.keys();
    expect((await bench.writer("PATCH", `${path}/${existing}`, body(role(), "other"))).status).toBe(422);
  });
});

test("the switch for role mapping is turned by those who manage the organization", async () => {
  const body = {
    data: {
      type: "org_preferences",
      attributes: { preference_type: "saml_authn_mapping_roles", preference_data: true },
    },
  };
  expect((await bench.writer("POST", "/api/v1/org_preferences", body)).status).toBe(403);
  expect((await admin("POST", "/api/v1/org_preferences", body)).status).toBe(200);
  expect(bench.sandbox.company.datadog.roleMapping).toBe(true);
});

test("writes are found in the audit trail, page by page", async () => {
  const query = encodeURIComponent('@evt.name:"Access Management" @asset.type:role @action:(created OR deleted)');
  const first = (await bench.reader("GET", `/api/v2/audit/events?filter[query]=${query}&page[limit]=2`)).body;
  expect(first.data).toHaveLength(2);
  const rest = (
    await bench.reader("GET", `/api/v2/audit/events?filter[query]=${query}&page[cursor]=${first.meta.page.after}`)
  ).body;
  expect(rest.data.length).toBeGreaterThan(0);
  expect(rest.meta).toBeUndefined();
  const actions = [...first.data, ...rest.data].map(
    (event: { attributes: { attributes: { action: string } } }) => event.attributes.attributes.action,
  );
  expect(new Set(actions)).toEqual(new Set(["created", "deleted"]));
  expect((await bench.reader("GET", "/api/v2/audit/events?filter[from]=now-1h&filter[to]=now-30m")).body.data).toEqual(
    [],
  );
});
