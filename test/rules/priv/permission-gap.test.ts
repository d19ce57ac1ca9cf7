/** Rights over access that nobody used. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (marker = "", role = "Lead") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-leads
    roles: [${role}]
${marker}`;

const account = (login: string, created = "2024-01-01", role = "Lead") =>
  `{ login: ${login}, roles: [${role}], created: ${created} }`;
const OLD = `${account("ana")}, ${account("ben")}`;

const live = (audit: string, accounts = OLD, more = "") => `
#- live okta
groups: [{ name: dd-leads, members: [ana, ben] }]
#- live datadog
roles: [{ name: Lead, permissions: [user_access_manage, monitors_write] }, { name: Watcher, permissions: [monitors_write] }]
accounts: [${accounts}, { login: zoe }]
audit: ${audit}
${more}`;

const QUIET = "{ from: 2026-10-01, by: [zoe] }";
const only = { only: ["priv/permission-gap"] };

test("nobody changed any access in the time of the trail", () =>
  checkProblems(
    file(
      `    #       ^^^^ warning priv/permission-gap: Nobody in "dd-leads" changed any access in "prod" since 2026-10-01, though "Lead" gives user_access_manage; a role without would do [fix]\n`,
    ) + live(QUIET),
    only,
  ));

test("the role without is offered", () =>
  checkFix(
    file() + live(QUIET),
    'Use "Watcher" instead',
    "\nmappings:\n  - group: dd-leads\n    roles: [Watcher]\n",
    only,
  ));

test("one of them did, the role gives nothing of the kind, or it is Datadog's own", () => {
  checkProblems(file() + live("{ from: 2026-10-01, by: [zoe, ben] }"), only);
  checkProblems(file("", "Watcher") + live(QUIET), only);
  checkProblems(
    file("", "Datadog Admin Role") +
      live(
        QUIET,
        `${account("ana", "2024-01-01", "Datadog Admin Role")}, ${account("ben", "2024-01-01", "Datadog Admin Role")}`,
      ),
    only,
  );
});

test("too short, perhaps switched off, cut, or not read", () => {
  checkProblems(file() + live("{ from: 2026-11-10, by: [zoe] }"), only);
  checkProblems(file() + live("{ from: 2026-10-01, by: [] }"), only);
  checkProblems(file() + live(QUIET, OLD, "incomplete: [audit]\n"), only);
  checkProblems(file() + live(QUIET).replace(/audit: .*/, ""), only);
});

test("somebody is new, does not hold the role yet, or is of unknown age", () => {
  checkProblems(file() + live(QUIET, `${account("ana")}, ${account("ben", "2026-11-01")}`), only);
  checkProblems(file() + live(QUIET, `${account("ana")}, ${account("ben", "2024-01-01", "Watcher")}`), only);
  checkProblems(file() + live(QUIET, `${account("ana")}, { login: ben, roles: [Lead] }`), only);
});

test("what is younger than the trail has not been tried: the role, what it permits, or that they hold it", () => {
  const role = (date: string) =>
    live(QUIET).replace("{ name: Lead, permissions", `{ name: Lead, ${date}: 2026-10-20, permissions`);
  checkProblems(file() + role("created"), only);
  checkProblems(file() + role("modified"), only);
  const pushed = (did: string, at: string) =>
    `#- moves\n- { did: ${did}, kind: role, id: role-lead, account: account-ben, at: ${at} }\n`;
  checkProblems(file() + live(QUIET) + pushed("gave", "2026-10-20T08:00:00.000Z"), only);
  checkProblems(
    `${file(
      `    #       ^^^^ warning priv/permission-gap [fix]\n`,
    )}${live(QUIET)}${pushed("gave", "2026-09-20T08:00:00.000Z")}`,
    only,
  );
});
