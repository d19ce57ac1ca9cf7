/** Limits that mappings exceed together. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization, unknowns } from "./support.ts";

const only = ["lock/mass-grant"];
const parts = {
  project: "policy: { limits: { critical: 2 } }\n",
  mappings: "  - { group: dd-a, roles: [SRE] }\n  - { group: dd-b, roles: [SRE] }\n",
  okta: "groups: [{ name: dd-a, members: [ana, bo] }, { name: dd-b, members: [cy] }]",
  datadog:
    "roles: [{ name: SRE, permissions: [logs_delete_data] }, Other]\naccounts: [{ login: ana, roles: [SRE] }, bo, cy]",
};
const MARKER =
  '    #                      ^^^ error lock/mass-grant: Mappings together give "SRE" (critical) to 3 people, and policy.limits allows 2; narrow one of the groups\n';

test("none alone, both together", () =>
  checkProblems(organization({ ...parts, mappings: parts.mappings + MARKER }), { only }));

test("the same people twice, one group too large by itself, nobody new, a harmless role", () => {
  checkProblems(
    organization({ ...parts, okta: "groups: [{ name: dd-a, members: [ana, bo] }, { name: dd-b, members: [bo] }]" }),
    { only },
  );
  checkProblems(
    organization({ ...parts, okta: "groups: [{ name: dd-a, members: [ana, bo, cy] }, { name: dd-b, members: [bo] }]" }),
    { only },
  );
  const all = ["ana", "bo", "cy"].map((login) => `{ login: ${login}, roles: [SRE] }`).join(", ");
  checkProblems(
    organization({ ...parts, datadog: `roles: [{ name: SRE, permissions: [logs_delete_data] }]\naccounts: [${all}]` }),
    { only },
  );
  checkProblems(organization({ ...parts, datadog: parts.datadog.replace("logs_delete_data", "apm_read") }), { only });
});

test("it does not guess", () => {
  for (const text of unknowns(parts)) checkProblems(text, { only });
});
