/** Permissions that the policy keeps apart. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { apart: [[billing_edit, audit_logs_write]], require: {} }
`;

const LIVE = `
#- live datadog
roles:
  - { name: Billing, permissions: [billing_edit] }
  - { name: Auditor, permissions: [audit_logs_write] }
  - { name: Both, permissions: [billing_edit, audit_logs_write] }
`;

const only = { only: ["sod/policy-pair"] };

test("two roles together", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-finance
    roles: [Auditor, Billing]
    #                ^^^^^^^ error sod/policy-pair: "dd-finance" gets billing_edit and audit_logs_write, the one through "Billing", the other through "Auditor"; the policy keeps them apart. Split them over two groups
${LIVE}`,
    only,
  ));

test("one role alone", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-finance
    roles: [Both]
    #       ^^^^ error sod/policy-pair: "dd-finance" gets billing_edit and audit_logs_write, both through "Both"; the policy keeps them apart. Split them over two groups
${LIVE}`,
    only,
  ));

test("two mappings of one group, whoever is in it; and administrators, who hold every pair", () => {
  const apart = `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - { group: dd-finance, roles: [Billing] }
  - { group: dd-boss, roles: [Datadog Admin Role] }
#- /b.accessmap.yaml
mappings:
  - group: dd-finance
    roles: [Auditor]
    #       ^^^^^^^ error sod/policy-pair: "dd-finance" gets billing_edit and audit_logs_write, the one through "Billing" of another mapping, the other through "Auditor"; the policy keeps them apart. Split them over two groups
${LIVE}`;
  checkProblems(apart, only);
  checkProblems(`${apart}#- live okta\ngroups: [{ name: dd-finance, count: 3 }, { name: dd-boss }]\n`, only);
  checkProblems(`${apart}#- live okta unreachable timeout\n`, only);
});

test("two mappings of one group where one gives the pair already, or has ended, and mappings of two groups", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-finance
    roles: [Both]
    #       ^^^^ error sod/policy-pair
  - { group: dd-finance, roles: [Auditor] }
  - { group: dd-audit, roles: [Auditor] }
  - { group: dd-audit, roles: [Billing], until: 2026-01-01 }
  - { group: dd-money, roles: [Billing] }
${LIVE}`,
    only,
  ));

test("a role that was not read may hold either", () =>
  checkProblems(
    `${PROJECT}#- /a.accessmap.yaml\nmappings:\n  - { group: dd-finance, roles: [Both] }\n#- live datadog unreachable timeout\n`,
    only,
  ));

test("a permission is kept apart from another one, not from itself or from nothing", () =>
  checkProblems(
    `${PROJECT.replace(
      /policy: .*/,
      `policy:
  apart:
    - [billing_edit, billing_edit]
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error schema/wrong-type: This item of "apart" must not hold the same item twice
    - [billing_edit]
    # ^^^^^^^^^^^^^^ error schema/wrong-type: This item of "apart" must hold at least 2 items`,
    )}
#- /a.accessmap.yaml
mappings:
  - { group: dd-finance, roles: [Both] }
${LIVE}`,
    { only: ["sod/policy-pair", "schema/wrong-type"] },
  ));
