/** Mappings that end within 14 days. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: one
    until: 2026-11-23
    #      ^^^^^^^^^^ info exp/soon: What "one" gets here ends today; extend it if it is still needed [fix]
  - group: two
    until: 2026-11-24
    #      ^^^^^^^^^^ info exp/soon: What "two" gets here ends tomorrow; extend it if it is still needed [fix]
  - group: three
    until: "2026-12-07"
    #      ^^^^^^^^^^^^ info exp/soon: What "three" gets here ends in 14 days; extend it if it is still needed [fix]
  - group: four
    until: 2026-12-08
  - group: five
#- now 2026-11-23
`;

test("up to 14 days ahead", () => checkProblems(FIXTURE));

test("it can be extended", () =>
  checkFix(
    `
#- /a.accessmap.yaml
mappings:
  - group: three
    until: "2026-12-07" # freeze
#- now 2026-11-23
`,
    "Extend to 2027-02-21",
    `
mappings:
  - group: three
    until: "2027-02-21" # freeze
`,
  ));

test("the policy's longest life caps the extension", () =>
  checkFix(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { longest: 30d }
#- /a.accessmap.yaml
mappings:
  - { group: three, until: 2026-12-07 }
#- now 2026-11-23
`,
    "Extend to 2026-12-23",
    "mappings:\n  - { group: three, until: 2026-12-23 }",
  ));

test("a date that cannot be read does not end soon", () =>
  checkProblems("#- /a.accessmap.yaml\nmappings:\n  - { group: one, until: 24.11.2026 }\n", { only: ["exp/soon"] }));
