/** Real and hand-written Datadog answers reach the model without loss: every row, its id, its names, its references. */

import { describe, expect, test } from "vitest";
import { createDatadogApi } from "../../server/src/connectors/datadog/api.ts";
import {
  toAccount,
  toActor,
  toMapping,
  toPermission,
  toRole,
  toRoleMapping,
  toTeam,
  toTeamMember,
} from "../../server/src/connectors/datadog/convert.ts";
import { bench, json, NEVER } from "../http/support.ts";
import { type Answer, OWN_ANSWERS, OWN_PERMISSIONS, OWN_ROLE, OWN_USER, recordedAnswers } from "./answers.ts";

const ADDRESS = { connection: "prod", origin: "https://api.datadoghq.eu", use: "read" } as const;

interface WireRow {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: recorded rows have many shapes; the test reads single fields of them
  readonly attributes: Record<string, any>;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly relationships: Record<string, any>;
}

const recorded = recordedAnswers();
const answers = [...OWN_ANSWERS, ...recorded].filter(({ method }) => method === "GET");

function rowsOf(answer: Answer): readonly WireRow[] {
  return (answer.body as { readonly data: readonly WireRow[] }).data;
}

function apiFor(answer: Answer) {
  return createDatadogApi(bench(() => json(answer.body)).http, ADDRESS, NEVER);
}

/** Same instant, though the model has milliseconds and Datadog sends microseconds with an offset. */
function instant(text: string | null | undefined): string | undefined {
  return text ? new Date(text).toISOString() : undefined;
}

function each(path: RegExp, check: (answer: Answer) => Promise<void>) {
  const some = answers.filter((answer) => path.test(answer.path));
  test.each(some.map((answer) => [`${answer.path} (${answer.origin})`, answer] as const))("%s", (_, answer) =>
    check(answer),
  );
}

describe("permissions", () =>
  each(/v2\/permissions$/, async (answer) => {
    const found = (await apiFor(answer).readPermissions()).map(toPermission);
    expect(
      found.map((entry) => [
        entry?.id,
        entry?.permission.name,
        entry?.permission.restricted,
        entry?.permission.displayName,
      ]),
    ).toEqual(
      rowsOf(answer).map(({ id, attributes }) => [id, attributes.name, attributes.restricted, attributes.display_name]),
    );
    for (const entry of found) expect(["low", "medium", "high", "critical"]).toContain(entry?.permission.sensitivity);
  }));

describe("roles", () =>
  each(/\/roles$/, async (answer) => {
    const rows = rowsOf(answer);
    const ids = rows.flatMap(({ relationships }) => relationships.permissions.data.map(({ id }: { id: string }) => id));
    const names = new Map<string, string>(ids.map((id: string) => [id, `name of ${id}`]));
    const { items } = await apiFor(answer).readRoles(0);
    expect(items.map((role) => toRole(role, names))).toEqual(
      rows.map(({ id, attributes, relationships }) => ({
        id,
        name: attributes.name,
        permissions: relationships.permissions.data
          .map((permission: { id: string }) => names.get(permission.id))
          .sort(),
        unresolved: 0,
        managed: attributes.managed ?? false,
        receivesFrom: attributes.receives_permissions_from ?? [],
        userCount: attributes.user_count,
        createdAt: instant(attributes.created_at),
        modifiedAt: instant(attributes.modified_at),
      })),
    );
  }));

describe("users", () =>
  each(/\/users$/, async (answer) => {
    const page = await apiFor(answer).readUsers(0);
    expect(page.total).toBe(
      (answer.body as { meta: { page: { total_filtered_count: number } } }).meta.page.total_filtered_count,
    );
    expect(page.items.map(toAccount)).toEqual(
      rowsOf(answer).map(({ id, attributes, relationships }) => ({
        id,
        handle: attributes.handle.toLowerCase(),
        email: attributes.email.toLowerCase(),
        name: attributes.name ?? attributes.handle,
        status: attributes.status.toLowerCase(),
        serviceAccount: attributes.service_account,
        roleIds: relationships.roles.data.map((role: { id: string }) => role.id),
        mfa: attributes.mfa_enabled,
        createdAt: instant(attributes.created_at),
        lastLogin: instant(attributes.last_login_time),
      })),
    );
  }));

describe("teams", () =>
  each(/\/team$/, async (answer) => {
    const { items, total } = await apiFor(answer).readTeams(0);
    expect(items.map(toTeam)).toEqual(
      rowsOf(answer).map(({ id, attributes }) => ({
        id,
        handle: attributes.handle,
        name: attributes.name,
        managed: attributes.is_managed ?? false,
        userCount: attributes.user_count,
      })),
    );
    if (answer.origin === "own") expect(total).toBe(1);
  }));

test("a team says whether anybody may join, where it says so", () => {
  const team = (is_open_membership: unknown) =>
    toTeam({
      id: "t",
      attributes: { handle: "web", name: "Web", additionalProperties: { is_open_membership } },
    } as never);
  expect([team(true)?.open, team(false)?.open, team(undefined)?.open]).toEqual([true, false, undefined]);
});

describe("memberships", () =>
  each(/memberships$/, async (answer) => {
    const { items } = await apiFor(answer).readMemberships("t", 0);
    expect(items.map(toTeamMember)).toEqual(
      rowsOf(answer).map(({ attributes, relationships }) => ({
        accountId: relationships.user.data.id,
        admin: attributes.role === "admin",
      })),
    );
  }));

describe("mappings", () =>
  each(/authn_mappings$/, async (answer) => {
    const { items } = await apiFor(answer).readMappings("role", 0);
    expect(items.map(toMapping)).toEqual(
      rowsOf(answer).map(({ id, attributes, relationships }) => ({
        id,
        key: attributes.attribute_key,
        value: attributes.attribute_value,
        grants: relationships.role?.data
          ? { roleId: relationships.role.data.id }
          : { teamId: relationships.team.data.id },
      })),
    );
  }));

test("the recorded answers were there", ({ skip }) => {
  if (recorded.length === 0) skip("ACCESSMAP_VENDOR is not set");
  expect(recorded.length).toBeGreaterThan(20);
});

describe("what is odd", () => {
  async function rolesFrom(data: unknown) {
    return (
      await apiFor({
        origin: "own",
        method: "GET",
        path: "",
        body: { data, meta: { page: { total_count: 1 } } },
      }).readRoles(0)
    ).items;
  }

  test("a permission id without a name is counted, not dropped", async () => {
    const [role] = await rolesFrom([OWN_ROLE]);
    expect(role && toRole(role, new Map([["p-1", "logs_read_data"]]))).toMatchObject({
      permissions: ["logs_read_data"],
      unresolved: 1,
    });
  });

  test("a managed role without the mark is known by its name", async () => {
    const { managed: _, ...attributes } = OWN_ROLE.attributes;
    const [role] = await rolesFrom([{ ...OWN_ROLE, attributes: { ...attributes, name: "Datadog Admin Role" } }]);
    expect(role && toRole(role, new Map())?.managed).toBe(true);
  });

  test("rows without id or name are undefined", () => {
    expect(toRole({ type: "roles" } as never, new Map())).toBeUndefined();
    expect(toAccount({ id: "u", attributes: {} } as never)).toBeUndefined();
    expect(toTeam({ id: "t", attributes: { handle: "" } } as never)).toBeUndefined();
    expect(toMapping({ id: "m", attributes: { attributeKey: "k", attributeValue: "v" } } as never)).toBeUndefined();
    expect(toTeamMember({} as never)).toBeUndefined();
    expect(toPermission({ id: "p" } as never)).toBeUndefined();
  });

  test("a disabled account is disabled, whatever its status says", async () => {
    const body = { data: { ...OWN_USER, attributes: { ...OWN_USER.attributes, disabled: true } } };
    expect(toAccount(await apiFor({ origin: "own", method: "GET", path: "", body }).readUser("u"))?.status).toBe(
      "disabled",
    );
  });

  test("the current user brings organization and roles", async () => {
    const self = await apiFor(
      OWN_ANSWERS.find(({ path }) => path.endsWith("current_user")) as Answer,
    ).readCurrentUser();
    expect(toActor(self)).toEqual({
      accountId: OWN_USER.id,
      handle: "ana@acme.com",
      organizationId: "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005",
      organizationName: "Acme",
      roleIds: [OWN_ROLE.id],
    });
  });

  test("an unknown permission is judged by its name, a known one by the catalogue", async () => {
    const found = (
      await apiFor({ origin: "own", method: "GET", path: "", body: { data: OWN_PERMISSIONS } }).readPermissions()
    ).map(toPermission);
    expect(found[0]?.permission).toMatchObject({ catalogued: true, sensitivity: "medium" });
    expect(found[1]?.permission).toMatchObject({ catalogued: false, sensitivity: "medium", type: "write" });
  });

  test("the role mapping switch is found in either place, and nowhere else", () => {
    const entry = (preference_type: unknown, preference_data: unknown) => ({
      data: { type: "org_preferences", attributes: { preference_type, preference_data } },
    });
    expect(toRoleMapping(entry("saml_authn_mapping_roles", true))).toBe(true);
    expect(toRoleMapping(entry(false, "saml_authn_mapping_roles"))).toBe(false);
    expect(toRoleMapping({ data: [entry("other", true).data, entry("saml_authn_mapping_roles", false).data] })).toBe(
      false,
    );
    expect(toRoleMapping(entry("other", true))).toBeUndefined();
    for (const odd of [undefined, null, {}, { data: null }, { data: [null] }, [], "x"])
      expect(toRoleMapping(odd)).toBeUndefined();
  });
});
