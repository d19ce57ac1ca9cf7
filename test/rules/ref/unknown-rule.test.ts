/** Names of rules that do not exist, wherever they are written. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const project = (policy: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy:
${policy}
`;
const ONLY = { only: ["ref/unknown-rule"] };

const FINDING = project(`  rules: { hyg/unsortd: off }
  #        ^^^^^^^^^^^ error ref/unknown-rule: No rule is called "hyg/unsortd"; did you mean "hyg/unsorted"? [fix]
  overrides:
    - { rules: [privilege/*, priv/*], severity: info }
    #           ^^^^^^^^^^^ error ref/unknown-rule: No rule fits "privilege/*"; correct it; accessmap rule lists all
  locked: [lok/self]
  #        ^^^^^^^^ error ref/unknown-rule: No rule is called "lok/self"; did you mean "lock/self"? [fix]`);

test("in severities, overrides and locks", () => checkProblems(FINDING, ONLY));

test("the near name is offered", () =>
  checkFix(
    project("  locked: [lok/self]"),
    'Change to "lock/self"',
    project("  locked: [lock/self]").replace("\n#- /accessmap.yaml\n", ""),
    ONLY,
  ));

test("in a suppression, where no pattern is one", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    allow:
      - { rule: priv/destructiv, reason: nights, until: 2027-01-31 }
      #         ^^^^^^^^^^^^^^^ error ref/unknown-rule: No rule is called "priv/destructiv"; did you mean "priv/destructive"? [fix]
      - { rule: priv/*, reason: all of them, until: 2027-01-31 }
      #         ^^^^^^ error ref/unknown-rule: No rule is called "priv/*"; correct it; accessmap rule lists all
`,
    ONLY,
  ));

test("rules that exist, and patterns that fit", () =>
  checkProblems(
    project(`  rules: { hyg/unsorted: off, ref/unknown-rule: error }
  overrides: [{ rules: [priv/*, "{esc,sod}/*"], severity: info }]
  locked: [lock/*]`),
    ONLY,
  ));

test("what reading a file finds is beyond the policy", () =>
  checkProblems(
    project(`  rules: { schema/unknown-key: off }
  #        ^^^^^^^^^^^^^^^^^^ error ref/unknown-rule: "schema/unknown-key" is found while a file is read, and nothing changes or suppresses it; remove it
  locked: ["yaml/*"]
  #        ^^^^^^^^ error ref/unknown-rule`),
    ONLY,
  ));
