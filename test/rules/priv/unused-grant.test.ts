/** Grants that nobody uses. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (marker = "", until = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-old
${marker}    roles: [Viewer]
${until}  - { group: dd-web, teams: [web] }
`;

const live = (accounts: string, more = "") => `
#- live okta
groups: [{ name: dd-old, members: [ana, ben] }, { name: dd-web, members: 2 }]
#- live datadog
roles: [{ name: Viewer, permissions: [dashboards_read] }]
accounts: [${accounts}]
${more}`;

const account = (login: string, day: string, roles = "Viewer") =>
  `{ login: ${login}, roles: [${roles}], lastLogin: ${day} }`;
const IDLE = `${account("ana", "2026-08-01")}, ${account("ben", "2026-05-01")}`;
const only = { only: ["priv/unused-grant"] };

test("nobody signed in for ninety days", () =>
  checkProblems(
    file(
      `    #      ^^^^^^ info priv/unused-grant: Nobody in "dd-old" has signed in to "prod" since 2026-08-01; remove the mapping, or give it an end [fix]\n`,
    ) + live(IDLE),
    only,
  ));

test("an end gives notice, or the mapping goes", () => {
  checkFix(
    file() + live(IDLE),
    'Add "until: 2026-12-23"',
    "\nmappings:\n  - group: dd-old\n    roles: [Viewer]\n    until: 2026-12-23\n  - { group: dd-web, teams: [web] }\n",
    only,
  );
  checkFix(file() + live(IDLE), "Remove this mapping", "\nmappings:\n  - { group: dd-web, teams: [web] }\n", only);
});

test("one came within ninety days, works through a key, or does not hold the role yet", () => {
  checkProblems(file() + live(`${account("ana", "2026-08-25")}, ${account("ben", "2026-05-01")}`), only);
  checkProblems(file() + live(IDLE, "keys: [{ name: cron, owner: ben, used: 2026-11-20 }]\n"), only);
  checkProblems(file() + live(`${account("ana", "2026-08-01")}, ${account("ben", "2026-05-01", "SRE")}`), only);
});

test("administrators who break the glass, and what a reason says is for emergencies", () => {
  const admins = IDLE.replaceAll("roles: [Viewer]", "roles: [Datadog Admin Role]");
  checkProblems(file().replace("[Viewer]", "[Datadog Admin Role]") + live(admins), only);
  checkProblems(file("", "    reason: Break glass for the shop\n") + live(IDLE), only);
});

test("a sign-in that is not recorded, an account that is not there, accounts or members that are missing", () => {
  checkProblems(file() + live(`${account("ana", "2026-08-01")}, { login: ben, roles: [Viewer] }`), only);
  checkProblems(file() + live(account("ana", "2026-08-01")), only);
  checkProblems(file() + live(IDLE, "incomplete: [accounts]\n"), only);
  checkProblems(file() + live(IDLE).replace("[ana, ben]", "[ana, ben], incomplete: page 2"), only);
});

test("an end within thirty days is notice enough, a later one is none", () => {
  checkProblems(file("", "    until: 2026-12-23\n") + live(IDLE), only);
  const marker = "    #      ^^^^^^ info priv/unused-grant\n";
  checkProblems(file(marker, "    until: 2026-12-24\n") + live(IDLE), only);
});

test("a role that was made or given within the ninety days has not been tried", () => {
  checkProblems(file() + live(IDLE).replace("{ name: Viewer,", "{ name: Viewer, created: 2026-10-01,"), only);
  const pushed = (day: string) =>
    `#- moves\n- { did: gave, kind: role, id: role-viewer, account: account-ana, at: ${day}T08:00:00.000Z }\n`;
  checkProblems(file() + live(IDLE) + pushed("2026-11-01"), only);
  checkProblems(file("    #      ^^^^^^ info priv/unused-grant [fix]\n") + live(IDLE) + pushed("2026-03-01"), only);
});
