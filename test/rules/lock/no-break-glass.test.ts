/** Administrators who all depend on the same path. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization, unknowns } from "./support.ts";

const only = ["lock/no-break-glass"];
const parts = {
  marker:
    'warning lock/no-break-glass: All 2 administrators of "prod" can be locked out by one broken login, because role mapping is on and each is in a mapped group; keep one who is in none',
  mappings: "  - { group: dd-boss, roles: [Boss] }\n",
  okta: "groups: [{ name: dd-boss, members: [ana, bo] }]",
  datadog:
    "switches: { roleMapping: true }\nroles: [{ name: Boss, permissions: [user_access_manage] }]\naccounts: [{ login: ana, roles: [Boss] }, { login: bo, roles: [Boss] }]",
};

test("each is in a mapped group", () => checkProblems(organization(parts), { only }));

test("one who is in none, a mapping switch that is off, no administrator", () => {
  const near = { ...parts, marker: "" };
  checkProblems(organization({ ...near, okta: "groups: [{ name: dd-boss, members: [ana] }]" }), { only });
  checkProblems(organization({ ...near, datadog: parts.datadog.replace("roleMapping: true", "roleMapping: false") }), {
    only,
  });
  checkProblems(organization({ ...near, datadog: parts.datadog.replace("user_access_manage", "apm_read") }), { only });
});

test("it does not guess", () => {
  for (const text of unknowns(parts)) checkProblems(text, { only });
  checkProblems(organization({ ...parts, marker: "", datadog: `${parts.datadog}\nunread: [switches]` }), { only });
});
