/** Permissions that Datadog has given up. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const only = ["ref/retired-permission"];

const POLICY = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy:
  apart: [[old_write, standard]]
  #        ^^^^^^^^^ warning ref/retired-permission: Datadog calls "old_write" "new_write" now; write it that way [fix]
  #                   ^^^^^^^^ warning ref/retired-permission: Datadog has given up the permission "standard"; name what replaces it
#- live datadog
permissions: [{ name: new_write, aliases: [old_write] }]
`;

test("the policy names one", () => checkProblems(POLICY, { only }));

test("the new name is offered", () =>
  checkFix(
    POLICY,
    'Change to "new_write"',
    `
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy:
  apart: [[new_write, standard]]
`,
    { only },
  ));

test("an expectation does, and a role holds one: each role is named once", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-a
    roles: [Old]
    #       ^^^ warning ref/retired-permission: "Old" still holds integrations_api, which Datadog has given up; give the role the current permissions that it needs instead
  - group: dd-b
    roles: [Old, Datadog Admin Role, New]
expect:
  - { group: dd-a, cannot: [admin] }
  #                         ^^^^^ warning ref/retired-permission
#- live datadog
roles: [{ name: Old, permissions: [integrations_api, watchdog_insights_read] }, { name: New, permissions: [monitors_write] }]
`,
    { only },
  ));

test("a name that is in use is not old, and without the list only our catalogue speaks", () => {
  const file = "#- /a.accessmap.yaml\nmappings: []\nexpect:\n  - { group: x, cannot: [old_write, monitors_write] }\n";
  checkProblems(file, { only });
  checkProblems(`${file}#- live datadog\npermissions: [old_write, { name: new_write, aliases: [old_write] }]\n`, {
    only,
  });
});
