/** Names that differ in letter case alone. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: DD-SRE
    #      ^^^^^^ error ref/case-mismatch: The group is called "dd-sre" in "okta", and names are compared exactly; write it that way [fix]
    roles: [sre, Engineer]
    #       ^^^ error ref/case-mismatch: The role is called "SRE" in "prod", and names are compared exactly; write it that way [fix]
    teams: [Platform]
    #       ^^^^^^^^ error ref/case-mismatch [fix]
#- live okta
groups: [dd-sre]
#- live datadog
roles: [SRE, Engineer]
teams: [platform]
`;

test("it is reported as such, and not as unknown besides", () => checkProblems(FIXTURE));

test("the name as it is, is offered", () =>
  checkFix(
    FIXTURE,
    'Change to "SRE"',
    `
mappings:
  - group: DD-SRE
    roles: [SRE, Engineer]
    teams: [Platform]
`,
  ));

test("both spellings may exist", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - { group: DD-SRE, roles: [sre] }
#- live okta
groups: [dd-sre, DD-SRE]
#- live datadog
roles: [SRE, sre]
`));

test("an incomplete listing may hold the other spelling", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: DD-SRE
#- live okta incomplete page 2 is missing
groups: [dd-sre]
`));
