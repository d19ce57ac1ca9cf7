/** The credential report: what is told of each key, what speaks against it, and what is named as not checked. */

import { describe, expect, test } from "vitest";
import { credentialReport } from "../../server/src/core/audit/credentials.ts";
import { credentialSheet, renderCredentials } from "../../server/src/core/audit/renderCredentials.ts";
import { parseFixture } from "../support/fixture.ts";

const report = (live: string, project = "") =>
  credentialReport(parseFixture(`#- now 2026-11-23\n${project}#- live datadog\n${live}\n`).snapshot);

const ROLES =
  "roles: [{ name: Boss, permissions: [user_access_manage] }, { name: Dev, permissions: [monitors_write] }]";

/** What is said against a single key. */
const FINDINGS: readonly (readonly [what: string, live: string, findings: readonly string[]])[] = [
  ["young and in use", 'keys: [{ name: k, scopes: [], created: "2026-11-01", used: "2026-11-20" }]', []],
  ["old", 'keys: [{ name: k, scopes: [], created: "2026-08-24", used: "2026-11-20" }]', ["older than 90 days"]],
  [
    "unused",
    'keys: [{ name: k, scopes: [], created: "2026-10-01", used: "2026-10-02" }]',
    ["nobody used it for 30 days"],
  ],
  [
    "old and unused",
    'keys: [{ name: k, scopes: [], created: "2026-01-01", used: "2026-10-02" }]',
    ["nobody used it for 30 days", "older than 90 days"],
  ],
  ["an old API key", 'keys: [{ name: k, kind: api-key, created: "2020-01-01" }]', []],
  [
    "ends tomorrow",
    'keys: [{ name: k, kind: personal-token, scopes: [], created: "2026-11-01", expires: "2026-11-24" }]',
    ["ends in 1 day"],
  ],
  [
    "ends in a fortnight and a day",
    'keys: [{ name: k, kind: personal-token, scopes: [], created: "2026-11-01", expires: "2026-12-08" }]',
    [],
  ],
  [
    "has ended",
    'keys: [{ name: k, kind: personal-token, scopes: [], created: "2026-01-01", expires: "2026-11-22" }]',
    ["has ended; delete it"],
  ],
  [
    "of an account that is switched off",
    'accounts: [{ login: ana, status: disabled }]\nkeys: [{ name: k, owner: ana, scopes: [], created: "2026-11-01" }]',
    ["the account of its owner is switched off"],
  ],
  [
    "without scopes, of an administrator",
    `${ROLES}\naccounts: [{ login: ana, roles: [Boss] }]\nkeys: [{ name: k, owner: ana, created: "2026-11-01" }]`,
    ["permits all that an administrator may"],
  ],
  [
    "without scopes, of somebody else",
    `${ROLES}\naccounts: [{ login: ana, roles: [Dev] }]\nkeys: [{ name: k, owner: ana, created: "2026-11-01" }]`,
    [],
  ],
];

test.each(FINDINGS)("%s", (_, live, findings) => {
  expect(report(live).rows.map((row) => row.findings)).toEqual([findings]);
});

describe("whether a key pushes through SCIM", () => {
  const both = "{ name: Sync, permissions: [user_access_invite, user_access_manage] }";
  test.each([
    [
      "scoped to both",
      `roles: [${both}]\naccounts: [{ login: ana, roles: [Sync] }]`,
      "scopes: [user_access_invite, user_access_manage]",
      "yes",
    ],
    [
      "scoped to one",
      `roles: [${both}]\naccounts: [{ login: ana, roles: [Sync] }]`,
      "scopes: [user_access_manage]",
      "no",
    ],
    [
      "its owner may not",
      `${ROLES}\naccounts: [{ login: ana, roles: [Dev] }]`,
      "scopes: [user_access_invite, user_access_manage]",
      "no",
    ],
    ["accounts were not read", "unread: [accounts]", "scopes: [user_access_invite, user_access_manage]", "unknown"],
  ])("%s", (_, live, scopes, says) => {
    const { columns, rows } = credentialSheet(report(`${live}\nkeys: [{ name: k, owner: ana, ${scopes} }]`));
    expect(rows.map((row) => row[columns.indexOf("Pushes through SCIM")])).toEqual([says]);
  });
});

test("what could not be read is named with the permission that it takes", () => {
  const everything = `#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
  corp: { type: entra, tenant: t }
  google: { type: google, customer: c, admin: a@acme.com }
  hr: { type: scim, url: https://scim.example.com/v2 }
organizations: { prod: { site: datadoghq.eu, directory: okta } }
`;
  const { unchecked } = report("accounts: [ana]", everything);
  expect(unchecked.map(({ system, what, why }) => `${system}, ${what}: ${why}`)).toEqual([
    "prod, keys and tokens: the permissions api_keys_read and org_app_keys_read would let them be read",
    "okta, API tokens: the scope okta.apiTokens.read would let them be read",
    "okta, keys of service apps: the scope okta.apps.read would let them be read",
    "corp, secrets and certificates of applications: the Graph permission Application.Read.All would let them be read",
    "google, keys of the service account: the permission iam.serviceAccountKeys.list in its Google Cloud project would let them be read",
    "hr, the token of the service: SCIM has no means to read it; ask who runs the service",
  ]);
});

test("a list that was not wholly read says so, and its keys are judged all the same", () => {
  const part = report('keys: [{ name: k, scopes: [], created: "2020-01-01" }]\nincomplete: [keys]');
  expect(part.rows.map(({ findings }) => findings)).toEqual([["older than 90 days"]]);
  expect(renderCredentials(part, { messages: [] })).toMatch(/application keys: 1, read 12:00 UTC, not wholly/);
});
