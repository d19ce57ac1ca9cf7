/** Read-only beside a role that writes. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE, "Datadog Read Only Role"]
    #            ^^^^^^^^^^^^^^^^^^^^^^^^ warning priv/read-only-shadowed: "Datadog Read Only Role" restrains nobody in "dd-sre": roles add up, and "SRE" permits monitors_write. Remove one of the two [fix]
#- live datadog
roles: [{ name: SRE, permissions: [monitors_write] }]
`;

test("roles add up", () => checkProblems(FIXTURE));

test("the read-only role goes", () =>
  checkFix(FIXTURE, "Remove the read-only role", "mappings:\n  - group: dd-sre\n    roles: [SRE]"));

test("a bundle that brings it is not taken apart", () =>
  checkProblems(`
#- /a.accessmap.yaml
bundles: { base: { roles: [Datadog Read Only Role] } }
mappings:
  - group: dd-sre
    bundles: [base]
    #         ^^^^ warning priv/read-only-shadowed
    roles: [SRE]
#- live datadog
roles: [{ name: SRE, permissions: [monitors_write] }]
`));

test("beside a role that only reads it stays, and so it does beside one that was not read", () => {
  const file = "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [Datadog Read Only Role, SRE] }\n";
  checkProblems(`${file}#- live datadog\nroles: [{ name: SRE, permissions: [audit_logs_read] }]\n`);
  checkProblems(`${file}#- live datadog unreachable timeout\n`);
});
