/** Privileged mappings without an end. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { require: { until: critical } }
`;
const LIVE =
  "#- live datadog\nroles: [{ name: SRE, permissions: [logs_delete_data] }, { name: Web, permissions: [logs_modify_indexes] }]\n";
const only = ["exp/missing-on-privileged"];

const FIXTURE = `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    #      ^^^^^^ warning exp/missing-on-privileged: "dd-sre" gets "SRE" (critical: logs_delete_data) without an end; add "until" [fix]
    roles: [Web, SRE]
  - { group: dd-web, roles: [Web] }
  - { group: dd-ends, roles: [SRE], until: 2027-01-31 }
#- now 2026-11-23
${LIVE}`;

test("from the sensitivity that the policy names", () => checkProblems(FIXTURE, { only }));

test("90 days are given", () =>
  checkFix(
    FIXTURE,
    'Add "until: 2027-02-21"',
    `
mappings:
  - group: dd-sre
    roles: [Web, SRE]
    until: 2027-02-21
  - { group: dd-web, roles: [Web] }
  - { group: dd-ends, roles: [SRE], until: 2027-01-31 }
`,
    { only },
  ));

test("projects that do not require ends, and roles that were not read, are not judged", () => {
  checkProblems(`#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n${LIVE}`, { only });
  checkProblems(
    `${PROJECT}#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n#- live datadog unreachable timeout\n`,
  );
});
