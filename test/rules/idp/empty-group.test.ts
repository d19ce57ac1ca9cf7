/** Groups without members. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (marker = "", more = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-old
${marker}    roles: [Viewer]
${more}  - { group: dd-web, roles: [Viewer] }
`;

const live = (members: string) => `
#- live okta
groups: [{ name: dd-old, ${members} }, { name: dd-web, members: 2 }]
#- live datadog
roles: [{ name: Viewer, permissions: [dashboards_read] }]
`;

const only = { only: ["idp/empty-group"] };

test("nobody is in it", () =>
  checkProblems(
    file(
      `    #      ^^^^^^ info idp/empty-group: "dd-old" has no members in "okta", so this mapping gives nobody anything; remove it [fix]\n`,
    ) + live("members: []"),
    only,
  ));

test("the mapping can be removed", () =>
  checkFix(
    file() + live("members: []"),
    "Remove this mapping",
    "\nmappings:\n  - { group: dd-web, roles: [Viewer] }\n\n",
    only,
  ));

test("somebody is, or the mapping has ended", () => {
  checkProblems(file() + live("members: [ana]"), only);
  checkProblems(file("", "    until: 2026-11-01\n") + live("members: []"), only);
});

test("a group that is filled only when needed", () =>
  checkProblems(file("", "    reason: Filled by PIM on approval\n") + live("members: []"), only));

test("members that were not read, or not wholly", () => {
  checkProblems(file() + live("count: 0"), only);
  checkProblems(file() + live("members: [], incomplete: page 2 is missing"), only);
});
