/** Roles that add nothing. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles:
      - Engineer # from the old days
      # ^^^^^^^^ info priv/redundant-grant: "dd-sre" gets "Engineer" beside "SRE", which permits all of it; remove it [fix]
      - SRE
#- live datadog
roles:
  - { name: SRE, permissions: [monitors_write, dashboards_write] }
  - { name: Engineer, permissions: [monitors_write] }
`;

test("a subset of another role of the mapping", () => checkProblems(FIXTURE));

test("the smaller role goes", () =>
  checkFix(FIXTURE, "Remove the smaller role", "mappings:\n  - group: dd-sre\n    roles:\n      - SRE"));

test("of two equal roles the later one; what a permission implies counts", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [One, Two, Part]
    #            ^^^ info priv/redundant-grant [fix]
    #                 ^^^^ info priv/redundant-grant [fix]
#- live datadog
roles:
  - { name: One, permissions: [logs_modify_indexes] }
  - { name: Two, permissions: [logs_modify_indexes] }
  - { name: Part, permissions: [logs_write_exclusion_filters] }
`,
    { only: ["priv/redundant-grant"] },
  ));

test("overlapping roles, other mappings, bundles and roles without permissions are not reported", () =>
  checkProblems(`
#- /a.accessmap.yaml
bundles: { base: { roles: [Engineer] } }
mappings:
  - { group: one, roles: [SRE, Auditor, Empty] }
  - { group: two, roles: [SRE] }
  - { group: two, roles: [Engineer] }
  - { group: three, bundles: [base], roles: [SRE] }
#- live datadog
roles:
  - { name: SRE, permissions: [monitors_write, dashboards_write] }
  - { name: Engineer, permissions: [monitors_write] }
  - { name: Auditor, permissions: [monitors_write, notebooks_write] }
  - Empty
`));

test("a role whose content is not wholly known may hold more", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - { group: one, roles: [SRE, Engineer] }
#- live datadog
roles:
  - { name: SRE, permissions: [monitors_write, dashboards_write] }
  - { name: Engineer, permissions: [monitors_write], unresolved: 1 }
`));
