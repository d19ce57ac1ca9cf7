/** Privileged mappings that nobody answers for. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { require: { owner: high } }
`;
const LIVE =
  "#- live datadog\nroles: [{ name: SRE, permissions: [logs_modify_indexes] }, { name: Web, permissions: [monitors_write] }]\n";
const only = ["gov/owner-missing"];

const FIXTURE = `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    #      ^^^^^^ warning gov/owner-missing: "dd-sre" gets "SRE" (high: logs_modify_indexes and logs_write_exclusion_filters) without an owner; name who answers for it, here or at the top of the file [fix]
    roles: [SRE]
    reason: on call
  - { group: dd-web, roles: [Web] }
#- /b.accessmap.yaml
owner: leads@acme.com
mappings:
  - { group: dd-one, roles: [SRE] }
${LIVE}`;

test("a file's owner counts for its mappings", () => checkProblems(FIXTURE, { only }));

test("the key is added behind the reason", () =>
  checkFix(
    FIXTURE,
    'Add "owner"',
    `
mappings:
  - group: dd-sre
    roles: [SRE]
    reason: on call
    owner:
  - { group: dd-web, roles: [Web] }
`,
    { only },
  ));

test("projects that do not require owners, and roles that were not read, are not judged", () => {
  checkProblems(`#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n${LIVE}`, { only });
  checkProblems(
    `${PROJECT}#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n#- live datadog unreachable timeout\n`,
  );
});
