/** test/failed: what does not hold is told with its path, what cannot be known is not. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["test/failed"] };

const LIVE = `
#- live okta
groups:
  - { name: dd-ops, members: [ana, bob] }
  - { name: contractor-emea, members: [cyd] }
#- live datadog
roles:
  - { name: Operator, permissions: [logs_modify_indexes, monitors_downtime] }
  - { name: Viewer, permissions: [cases_read] }
accounts: [ana, bob, cyd, { login: dee, roles: [Operator] }, { login: robot, roles: [Operator], service: true }]
`;

test("a group that gives what it must not is told with the role, permissions that others include are found too", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: contractor-emea, roles: [Operator] }
expect:
  - { group: contractor-emea, cannot: [logs_read_index_data, cases_read] }
    #                                  ^^^^^^^^^^^^^^^^^^^^ error test/failed: "contractor-emea" cannot logs_read_index_data: it comes through "contractor-emea" → "Operator" (part of logs_modify_indexes)
${LIVE}`,
    ONLY,
  ));

test("what members hold through other groups counts where the members are meant", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: contractor-emea, roles: [Viewer] }
  - { group: dd-both, roles: [Operator] }
expect:
  - { group: contractor-emea, can: [cases_read], cannot: [monitors_downtime] }
  - { members: contractor-emea, can: [cases_read], cannot: [monitors_downtime] }
    #                                                       ^^^^^^^^^^^^^^^^^ error test/failed: members of "contractor-emea" cannot monitors_downtime: cyd@acme.com can, through "dd-both" → "Operator"
${LIVE.replace("- { name: dd-ops", "- { name: dd-both, members: [cyd] }\n  - { name: dd-ops")}`,
    ONLY,
  ));

test("what a person or a group must be able to do, and without what it has no effect", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator] }
expect:
  - { group: dd-ops, can: [monitors_downtime, cases_read] }
    #                      ^^^^^^^^^^^^^^^^^ error test/failed: "dd-ops" can monitors_downtime: it has no effect without monitors_write
    #                                         ^^^^^^^^^^ error test/failed: "dd-ops" can cases_read: no role gives it, and ana@acme.com has it from nowhere else
  - { person: ana@acme.com, can: [logs_modify_indexes], cannot: [logs_write_exclusion_filters] }
    #                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error test/failed: "ana@acme.com" cannot logs_write_exclusion_filters: it comes through "dd-ops" → "Operator" (part of logs_modify_indexes)
  - { person: cyd@acme.com, cannot: [logs_modify_indexes] }
  - { person: nobody@acme.com, can: [cases_read], cannot: [cases_read] }
    #                                ^^^^^^^^^^ error test/failed: "nobody@acme.com" can cases_read: nobody of this name is in a mapped group or has an account
${LIVE}`,
    ONLY,
  ));

test("counts are of people, with whoever holds it outside the files and without service accounts", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator] }
expect:
  - { permission: logs_modify_indexes, people: { min: 3, max: 3 } }
  - { permission: logs_modify_indexes, people: { max: 2 } }
    #                                  ^^^^^^^^^^^^^^^^^^ error test/failed: at most 2 can logs_modify_indexes: 3 can: ana@acme.com, bob@acme.com and dee@acme.com, ana@acme.com through "dd-ops" → "Operator"
  - { permission: cases_read, people: { min: 1 } }
    #                         ^^^^^^^^^^^^^^^^^^ error test/failed: at least 1 can cases_read: 0 can
${LIVE}`,
    ONLY,
  ));

test("an expectation that claims nothing tests nothing", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings: []
expect:
  - { permission: cases_read }
  # ^^^^^^^^^^^^^^^^^^^^^^^^^^ error test/failed: This expectation tests nothing: it needs a group, members or a person with can or cannot, or a permission with people
${LIVE}`,
    ONLY,
  ));

test("what is not known neither holds nor fails; a lower bound that is too high fails", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator] }
  - { group: contractor-emea, roles: [Unheard] }
  - { group: dd-unread, teams: [ops] }
expect:
  - { group: contractor-emea, can: [cases_read], cannot: [monitors_downtime] }
  - { permission: monitors_downtime, people: { min: 5 } }
  - { permission: monitors_downtime, people: { max: 1 } }
    #                                ^^^^^^^^^^^^^^^^^^ error test/failed: at most 1 can monitors_downtime: 2 can: ana@acme.com and bob@acme.com, ana@acme.com through "dd-ops" → "Operator"
  - { group: nowhere, cannot: [monitors_downtime] }
  - { group: dd-unread, can: [monitors_downtime] }
  - { person: eve@acme.com, can: [cases_read], cannot: [cases_read] }
  - { group: dd-ops, can: [no_such_permission] }
#- live okta
groups:
  - { name: dd-ops, members: [ana, bob], incomplete: a page is missing }
  - { name: contractor-emea, members: [cyd] }
  - dd-unread
#- live datadog
roles: [{ name: Operator, permissions: [monitors_downtime] }]
incomplete: [roles]
`,
    ONLY,
  ));

test("while the organization was not read nothing is said", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator] }
expect:
  - { group: dd-ops, can: [cases_read] }
#- live okta
groups: [{ name: dd-ops, members: [ana] }]
`,
    ONLY,
  ));
