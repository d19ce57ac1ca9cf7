/** Permissions that nobody knows. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const POLICY = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy:
  classes:
    - groups: ["contractor-*"]
      never: [logs_read_dta, brand_new_write, old_name]
      #       ^^^^^^^^^^^^^ error ref/unknown-permission: Datadog has no permission "logs_read_dta"; did you mean "logs_read_data"? [fix]
  apart: [[billing_edit, audit_logs_wirte]]
  #                      ^^^^^^^^^^^^^^^^ error ref/unknown-permission [fix]
#- live datadog
permissions: [{ name: brand_new_write, aliases: [old_name] }]
`;

test("the policy names a permission that is in neither list", () =>
  checkProblems(POLICY, { only: ["ref/unknown-permission"] }));

const EXPECT = `
#- /a.accessmap.yaml
mappings: []
expect:
  - { permission: user_acess_manage, people: { min: 1 } }
  #               ^^^^^^^^^^^^^^^^^ error ref/unknown-permission [fix]
  - { group: x, cannot: [logs_read_data, no_such_thing_at_all] }
  #                                      ^^^^^^^^^^^^^^^^^^^^ error ref/unknown-permission: Datadog has no permission "no_such_thing_at_all"; correct the name
#- live datadog
`;

test("an expectation does", () => checkProblems(EXPECT, { only: ["ref/unknown-permission"] }));

test("the near name is offered", () =>
  checkFix(
    EXPECT,
    'Change to "user_access_manage"',
    `
mappings: []
expect:
  - { permission: user_access_manage, people: { min: 1 } }
  - { group: x, cannot: [logs_read_data, no_such_thing_at_all] }
`,
    { only: ["ref/unknown-permission"] },
  ));

test("Datadog adds permissions all the time: without the live list a name is not judged", () => {
  const file = "#- /a.accessmap.yaml\nmappings: []\nexpect:\n  - { group: x, cannot: [brand_new_write] }\n";
  checkProblems(file, { only: ["ref/unknown-permission"] });
  checkProblems(`${file}#- live datadog\nincomplete: [permissions]\n`, { only: ["ref/unknown-permission"] });
});
