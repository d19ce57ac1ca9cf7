/** Pairs kept apart that people reach through several mappings. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { projectWith } from "../../support/fixture.ts";

const PROJECT = projectWith("{ apart: [[billing_edit, audit_logs_write]], require: {} }");

const file = (marker = "", until = "") => `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-finance
    roles: [Billing]
  - group: dd-audit
    roles: [Auditor]
${marker}${until}`;

const live = (finance: string, audit: string, more = "") => `
#- live okta
groups: [{ name: dd-finance, members: [${finance}] }, { name: dd-audit, members: [${audit}]${more} }]
#- live datadog
roles: [{ name: Billing, permissions: [billing_edit] }, { name: Auditor, permissions: [audit_logs_write] }]
`;

const only = { only: ["priv/union-surprise"] };

test("who is in both groups, at the later one", () => {
  checkProblems(
    file(
      `    #       ^^^^^^^ warning priv/union-surprise: ana@acme.com gets audit_logs_write here through "Auditor" and billing_edit through "dd-finance"; the policy keeps them apart. Take them out of one of the two groups\n`,
    ) + live("ana, ben", "ana, cleo"),
    only,
  );
  checkProblems(
    file(
      `    #       ^^^^^^^ warning priv/union-surprise: ana@acme.com and ben@acme.com get audit_logs_write here through "Auditor" and billing_edit through "dd-finance"; the policy keeps them apart. Take them out of one of the two groups\n`,
    ) + live("ben, ana", "ana, ben, cleo"),
    only,
  );
});

test("the later role can go", () =>
  checkFix(
    file() + live("ana", "ana"),
    "Remove this role",
    "\nmappings:\n  - group: dd-finance\n    roles: [Billing]\n  - group: dd-audit\n    roles: []\n",
    only,
  ));

test("two earlier groups are two findings, each with its own people", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - { group: one, roles: [Billing] }
  - { group: two, roles: [Billing] }
  - group: dd-audit
    roles: [Auditor]
    #       ^^^^^^^ warning priv/union-surprise: ana@acme.com gets audit_logs_write here through "Auditor" and billing_edit through "one"; the policy keeps them apart. Take them out of one of the two groups
    #       ^^^^^^^ warning priv/union-surprise: ben@acme.com gets audit_logs_write here through "Auditor" and billing_edit through "two"; the policy keeps them apart. Take them out of one of the two groups
#- live okta
groups: [{ name: one, members: [ana] }, { name: two, members: [ana, ben] }, { name: dd-audit, members: [ben, ana] }]
#- live datadog
roles: [{ name: Billing, permissions: [billing_edit] }, { name: Auditor, permissions: [audit_logs_write] }]
`,
    only,
  ));

test("nobody is in both, or only somebody who left, or one of the two has ended", () => {
  checkProblems(file() + live("ana", "cleo"), only);
  checkProblems(file() + live("ana", "{ login: ana, state: deactivated }"), only);
  checkProblems(file("", "    until: 2026-01-01\n") + live("ana", "ana"), only);
});

test("two mappings of one group are the group's own affair", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - { group: dd-audit, roles: [Billing] }
  - { group: dd-audit, roles: [Auditor] }
${live("ana", "ana")}`,
    only,
  ));

test("members and roles that were not read", () => {
  checkProblems(file() + live("ana", "ana").replace("members: [ana] },", "count: 1 },"), only);
  checkProblems(`${file()}#- live datadog unreachable timeout\n`, only);
});
