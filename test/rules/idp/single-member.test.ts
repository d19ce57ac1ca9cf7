/** Groups of one. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { projectWith } from "../../support/fixture.ts";

const file = (marker = "", more = "", role = "Logs") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-ana
${marker}    roles: [${role}]
${more}`;

const live = (members: string) => `
#- live okta
groups: [{ name: dd-ana, ${members} }]
#- live datadog
roles: [{ name: Logs, permissions: [logs_write_archives] }, { name: Viewer, permissions: [dashboards_read] }]
`;

const only = { only: ["idp/single-member"] };

test("a person in the clothes of a group", () =>
  checkProblems(
    file(
      `    #      ^^^^^^ info idp/single-member: "dd-ana" gets "Logs" (high: logs_write_archives) and has one member, so this is a grant to a person; give it an end, or the role to a group of those who do this work [fix]\n`,
    ) + live("members: [ana]"),
    only,
  ));

test("an end can be added", () =>
  checkFix(
    file() + live("members: [ana]"),
    'Add "until: 2027-02-21"',
    "\nmappings:\n  - group: dd-ana\n    roles: [Logs]\n    until: 2027-02-21\n",
    only,
  ));

test("two people, an end, a harmless role, or a policy that asks for the end", () => {
  checkProblems(file() + live("members: [ana, ben]"), only);
  checkProblems(file("", "    until: 2027-01-01\n") + live("members: [ana]"), only);
  checkProblems(file("", "", "Viewer") + live("members: [ana]"), only);
  checkProblems(`${projectWith("{ require: { until: high } }")}${file()}${live("members: [ana]")}`, only);
});

test("members that are missing", () =>
  checkProblems(file() + live("members: [ana], incomplete: page 2 is missing"), only));
