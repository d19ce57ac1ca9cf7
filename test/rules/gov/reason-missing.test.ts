/** Privileged mappings without a reason. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const LIVE =
  "#- live datadog\nroles: [{ name: SRE, permissions: [logs_modify_indexes] }, { name: Web, permissions: [monitors_write] }]\n";
const only = ["gov/reason-missing"];

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre # production
    #      ^^^^^^ warning gov/reason-missing: "dd-sre" gets "SRE" (high: logs_modify_indexes and logs_write_exclusion_filters) without a reason; say what it is for [fix]
    roles: # both
      - SRE
      - Web
    until: 2027-01-31
  - { group: dd-web, roles: [Web] }
  - { group: dd-sre2, roles: [SRE], reason: on call }
${LIVE}`;

test("from high sensitivity on, unless the policy says otherwise", () => checkProblems(FIXTURE, { only }));

test("the key is added where readers look for it", () =>
  checkFix(
    FIXTURE,
    'Add "reason"',
    `
mappings:
  - group: dd-sre # production
    roles: # both
      - SRE
      - Web
    reason:
    until: 2027-01-31
  - { group: dd-web, roles: [Web] }
  - { group: dd-sre2, roles: [SRE], reason: on call }
`,
    { only },
  ));

test("between braces, and with the file's line breaks", () => {
  checkFix(
    `#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE], until: 2027-01-31 }\n${LIVE}`,
    'Add "reason"',
    "mappings:\n  - { group: dd-sre, roles: [SRE], reason: , until: 2027-01-31 }",
    { only },
  );
  checkFix(
    `#- /a.accessmap.yaml\r\nmappings:\r\n  - group: dd-sre\r\n    roles: [SRE]\r\n${LIVE}`,
    'Add "reason"',
    "mappings:\r\n  - group: dd-sre\r\n    roles: [SRE]\r\n    reason: \r\n",
    { only },
  );
});

test("a role that was not read is not judged", () =>
  checkProblems(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n#- live datadog unreachable timeout\n",
  ));
