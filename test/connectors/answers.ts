/** Answers of the Datadog API for the endpoints we use: our own, and recorded ones when `ACCESSMAP_VENDOR` names their folder. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatadogApi, DatadogWriteApi } from "../../server/src/connectors/datadog/api.ts";

export interface Answer {
  /** Where it comes from, for the name of a test. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** The call of ours that an answer belongs to, by method and path. */
export interface Call {
  readonly name: string;
  readonly pattern: RegExp;
  readonly run: (api: DatadogApi & DatadogWriteApi) => Promise<unknown>;
}

const ID = "[^/]+";

export const CALLS: readonly Call[] = [
  { name: "current user", pattern: /^GET \/api\/v2\/current_user$/, run: (api) => api.readCurrentUser() },
  { name: "user", pattern: new RegExp(`^GET /api/v2/users/${ID}$`), run: (api) => api.readUser("u") },
  { name: "users", pattern: /^GET \/api\/v2\/users$/, run: (api) => api.readUsers(0) },
  { name: "permissions", pattern: /^GET \/api\/v2\/permissions$/, run: (api) => api.readPermissions() },
  { name: "roles", pattern: /^GET \/api\/v2\/roles$/, run: (api) => api.readRoles(0) },
  {
    name: "role permissions",
    pattern: new RegExp(`^GET /api/v2/roles/${ID}/permissions$`),
    run: (api) => api.readRolePermissions("r"),
  },
  { name: "teams", pattern: /^GET \/api\/v2\/team$/, run: (api) => api.readTeams(0) },
  {
    name: "memberships",
    pattern: new RegExp(`^GET /api/v2/team/${ID}/memberships$`),
    run: (api) => api.readMemberships("t", 0),
  },
  { name: "mappings", pattern: /^GET \/api\/v2\/authn_mappings$/, run: (api) => api.readMappings("role", 0) },
  { name: "setting", pattern: new RegExp(`^GET /api/v2/org_configs/${ID}$`), run: (api) => api.readTeamSource() },
  {
    name: "removal",
    pattern: new RegExp(`^DELETE /api/v2/roles/${ID}/users$`),
    run: (api) => api.removeUserFromRole("u", "r"),
  },
  {
    name: "addition",
    pattern: new RegExp(`^POST /api/v2/roles/${ID}/users$`),
    run: (api) => api.addUserToRole("u", "r"),
  },
  {
    name: "new member",
    pattern: new RegExp(`^POST /api/v2/team/${ID}/memberships$`),
    run: (api) => api.addTeamMember("t", "u"),
  },
  {
    name: "new user",
    pattern: /^POST \/api\/v2\/users$/,
    run: (api) => api.createUser({ email: "ana@acme.com", name: "Ana", roleIds: ["r"] }),
  },
  {
    name: "changed user",
    pattern: new RegExp(`^PATCH /api/v2/users/${ID}$`),
    run: (api) => api.setDisabled("u", true),
  },
  {
    name: "mapping",
    pattern: new RegExp(`^GET /api/v2/authn_mappings/${ID}$`),
    run: (api) => api.readMapping("m"),
  },
  {
    name: "new mapping",
    pattern: /^POST \/api\/v2\/authn_mappings$/,
    run: (api) => api.createMapping({ key: "memberOf", value: "dd-sre", grants: { teamId: "t" } }),
  },
  {
    name: "changed mapping",
    pattern: new RegExp(`^PATCH /api/v2/authn_mappings/${ID}$`),
    run: (api) => api.updateMapping("m", { key: "memberOf", value: "dd-sre", grants: { roleId: "r" } }),
  },
];

export function callFor(answer: Answer): Call | undefined {
  return CALLS.find(({ pattern }) => pattern.test(`${answer.method} ${answer.path}`));
}

const ROLE = "3653d3c6-0c75-11ea-ad28-fb5701eabc7d";
const PERSON = "d34a5f93-5690-4d3f-a293-f2ad5c7a82a4";
const ORG = "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005";

export const OWN_USER = {
  type: "users",
  id: PERSON,
  attributes: {
    name: "Ana",
    handle: "Ana@Acme.com",
    email: "Ana@Acme.com",
    title: null,
    disabled: false,
    service_account: false,
    mfa_enabled: true,
    verified: true,
    status: "Active",
    created_at: "2026-01-02T03:04:05.678901+00:00",
    last_login_time: "2026-11-20T08:00:00Z",
    surprise: { nested: [1, 2] },
  },
  relationships: { roles: { data: [{ type: "roles", id: ROLE }] }, org: { data: { type: "orgs", id: ORG } } },
};

export const OWN_PERMISSIONS = [
  {
    type: "permissions",
    id: "p-1",
    attributes: {
      name: "logs_read_data",
      display_name: "Logs Read Data",
      group_name: "Log Management",
      display_type: "read",
      restricted: false,
      name_aliases: [],
      created: "2020-01-01T00:00:00Z",
    },
  },
  {
    type: "permissions",
    id: "p-2",
    attributes: { name: "brand_new_write", display_name: "Brand new", display_type: "write", restricted: false },
  },
];

export const OWN_ROLE = {
  type: "roles",
  id: ROLE,
  attributes: {
    name: "SRE",
    user_count: 2,
    managed: false,
    team_count: 0,
    receives_permissions_from: ["Datadog Standard Role"],
    created_at: "2026-01-02T03:04:05.678901+00:00",
    modified_at: "2026-02-02T03:04:05Z",
  },
  relationships: {
    permissions: {
      data: [
        { type: "permissions", id: "p-1" },
        { type: "permissions", id: "p-9" },
      ],
    },
  },
};

/** Written by hand, so that the comparison means something without the recordings; with fields no client types. */
export const OWN_ANSWERS: readonly Answer[] = [
  own("GET", "/api/v2/current_user", {
    data: OWN_USER,
    included: [
      { type: "orgs", id: ORG, attributes: { name: "Acme", public_id: "abc" } },
      OWN_ROLE,
      ...OWN_PERMISSIONS,
      { type: "team_roles", id: "x" },
    ],
  }),
  own("GET", `/api/v2/users/${PERSON}`, { data: OWN_USER }),
  own("GET", "/api/v2/users", {
    data: [OWN_USER],
    included: OWN_PERMISSIONS,
    meta: { page: { total_count: 1, total_filtered_count: 1 } },
  }),
  own("GET", "/api/v2/permissions", { data: OWN_PERMISSIONS }),
  own("GET", "/api/v2/roles", { data: [OWN_ROLE], meta: { page: { total_count: 1 } } }),
  own("GET", `/api/v2/roles/${ROLE}/permissions`, { data: OWN_PERMISSIONS }),
  own("GET", "/api/v2/team", {
    data: [
      {
        type: "team",
        id: "t-1",
        attributes: { name: "SRE", handle: "sre", is_managed: true, user_count: 1, link_count: 0, summary: null },
      },
    ],
    meta: { pagination: { offset: 0, limit: 100, total: 1, type: "offset_limit" } },
    links: { next: "https://api.datadoghq.eu/api/v2/team?page[offset]=100" },
  }),
  own("GET", "/api/v2/team/t-1/memberships", {
    data: [
      {
        type: "team_memberships",
        id: "m-1",
        attributes: { role: "admin", provisioned_by: null },
        relationships: { user: { data: { type: "users", id: PERSON } } },
      },
      {
        type: "team_memberships",
        id: "m-2",
        attributes: { role: null },
        relationships: { user: { data: { type: "users", id: "u-2" } } },
      },
    ],
    meta: { pagination: { number: 0, size: 100, total: 2, type: "number_size" } },
  }),
  own("GET", "/api/v2/authn_mappings", {
    data: [
      mapping("a-1", { role: { data: { type: "roles", id: ROLE } }, team: { data: null } }),
      mapping("a-2", { team: { data: { type: "team", id: "t-1" } } }),
    ],
    included: [
      OWN_ROLE,
      { type: "team", id: "t-1", attributes: { name: "SRE", handle: "sre", is_open_membership: false } },
    ],
    meta: { page: { total_count: 2, total_filtered_count: 2 } },
  }),
  own("GET", "/api/v2/org_configs/teams_provisioning_sources", {
    data: {
      type: "org_configs",
      id: "o-1",
      attributes: {
        name: "teams_provisioning_sources",
        description: "",
        value_type: "string",
        value: "manually",
        modified_at: null,
      },
    },
  }),
  own("POST", `/api/v2/roles/${ROLE}/users`, { data: [OWN_USER], meta: { page: { total_count: 1 } } }),
  own("POST", "/api/v2/team/t-1/memberships", {
    data: {
      type: "team_memberships",
      id: "m-1",
      attributes: { role: null, provisioned_by: null },
      relationships: { user: { data: { type: "users", id: PERSON } } },
    },
  }),
  own("POST", "/api/v2/users", { data: OWN_USER }),
  own("PATCH", `/api/v2/users/${PERSON}`, { data: OWN_USER }),
  own("GET", "/api/v2/authn_mappings/a-2", { data: mapping("a-2", { team: { data: { type: "team", id: "t-1" } } }) }),
  own("POST", "/api/v2/authn_mappings", { data: mapping("a-1", { role: { data: { type: "roles", id: ROLE } } }) }),
  own("PATCH", "/api/v2/authn_mappings/a-1", {
    data: mapping("a-1", { role: { data: { type: "roles", id: ROLE } }, team: { data: null } }),
  }),
  own("DELETE", `/api/v2/roles/${ROLE}/users`, { data: [OWN_USER], meta: { page: { total_count: 1 } } }),
];

/** Recorded answers of our endpoints with status 200, or none when there is no folder. */
export function recordedAnswers(): readonly Answer[] {
  return allRecorded().filter((answer) => callFor(answer) !== undefined);
}

/** Bodies of the recorded answers to a GET of this path: for endpoints that the official client is not asked for. */
export function recordedBodies(path: string): readonly unknown[] {
  return allRecorded()
    .filter((answer) => answer.method === "GET" && answer.path === path)
    .map(({ body }) => body);
}

function allRecorded(): readonly Answer[] {
  const folder = join(process.env.ACCESSMAP_VENDOR ?? "", "recordings");
  if (!process.env.ACCESSMAP_VENDOR || !existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.flatMap((file) => {
    const { exchanges } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { exchanges: Exchange[] };
    return exchanges
      .filter(({ response }) => response.status === 200)
      .map(({ request, response }) => ({
        origin: file,
        method: request.method,
        path: request.path,
        body: resolveBody(folder, response.body),
      }));
  });
}

interface Exchange {
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** Large bodies stand in a folder of their own. */
function resolveBody(folder: string, body: unknown): unknown {
  const file = (body as { readonly $body?: string } | null)?.$body;
  return file === undefined ? body : JSON.parse(readFileSync(join(folder, file), "utf8"));
}

function own(method: string, path: string, body: unknown): Answer {
  return { origin: "own", method, path, body };
}

function mapping(id: string, relationships: object) {
  return {
    type: "authn_mappings",
    id,
    attributes: { attribute_key: "memberOf", attribute_value: "dd-sre", created_at: "2026-01-02T03:04:05Z" },
    relationships,
  };
}
