/** esc/service-account-pivot: the account and its role are named; without one, or openly, nothing is said. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["esc/service-account-pivot"] };
const LIVE = `
#- live okta
groups: [{ name: dd-ci, members: [ana] }]
#- live datadog
roles:
  - { name: Deployer, permissions: [service_account_write] }
  - { name: Boss, permissions: [user_access_manage] }
  - { name: Viewer, permissions: [cases_read] }
`;
const ROBOT = 'accounts: [{ login: robot, name: deploy-bot, roles: ["Boss"], service: true }]\n';
const FINDING = `
#- /a.accessmap.yaml
mappings:
  - group: dd-ci
    roles: [Deployer]
    #       ^^^^^^^^ error esc/service-account-pivot: "dd-ci" leads to an administrator's power: "Deployer" permits service_account_write; service_account_write makes keys for service account "deploy-bot"; "deploy-bot" holds "Boss"; "Boss" permits user_access_manage; whoever edits roles and mappings grants themselves the rest. To end it, take "Deployer" from "dd-ci" [fix]
    teams: [ci]
${LIVE}${ROBOT}`;

test("the whole way is told, and the fewest edits that end it", () => checkProblems(FINDING, ONLY));

test("the role can be taken away", () =>
  checkFix(FINDING, "Remove this role", "mappings:\n  - group: dd-ci\n    roles: []\n    teams: [ci]\n", ONLY));

test("a service account that is no administrator leads nowhere", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ci, roles: [Deployer] }
${LIVE}${ROBOT.replace("Boss", "Viewer")}`,
    ONLY,
  ));

test("a group that is openly an administrator's needs no other way", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ci, roles: [Deployer, Boss] }
${LIVE}${ROBOT}`,
    ONLY,
  ));

test("accounts that could not be read prove nothing", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ci, roles: [Deployer] }
${LIVE}unread: [accounts]
`,
    ONLY,
  ));
