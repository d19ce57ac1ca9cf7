/** Reading keys that can write. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (live: string, marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${marker}#- live datadog
roles: [{ name: Access, permissions: [user_access_manage, user_access_read, monitors_read] }, { name: Looking, permissions: [user_access_read] }]
accounts: [{ login: ana, roles: [Access] }, { login: bo, roles: [Looking] }, { login: cy, roles: [Gone] }]
${live}
`;

const FINDING =
  '  #^^^ warning cred/too-broad: The application key that reads "prod" can also write (user_access_manage); enter one with the scopes user_access_read and teams_read\n';

test("a key without scopes whose owner may write, or with a scope that writes", () => {
  checkProblems(fixture("actor: ana\nkeys: [{ name: check, owner: ana }]", FINDING));
  checkProblems(fixture("actor: ana\nkeys: [{ name: check, owner: ana, scopes: [user_access_manage] }]", FINDING));
});

test("scopes that only read, an owner who only reads, scopes beyond the owner", () => {
  checkProblems(fixture("actor: ana\nkeys: [{ name: check, owner: ana, scopes: [user_access_read, teams_read] }]"));
  checkProblems(fixture("actor: bo\nkeys: [{ name: check, owner: bo }]"));
  checkProblems(fixture("actor: bo\nkeys: [{ name: check, owner: bo, scopes: [user_access_manage] }]"));
});

test("one of several keys may be the narrow one; somebody else's key is another matter", () => {
  checkProblems(
    fixture("actor: ana\nkeys: [{ name: a, owner: ana }, { name: b, owner: ana, scopes: [user_access_read] }]"),
  );
  checkProblems(fixture("actor: bo\nkeys: [{ name: a, owner: ana }]"));
});

test("keys that were not asked for, not wholly listed, of an unknown actor or with an unknown role", () => {
  checkProblems(fixture("actor: ana"));
  checkProblems(fixture("actor: ana\nkeys: [{ name: check, owner: ana }]\nincomplete: [keys]"));
  checkProblems(fixture("actor: ana\nkeys: [{ name: check, owner: ana }]\nunread: [keys]"));
  checkProblems(fixture("actor: ana\nkeys: [{ name: check, owner: ana }]\nunread: [actor]"));
  checkProblems(fixture("actor: ana\nkeys: [{ name: check, owner: ana }]\nunread: [roles]"));
  checkProblems(fixture("actor: cy\nkeys: [{ name: check, owner: cy }]"));
});
