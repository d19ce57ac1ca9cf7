/** Roles that Datadog widens by itself, for people who should hold little. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { projectWith } from "../../support/fixture.ts";

const PROJECT = projectWith('{ classes: [{ groups: ["contractor-*"], never: [logs_delete_data] }] }');

const file = (group: string, role: string, marker = "") => `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: ${group}
    roles: [${role}]
${marker}`;

const LIVE = `
#- live okta
groups:
  - { name: contractor-emea, members: [zoe@northquay.example] }
  - { name: dd-mixed, members: [ana, zoe@northquay.example] }
  - { name: dd-own, members: 30 }
#- live datadog
roles:
  - { name: Grower, permissions: [monitors_write, dashboards_write], receives: [Datadog Standard Role] }
  - { name: Reader, permissions: [dashboards_read], receives: [Datadog Read Only Role] }
  - { name: Fixed, permissions: [monitors_write] }
  - { name: Wiper, permissions: [logs_delete_data], receives: [Datadog Standard Role] }
`;

const only = { only: ["priv/managed-role-grows"] };

test("a class of the policy, and a group with outsiders", () => {
  checkProblems(
    file(
      "contractor-emea",
      "Grower",
      `    #       ^^^^^^ warning priv/managed-role-grows: "contractor-emea" is of a class that the policy restrains, but gets "Grower", which receives all that "Datadog Standard Role" gains; give it a role that only you change [fix]\n`,
    ) + LIVE,
    only,
  );
  checkProblems(
    file(
      "dd-mixed",
      "Grower",
      `    #       ^^^^^^ warning priv/managed-role-grows: "dd-mixed" holds outsiders, but gets "Grower", which receives all that "Datadog Standard Role" gains; give it a role that only you change [fix]\n`,
    ) + LIVE,
    only,
  );
});

test("Datadog's own role", () =>
  checkProblems(
    file(
      "contractor-emea",
      "Datadog Standard Role",
      `    #       ^^^^^^^^^^^^^^^^^^^^^ warning priv/managed-role-grows: "contractor-emea" is of a class that the policy restrains, but gets "Datadog Standard Role", which Datadog widens by itself; give it a role that only you change [fix]\n`,
    ) + LIVE,
    only,
  ));

test("a smaller role that stays as it is can be taken", () =>
  checkFix(
    file("contractor-emea", "Grower") + LIVE,
    'Use "Fixed" instead',
    "\nmappings:\n  - group: contractor-emea\n    roles: [Fixed]\n",
    only,
  ));

test("our own people, roles that gain by reading alone, and what another rule reports already", () => {
  checkProblems(file("dd-own", "Grower") + LIVE, only);
  checkProblems(file("contractor-emea", "Reader, Datadog Read Only Role, Fixed") + LIVE, only);
  checkProblems(file("contractor-emea", "Wiper, Datadog Admin Role") + LIVE, only);
  checkProblems(file("dd-mixed", "Datadog Standard Role") + LIVE, only);
});

test("members and roles that were not read", () => {
  checkProblems(
    `${file("dd-mixed", "Grower")}#- live okta unreachable timeout\n${LIVE.slice(LIVE.indexOf("#- live datadog"))}`,
    only,
  );
  checkProblems(`${file("contractor-emea", "Grower")}#- live datadog unreachable timeout\n`, only);
});
