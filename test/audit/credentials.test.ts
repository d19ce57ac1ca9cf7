/** The credential report: what is told of each key, what speaks against it, and what is named as not checked. */

import { describe, expect, test } from "vitest";
import { credentialReport } from "../../server/src/core/audit/credentials.ts";
import {
  credentialSheet,
  credentialsMarkdown,
  renderCredentials,
} from "../../server/src/core/audit/renderCredentials.ts";
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
  ["an old API key", 'keys: [{ name: k, kind: api-key, created: "2020-01-01" }]', ["older than 90 days"]],
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

/** What is said against a credential of a directory. */
const IN_DIRECTORY: readonly (readonly [what: string, credential: string, findings: readonly string[]])[] = [
  ["a young token in use", 'name: k, owners: [ana], created: "2026-11-01", used: "2026-11-20"', []],
  ["an old token", 'name: k, owners: [ana], created: "2026-08-24", used: "2026-11-20"', ["older than 90 days"]],
  ["a token nobody uses", 'name: k, created: "2026-10-01", used: "2026-10-02"', ["nobody used it for 30 days"]],
  [
    "a token of somebody who left",
    'name: k, owners: [ana], orphaned: true, created: "2026-11-01"',
    ["its owner can no longer sign in"],
  ],
  ["an old key of a service app", 'name: k, kind: app-key, of: sync, created: "2026-01-01"', ["older than 90 days"]],
  [
    "a secret whose end is decades away",
    'name: k, kind: client-secret, of: sync, owners: [], created: "2026-01-01", expires: "2099-01-01"',
    ["older than 90 days", "nobody is named as owner of its application"],
  ],
  [
    "a secret that has ended",
    'name: k, kind: client-secret, of: sync, created: "2026-10-01", expires: "2026-11-01"',
    ["has ended; delete it"],
  ],
  [
    "a signing certificate that ends soon",
    'name: k, kind: signing-certificate, of: Datadog, created: "2023-12-01", expires: "2026-12-01"',
    ["ends in 8 days"],
  ],
  [
    "a certificate with years to go",
    'name: k, kind: certificate, of: a, created: "2024-01-01", expires: "2028-01-01"',
    [],
  ],
  [
    "an old key of a service account",
    'name: k, kind: service-account-key, of: s, created: "2026-01-01"',
    ["older than 90 days"],
  ],
];

const directoryReport = (body: string) =>
  credentialReport(parseFixture(`#- now 2026-11-23\n#- live okta\ngroups: [dd-sre]\n${body}\n`).snapshot);

test.each(IN_DIRECTORY)("%s", (_, credential, findings) => {
  expect(directoryReport(`credentials: [{ ${credential} }]`).rows.map((row) => row.findings)).toEqual([findings]);
});

test("credentials of directories stand beside those of organizations, with what they belong to", () => {
  const told = directoryReport(
    'credentials: [{ name: k1, kind: app-key, of: "a | b", scopes: [okta.groups.read], created: "2026-11-01" }, { name: t, owners: [ana], created: "2026-11-01", used: "2026-11-20" }]',
  );
  expect(credentialSheet(told).rows).toEqual([
    [
      "okta",
      "key of a service app",
      "k1",
      "a | b",
      "",
      "unknown",
      "unknown",
      "okta.groups.read",
      "no",
      "2026-11-01",
      "22",
      "not told",
      "never",
      "",
    ],
    [
      "okta",
      "API token",
      "t",
      "",
      "",
      "ana@acme.com",
      "person",
      "everything its owner may",
      "no",
      "2026-11-01",
      "22",
      "2026-11-20",
      "never",
      "",
    ],
  ]);
  expect(renderCredentials(told, { messages: [] })).toMatch(
    /a \| b: k1 +key of a service app +owner unknown +22 days old +use not told +okta\.groups\.read/,
  );
  expect(credentialsMarkdown(told, { messages: [] })).toContain("a \\| b");
});

test("a list of a directory that could not be read is not checked, with the reason and the remedy", () => {
  const { unchecked, rows } = directoryReport("credentials: [{ name: t }]\nunread: [credentials]");
  expect(rows).toEqual([]);
  expect(unchecked.filter(({ system }) => system === "okta").map(({ what, why }) => `${what}: ${why}`)).toEqual([
    "API tokens: not allowed; the scope okta.apiTokens.read would let them be read",
    "keys of service apps: the scope okta.apps.read would let them be read",
  ]);
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
  const { unchecked, byHand } = report("accounts: [ana]", everything);
  expect(unchecked.map(({ system, what, why }) => `${system}, ${what}: ${why}`)).toEqual([
    "prod, keys and tokens: the permissions api_keys_read and org_app_keys_read would let them be read",
    "okta, API tokens: the scope okta.apiTokens.read would let them be read",
    "okta, keys of service apps: the scope okta.apps.read would let them be read",
    "corp, secrets and certificates of applications: the Graph permission Application.Read.All would let them be read",
    "google, keys of the service account: `service_account` in accessmap.yaml and a token for iam.googleapis.com with iam.serviceAccountKeys.list would let them be read",
  ]);
  // What no interface tells anybody is named for each system, so that nobody takes silence for an answer.
  expect(byHand.map(({ system, what }) => `${system}, ${what}`)).toEqual([
    "prod, which key the identity provider pushes with",
    "okta, when keys of service apps were last used",
    "corp, when secrets and certificates were last used, and those of applications of other tenants",
    "google, when keys of the service account were last used",
    "hr, the token of the service",
  ]);
});

test("a list that was not wholly read says so, and its keys are judged all the same", () => {
  const part = report('keys: [{ name: k, scopes: [], created: "2020-01-01" }]\nincomplete: [keys]');
  expect(part.rows.map(({ findings }) => findings)).toEqual([["older than 90 days"]]);
  expect(renderCredentials(part, { messages: [] })).toMatch(/application keys: 1, read 12:00 UTC, not wholly/);
});
