/** People who left and still have an account. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const file = (marker = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-ops
${marker}    roles: [Viewer]
  - { group: dd-web, teams: [web] }
`;

const live = (members: string, accounts: string, more = "") => `
#- live okta
groups: [{ name: dd-ops, members: [${members}] }, { name: dd-web, members: [${members}] }]
#- live datadog
accounts: [${accounts}]
${more}`;

const only = { only: ["idp/leaver-still-active"] };
const GONE = "{ login: mats, state: deactivated }";

test("reported once, at the first group that has them", () =>
  checkProblems(
    file(
      `    #      ^^^^^^ error idp/leaver-still-active: mats@acme.com is deactivated in "okta" and still active in "prod", where their keys go on working; switch the account off, or let a push do it with "users: deactivate"\n`,
    ) + live(`ana, ${GONE}`, "ana, mats"),
    only,
  ));

test("a push that does it by itself is not named", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, push: { roles: scim, users: deactivate } } }
${file(
  `    #      ^^^^^^ error idp/leaver-still-active: mats@acme.com and nadia@acme.com are deactivated in "okta" and still active in "prod", where their keys go on working; switch the accounts off\n`,
)}${live(`ana, ${GONE}, { login: nadia, state: deactivated }`, "ana, mats, nadia")}`,
    only,
  ));

test("people on leave, accounts that are off or pending, people without one", () => {
  checkProblems(file() + live("{ login: mats, state: suspended }", "mats"), only);
  checkProblems(file() + live(GONE, "{ login: mats, status: disabled }"), only);
  checkProblems(file() + live(GONE, "{ login: mats, status: pending }"), only);
  checkProblems(file() + live(GONE, "ana"), only);
});

test("an address that two accounts share, and accounts that were not read", () => {
  const twins = "{ login: m1, email: mats@acme.com }, { login: m2, email: mats@acme.com }";
  checkProblems(file() + live(GONE, twins), only);
  checkProblems(file() + live(GONE, "mats", "unread: [accounts]\n"), only);
});
