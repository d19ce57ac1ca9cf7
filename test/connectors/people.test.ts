/** Everybody in a directory, those who left among them, and the teams of single accounts. */

import { describe, expect, test } from "vitest";
import { openDirectory, openTarget } from "../../server/src/connectors/registry.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import { json } from "../http/support.ts";
import { CONTEXT, datadogConfig, type Route, routes, SPAN } from "./support.ts";

const config = (more: Partial<DirectoryConfig>): DirectoryConfig => ({
  name: "dir",
  span: SPAN,
  type: "okta",
  claim: "name",
  ...more,
});

const oktaUser = (id: string, status: string) => ({ id, status, profile: { login: `${id}@acme.com` } });
const oktaUsers: Route = (_, query) =>
  json(
    query.get("filter") === 'status eq "DEPROVISIONED"'
      ? [oktaUser("bo", "DEPROVISIONED")]
      : [oktaUser("ana", "ACTIVE")],
  );
const GUID = "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005";
const googleUser = (id: string, more: object) => ({ id, primaryEmail: `${id}@acme.com`, ...more });
const users = (rows: readonly object[]) => json({ kind: "admin#directory#users", users: rows });
const FORBIDDEN = json({ error: { code: "Authorization_RequestDenied", message: "no" } }, 403);

interface Case {
  readonly of: Partial<DirectoryConfig>;
  readonly table: Readonly<Record<string, Route>>;
  readonly people: readonly string[];
  readonly whole: boolean;
}

const CASES: Readonly<Record<string, Case>> = {
  "Okta leaves deactivated people out unless asked": {
    of: { type: "okta", domain: "acme.okta.com" },
    table: { "GET /api/v1/users": oktaUsers },
    people: ["ana@acme.com active", "bo@acme.com deactivated"],
    whole: true,
  },
  "Entra keeps deleted people apart, under a name with their id before it": {
    of: { type: "entra", tenant: "t" },
    table: {
      "GET /v1.0/users": json({ value: [{ id: "a", userPrincipalName: "ana@acme.com", accountEnabled: true }] }),
      "GET /v1.0/directory/deletedItems/microsoft.graph.user": json({
        value: [{ id: GUID, userPrincipalName: `${GUID.replaceAll("-", "")}bo@acme.com`, accountEnabled: true }],
      }),
    },
    people: ["ana@acme.com active", "bo@acme.com deactivated"],
    whole: true,
  },
  "Entra without the list of deleted people is not whole": {
    of: { type: "entra", tenant: "t" },
    table: {
      "GET /v1.0/users": json({ value: [{ id: "a", userPrincipalName: "ana@acme.com", accountEnabled: true }] }),
      "GET /v1.0/directory/deletedItems/microsoft.graph.user": FORBIDDEN,
    },
    people: ["ana@acme.com active"],
    whole: false,
  },
  "Google lists deleted people by themselves": {
    of: { type: "google", customer: "c", admin: "admin@acme.com" },
    table: {
      "GET /admin/directory/v1/users": (_, query) =>
        query.get("showDeleted") === "true"
          ? users([googleUser("bo", { suspended: false })])
          : users([googleUser("ana", { suspended: false }), googleUser("cy", { suspended: true })]),
    },
    people: ["ana@acme.com active", "cy@acme.com suspended", "bo@acme.com deactivated"],
    whole: true,
  },
  "a SCIM service says who is active": {
    of: { type: "scim", url: "https://scim.example.com/v2" },
    table: {
      "GET /v2/Users": json({
        totalResults: 2,
        Resources: [
          { id: "a", userName: "ana@acme.com", active: true },
          { id: "b", userName: "bo@acme.com", active: false },
        ],
      }),
    },
    people: ["ana@acme.com active", "bo@acme.com deactivated"],
    whole: true,
  },
};

test.each(Object.entries(CASES))("%s", async (_, { of, table, people, whole }) => {
  const { http } = routes(table);
  const read = await openDirectory(config(of), http).readPeople(CONTEXT);
  if (read.state === "unknown") throw new Error(read.why.message);
  expect([...read.items.values()].map(({ login, state }) => `${login} ${state}`)).toEqual(people);
  expect(read.complete).toBe(whole);
});

describe("teams of accounts", () => {
  const row = (team: string) => ({ id: team, relationships: { team: { data: { id: team } } } });
  test.each([
    ["two", json({ data: [row("t1"), row("t2")] }), ["t1", "t2"]],
    ["none", json({ data: [] }), []],
    ["a row without a team", json({ data: [{ id: "x" }] }), undefined],
    ["refused", json({ errors: ["Forbidden"] }, 403), undefined],
  ])("%s", async (_, reply, teams) => {
    const { http } = routes({ "GET /api/v2/users/*/memberships": reply });
    const read = (await openTarget(datadogConfig(), http).readTeamsOf(["a1"], CONTEXT)).get("a1");
    expect(read?.state === "known" ? [...read.items.keys()] : undefined).toEqual(teams);
  });
});
