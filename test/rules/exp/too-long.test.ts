/** Mappings that outlive the policy. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { longest: 365d }
`;

const FIXTURE = `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: one
    until: 2027-11-24
    #      ^^^^^^^^^^ warning exp/too-long: What "one" gets here ends in 366 days; the policy allows 365, until 2027-11-23 [fix]
  - group: two
    until: 2027-11-23
  - group: three
#- now 2026-11-23
`;

test("one day more than allowed", () => checkProblems(FIXTURE));

test("the fix caps it", () =>
  checkFix(
    FIXTURE,
    "Change to 2027-11-23",
    `
mappings:
  - group: one
    until: 2027-11-23
  - group: two
    until: 2027-11-23
  - group: three
`,
  ));

test("without a policy every end will do, and an unclear one is not judged", () => {
  checkProblems("#- /a.accessmap.yaml\nmappings:\n  - { group: one, until: 2099-12-31 }\n");
  checkProblems(`${PROJECT}#- /a.accessmap.yaml\nmappings:\n  - { group: one, until: 31.12.2099 }\n`, {
    only: ["exp/too-long"],
  });
});
