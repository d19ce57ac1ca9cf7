/** Programs with an administrator's role. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const only = ["priv/service-account-admin"];
const PROJECT = (marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta }
${marker === "" ? "" : `  #^^^ error priv/service-account-admin: ${marker}\n`}`;
const check = (live: string, marker?: string) =>
  checkProblems(`${PROJECT(marker)}#- live datadog\n${live}\n`, { only });
const ADMIN = "{ name: Boss, permissions: [org_management] }";

test("one, and several", () => {
  check(
    `roles: [${ADMIN}]\naccounts: [{ login: bot, service: true, roles: [Boss] }]`,
    `The service account "bot" ("Boss") of "prod" holds an administrator's role; give a role with exactly what the work takes`,
  );
  check(
    `roles: [${ADMIN}]\naccounts: [{ login: a, service: true, roles: [Boss] }, { login: b, service: true, roles: [Datadog Admin Role] }]`,
    `The service accounts "a" ("Boss") and "b" ("Datadog Admin Role") of "prod" hold administrators' roles; give a role with exactly what the work takes`,
  );
});

test("what pushes must administer access, and nothing beyond", () => {
  const push = "user_access_manage, user_access_invite, teams_manage";
  check(`roles: [{ name: Sync, permissions: [${push}] }]\naccounts: [{ login: sync, service: true, roles: [Sync] }]`);
  check(
    `roles: [{ name: Sync, permissions: [${push}, logs_delete_data] }]\naccounts: [{ login: sync, service: true, roles: [Sync] }]`,
    `The service account "sync" ("Sync") of "prod" holds an administrator's role; give a role with exactly what the work takes`,
  );
});

test("people, other roles, accounts that are off, and what was not read", () => {
  check(`roles: [${ADMIN}]\naccounts: [{ login: ana, roles: [Boss] }]`);
  check(
    "roles: [{ name: Dev, permissions: [logs_write_pipelines] }]\naccounts: [{ login: bot, service: true, roles: [Dev] }]",
  );
  check(`roles: [${ADMIN}]\naccounts: [{ login: bot, service: true, roles: [Boss], status: disabled }]`);
  check(`roles: [${ADMIN}]\naccounts: [{ login: bot, service: true, roles: [Boss] }]\nunread: [accounts]`);
  check(`roles: [${ADMIN}]\naccounts: [{ login: bot, service: true, roles: [Boss] }]\nunread: [roles]`);
});

test("a group of programs alone", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-agents
    roles: [Boss]
    #       ^^^^ error priv/service-account-admin: agent-bot@acme.com in "dd-agents" looks like a program and gets an administrator's role, "Boss"; give a role with exactly what the work takes
  - group: dd-mixed
    roles: [Boss]
  - group: dd-people
    roles: [Boss]
  - group: dd-unread
    roles: [Boss]
#- live okta
groups:
  - { name: dd-agents, members: [agent-bot] }
  - { name: dd-mixed, members: [agent-bot, ana] }
  - { name: dd-people, members: [ana] }
  - dd-unread
#- live datadog
roles: [${ADMIN}]
`,
    { only },
  ));
