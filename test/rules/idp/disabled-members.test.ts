/** Groups of people who lost access. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (marker = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-old
${marker}    roles: [Viewer]
  - { group: dd-web, roles: [Viewer] }
`;

const live = (members: string) => `
#- live okta
groups: [{ name: dd-old, ${members} }, { name: dd-web, members: 2 }]
`;

const GONE = "{ login: ana, state: deactivated }, { login: ben, state: suspended }";
const only = { only: ["idp/disabled-members"] };

test("all of them, or the only one", () => {
  checkProblems(
    file(
      `    #      ^^^^^^ info idp/disabled-members: All 2 members of "dd-old" are suspended or gone, so this mapping gives nobody anything; remove it [fix]\n`,
    ) + live(`members: [${GONE}]`),
    only,
  );
  checkProblems(
    file(
      `    #      ^^^^^^ info idp/disabled-members: The only member of "dd-old" is suspended or gone, so this mapping gives nobody anything; remove it\n`,
    ) + live("members: [{ login: ana, state: deactivated }]"),
    only,
  );
});

test("the mapping can be removed", () =>
  checkFix(
    file() + live(`members: [${GONE}]`),
    "Remove this mapping",
    "\nmappings:\n  - { group: dd-web, roles: [Viewer] }\n\n",
    only,
  ));

test("somebody works, or starts soon", () => {
  checkProblems(file() + live(`members: [${GONE}, cleo]`), only);
  checkProblems(file() + live(`members: [${GONE}, { login: cleo, state: staged }]`), only);
});

test("states that the directory does not say, and members that are missing", () => {
  checkProblems(file() + live(`members: [${GONE}, { login: cleo, state: unknown }]`), only);
  checkProblems(file() + live(`members: [${GONE}], incomplete: page 2 is missing`), only);
});
