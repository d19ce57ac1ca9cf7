/** Recorded answers of the real Datadog against the sandbox's: each key that was recorded is there, with the same kind of value. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finder, useBench } from "../sandbox/bench.ts";
import { VENDOR } from "./prism.ts";

if (!VENDOR) console.warn("ACCESSMAP_VENDOR is not set: answers are not compared with recordings");

interface Exchange {
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** Recording, the exchange in it, and the same question to the sandbox. */
interface Case {
  readonly recording: string;
  readonly method: string;
  readonly path: RegExp;
  readonly ask: (find: ReturnType<typeof finder>) => readonly [string, string, unknown?];
  readonly status?: number;
}

const none = "00000000-dead-beef-dead-ffffffffffff";
const CASES: readonly Case[] = [
  {
    recording: "v2--Roles--List-roles-returns-OK-response",
    method: "GET",
    path: /roles$/,
    ask: () => ["GET", "/api/v2/roles"],
  },
  {
    recording: "v2--Roles--List-permissions-returns-OK-response",
    method: "GET",
    path: /permissions$/,
    ask: () => ["GET", "/api/v2/permissions"],
  },
  {
    recording: "v2--Roles--Get-a-role-returns-OK-response",
    method: "GET",
    path: /roles\//,
    ask: (find) => ["GET", `/api/v2/roles/${find.role("SRE").id}`],
  },
  {
    recording: "v2--Roles--Get-all-users-of-a-role-returns-OK-response",
    method: "GET",
    path: /users$/,
    ask: (find) => ["GET", `/api/v2/roles/${find.role("SRE").id}/users`],
  },
  {
    recording: "v2--Roles--Update-a-role-returns-Not-found-response",
    method: "PATCH",
    path: /roles/,
    ask: () => ["PATCH", `/api/v2/roles/${none}`, {}],
    status: 404,
  },
  {
    recording: "v2--Roles--Update-a-role-returns-Bad-Role-ID-response",
    method: "PATCH",
    path: /roles/,
    ask: (find) => ["PATCH", `/api/v2/roles/${find.role("SRE").id}`, { data: { id: none } }],
    status: 422,
  },
  {
    recording: "v2--Users--List-all-users-returns-OK-response-with-pagination",
    method: "GET",
    path: /users$/,
    ask: () => ["GET", "/api/v2/users?page[size]=2"],
  },
  {
    recording: "v2--Users--Get-user-details-returns-OK-response",
    method: "GET",
    path: /users\//,
    ask: (find) => ["GET", `/api/v2/users/${find.account("ana.novakova@acme.com").id}`],
  },
  {
    recording: "v2--Users--Create-a-user-returns-OK-response",
    method: "POST",
    path: /users$/,
    ask: () => ["POST", "/api/v2/users", { data: { type: "users", attributes: { email: "recorded@acme.com" } } }],
    status: 201,
  },
  {
    recording: "v2--Users--Update-a-user-returns-Not-found-response",
    method: "PATCH",
    path: /users/,
    ask: () => ["PATCH", `/api/v2/users/${none}`, {}],
    status: 404,
  },
  {
    recording: "v2--AuthN-Mappings--List-all-AuthN-Mappings-returns-OK-response",
    method: "GET",
    path: /mappings$/,
    ask: () => ["GET", "/api/v2/authn_mappings"],
  },
  {
    recording: "v2--Teams--Get-all-teams-returns-OK-response-with-pagination",
    method: "GET",
    path: /team$/,
    ask: () => ["GET", "/api/v2/team?page[size]=2"],
  },
  {
    recording: "v2--Teams--Get-a-team-returns-OK-response",
    method: "GET",
    path: /team\//,
    ask: (find) => ["GET", `/api/v2/team/${find.team("search").id}`],
  },
  {
    recording: "v2--Teams--Get-a-team-returns-API-error-response-response",
    method: "GET",
    path: /team\//,
    ask: () => ["GET", "/api/v2/team/REPLACE.ME"],
    status: 404,
  },
  {
    recording: "v2--Teams--Create-a-team-returns-API-error-response-response",
    method: "POST",
    path: /team$/,
    ask: () => ["POST", "/api/v2/team", { data: { type: "team", attributes: { name: "search", handle: "search" } } }],
    status: 409,
  },
  {
    recording: "v2--Teams--Get-team-memberships-returns-Represents-a-user-s-association-to-a-team-response-with-pagi",
    method: "GET",
    path: /memberships$/,
    ask: (find) => ["GET", `/api/v2/team/${find.team("search").id}/memberships?page[size]=2`],
  },
  {
    recording: "v2--Teams--Add-a-user-to-a-team-returns-API-error-response-response",
    method: "POST",
    path: /memberships$/,
    ask: (find) => [
      "POST",
      `/api/v2/team/${find.team("search").id}/memberships`,
      {
        data: {
          type: "team_memberships",
          relationships: { user: { data: { type: "users", id: find.team("search").members[0]?.userId } } },
        },
      },
    ],
    status: 409,
  },
  {
    recording: "v2--Organizations--List-Org-Configs-returns-OK-response",
    method: "GET",
    path: /org_configs$/,
    ask: () => ["GET", "/api/v2/org_configs"],
  },
  {
    recording: "v2--Organizations--Get-a-specific-Org-Config-value-returns-Not-Found-response",
    method: "GET",
    path: /org_configs/,
    ask: () => ["GET", "/api/v2/org_configs/i_dont_exist"],
    status: 404,
  },
  {
    recording: "v2--Key-Management--Get-all-API-keys-returns-OK-response",
    method: "GET",
    path: /api_keys$/,
    ask: () => ["GET", "/api/v2/api_keys"],
  },
  {
    recording: "v2--Key-Management--Get-all-application-keys-returns-OK-response",
    method: "GET",
    path: /application_keys$/,
    ask: () => ["GET", "/api/v2/application_keys"],
  },
];

describe.skipIf(!VENDOR)("recorded answers", () => {
  const bench = useBench();

  test.each(CASES)("$recording", async ({ recording, method, path, ask, status = 200 }) => {
    const recorded = answerIn(recording, method, path, status);
    const [verb, url, body] = ask(finder(bench));
    const admin = { "dd-application-key": "sandbox-terraform-app-key" };
    const reply = await bench.writer(verb, url, body, admin);
    expect(reply.status).toBe(status);
    expect(missing(recorded, reply.body, "body")).toEqual([]);
    if (status >= 400) expect(wordsOf(reply.body)).toBe(wordsOf(recorded));
  });
});

function answerIn(recording: string, method: string, path: RegExp, status: number): unknown {
  const folder = join(VENDOR ?? "", "recordings");
  const json: Exchange[] | { exchanges: Exchange[] } = JSON.parse(
    readFileSync(join(folder, `${recording}.json`), "utf8"),
  );
  const exchanges = Array.isArray(json) ? json : json.exchanges;
  const found = exchanges.find(
    ({ request, response }) => request.method === method && path.test(request.path) && response.status === status,
  );
  if (!found) throw new Error(`${recording} has no ${method} ${path} with ${status}`);
  const body = found.response.body as { readonly $body?: string };
  return body?.$body ? JSON.parse(readFileSync(join(folder, body.$body), "utf8")) : body;
}

/** Paths of the recording that the answer lacks, or where the kind of value differs. Lists are compared by their first rows. */
function missing(recorded: unknown, answer: unknown, path: string): string[] {
  if (recorded === null || answer === null) return [];
  if (Array.isArray(recorded)) {
    if (!Array.isArray(answer)) return [`${path} is no list`];
    return recorded.length > 0 && answer.length > 0 ? missing(recorded[0], answer[0], `${path}[0]`) : [];
  }
  if (typeof recorded !== typeof answer) return [`${path} is ${typeof answer}, recorded as ${typeof recorded}`];
  if (typeof recorded !== "object") return [];
  return Object.entries(recorded).flatMap(([key, value]) =>
    // The value of an org config is whatever its type says.
    key === "value"
      ? []
      : key in (answer as object)
        ? missing(value, (answer as Record<string, unknown>)[key], `${path}.${key}`)
        : [`${path}.${key} is missing`],
  );
}

/** Error texts without the ids in them. */
function wordsOf(body: unknown): string {
  return JSON.stringify(body).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID");
}
