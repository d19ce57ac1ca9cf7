/** Access and its record in the same hands. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (first: string, second: string, marker = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-leads
    roles: [${first}]
  - group: dd-audit
    roles: [${second}]
${marker}`;

const live = (leads: string, audit: string) => `
#- live okta
groups: [{ name: dd-leads, members: [${leads}] }, { name: dd-audit, members: [${audit}] }]
#- live datadog
roles:
  - { name: Access, permissions: [user_access_manage] }
  - { name: Auditor, permissions: [audit_logs_write] }
  - { name: Both, permissions: [user_access_manage, audit_logs_write] }
`;

const only = { only: ["sod/grant-and-audit"] };
const WORDS =
  'ana@acme.com manages access through "dd-leads" ("Access") and can switch off its record through "dd-audit" ("Auditor", audit_logs_write); let others keep the audit trail';

test("through two groups, whichever comes first", () => {
  checkProblems(
    file("Access", "Auditor", `    #       ^^^^^^^ warning sod/grant-and-audit: ${WORDS}\n`) + live("ana, ben", "ana"),
    only,
  );
  checkProblems(
    file("Auditor", "Access", `    #       ^^^^^^ warning sod/grant-and-audit: ${swap(WORDS)}\n`) + live("ana", "ana"),
    only,
  );
});

test("the later role can go", () =>
  checkFix(
    file("Access", "Auditor") + live("ana", "ana"),
    "Remove this role",
    "\nmappings:\n  - group: dd-leads\n    roles: [Access]\n  - group: dd-audit\n    roles: []\n",
    only,
  ));

test("different people, one role with both, Datadog Admin", () => {
  checkProblems(file("Access", "Auditor") + live("ana", "ben"), only);
  checkProblems(file("Both", "Auditor") + live("ana", "ana"), only);
  checkProblems(file("Datadog Admin Role", "Auditor") + live("ana", "ana"), only);
});

test("members that were not read", () =>
  checkProblems(file("Access", "Auditor") + live("ana", "ana").replace("members: [ana] },", "count: 1 },"), only));

function swap(text: string): string {
  return text.replace('"dd-leads"', "#").replace('"dd-audit"', '"dd-leads"').replace("#", '"dd-audit"');
}
