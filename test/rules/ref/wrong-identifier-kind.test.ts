/** Ids where names belong, and the reverse. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: 7c1f4a2e-5d0b
    #      ^^^^^^^^^^^^^ error ref/wrong-identifier-kind: "7c1f4a2e-5d0b" is the id of the group "dd-sre" in "okta"; write its name, or { id: … } [fix]
    roles: [r-17, { id: Auditor }]
    #       ^^^^ error ref/wrong-identifier-kind: "r-17" is the id of the role "SRE" in "prod"; write its name [fix]
    #             ^^^^^^^^^^^^^^^ error ref/wrong-identifier-kind: "Auditor" is the name of a role in "prod" and no id; write it as a name [fix]
  - group: { id: dd-dev }
    #            ^^^^^^ error ref/wrong-identifier-kind: "dd-dev" is the name of a group in "okta" and no id; its id is 5d0b [fix]
#- live okta
groups: [{ name: dd-sre, id: 7c1f4a2e-5d0b }, { name: dd-dev, id: 5d0b }]
#- live datadog
roles: [{ name: SRE, id: r-17 }, { name: Auditor, id: r-18 }]
`;

test("it says what the value is, and nothing is unknown besides", () => checkProblems(FIXTURE));

test.each([
  ['Change to "dd-sre"', "7c1f4a2e-5d0b", "dd-sre"],
  ['Change to "5d0b"', "id: dd-dev", 'id: "5d0b"'],
  ['Change to "SRE"', "r-17", "SRE"],
  ['Change to "Auditor"', "{ id: Auditor }", "Auditor"],
])("%s", (title, from, to) => {
  const text = `mappings:
  - group: 7c1f4a2e-5d0b
    roles: [r-17, { id: Auditor }]
  - group: { id: dd-dev }
`;
  checkFix(FIXTURE, title, text.replace(from, to));
});

test("a role that several have is no answer, and an incomplete listing proves nothing", () => {
  const file = "#- /a.accessmap.yaml\nmappings:\n  - group: g-1\n    roles: [{ id: SRE }]\n";
  checkProblems(`${file}    #       ^^^^^^^^^^^ error ref/unknown-role [fix]\n#- live datadog\nroles: [SRE, SRE]\n`);
  checkProblems(`${file}#- live okta incomplete page 2\ngroups: [{ name: dd-sre, id: g-1 }]\n`);
});
