/** Permissions that a class must never reach. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { classes: [{ groups: ["contractor-*"], never: [logs_read_data, logs_read_index_data] }] }
`;

const FIXTURE = `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: contractor-emea
    roles: [Reader, Pipelines]
    #       ^^^^^^ error sod/forbidden-access: "contractor-emea" must never reach logs_read_data, but "Reader" permits it; give it a smaller role [fix]
  - { group: dd-sre, roles: [Reader] }
#- live datadog
roles:
  - { name: Reader, permissions: [logs_read_data] }
  - { name: Pipelines, permissions: [logs_write_pipelines] }
`;

test("a role permits it", () => checkProblems(FIXTURE, { only: ["sod/forbidden-access"] }));

test("the role can be removed", () =>
  checkFix(
    FIXTURE,
    "Remove this role",
    `
mappings:
  - group: contractor-emea
    roles: [Pipelines]
  - { group: dd-sre, roles: [Reader] }
`,
  ));

test("what a permission implies is reached too, and several are told as several", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: contractor-emea
    roles: [Indexes]
    #       ^^^^^^^ error sod/forbidden-access: "contractor-emea" must never reach logs_read_data and logs_read_index_data, but "Indexes" permits them; give it a smaller role [fix]
#- live datadog
roles: [{ name: Indexes, permissions: [logs_modify_indexes, logs_read_data] }]
`,
    { only: ["sod/forbidden-access"] },
  ));

test("a role that was not read is not judged", () =>
  checkProblems(
    `${PROJECT}#- /a.accessmap.yaml\nmappings:\n  - { group: contractor-emea, roles: [Reader] }\n#- live datadog unreachable timeout\n`,
  ));

const LINKED = `${PROJECT.replace("prod: { site: datadoghq.eu }", "prod: { site: datadoghq.eu, linked: { teams: { readers: [Reader], makers: [Maker] } } }")}
#- /a.accessmap.yaml
mappings:
  - group: contractor-emea
    teams: [makers, readers]
    #               ^^^^^^^ error sod/forbidden-access: "contractor-emea" must never reach logs_read_data, but "Reader", which the team "readers" is linked to, permits it; take them out of the team, or unlink it [fix]
  - { group: contractor-apac, teams: [readers], until: 2020-01-01 }
  - { group: dd-sre, teams: [readers] }
#- live datadog
roles: [{ name: Reader, permissions: [logs_read_data] }, { name: Maker, permissions: [monitors_write] }]
`;

test("a team that is linked to a role confers it", () => {
  checkProblems(LINKED, { only: ["sod/forbidden-access"] });
  checkFix(
    LINKED,
    "Remove this team",
    `
mappings:
  - group: contractor-emea
    teams: [makers]
  - { group: contractor-apac, teams: [readers], until: 2020-01-01 }
  - { group: dd-sre, teams: [readers] }
`,
    { only: ["sod/forbidden-access"] },
  );
  checkProblems(
    LINKED.replace(/ {4}#.*forbidden-access.*\n/, "").replace("#- live datadog", "#- live datadog unreachable cut"),
    {
      only: ["sod/forbidden-access"],
    },
  );
});
