/** Masked values in the open. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { projectWith } from "../../support/fixture.ts";

const file = (marker = "", more = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-privacy
    roles: [Unmask]
${marker}${more}`;

const live = (members: string, permission = "data_scanner_unmask") => `
#- live okta
groups: [{ name: dd-privacy, ${members} }]
#- live datadog
roles: [{ name: Unmask, permissions: [${permission}] }]
`;

const only = { only: ["priv/unmask-sensitive"] };

test("a small group without an end", () =>
  checkProblems(
    file(
      `    #       ^^^^^^ error priv/unmask-sensitive: "dd-privacy" gives "Unmask" to people without an end, who can see masked values with data_scanner_unmask. Name a small group and an end [fix]\n`,
    ) + live("members: 3"),
    only,
  ));

test("many people, end or not", () =>
  checkProblems(
    file(
      `    #       ^^^^^^ error priv/unmask-sensitive: "dd-privacy" gives "Unmask" to 30 people, who can see masked values with debugger_capture_variables. Name a small group and an end [fix]\n`,
      "    until: 2027-01-01\n",
    ) + live("members: 30", "debugger_capture_variables"),
    only,
  ));

test("an end can be added", () =>
  checkFix(
    file() + live("members: 3"),
    'Add "until: 2027-02-21"',
    "\nmappings:\n  - group: dd-privacy\n    roles: [Unmask]\n    until: 2027-02-21\n",
    only,
  ));

test("a few people with an end, or a policy that asks for one by itself", () => {
  checkProblems(file("", "    until: 2027-01-01\n") + live("members: 3"), only);
  checkProblems(`${projectWith("{ require: { until: critical } }")}${file()}${live("members: 3")}`, only);
});

test("a role that was not read", () => checkProblems(`${file()}#- live datadog unreachable timeout\n`, only));
