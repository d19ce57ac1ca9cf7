/** lock/no-admin-left in particular; what all losses have in common is in losses.test.ts. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

const only = ["lock/no-admin-left"];
const parts = {
  mappings: "  - { group: dd-boss, roles: [Boss] }\n",
  okta: "groups: [{ name: dd-boss, members: [] }]",
};

test("nobody at all, and the finding cannot be switched off", () =>
  checkProblems(
    organization({
      ...parts,
      marker:
        'error lock/no-admin-left: A push would leave nobody who can administer "prod", and safety.admins asks for 2; map an administrator\'s role for more people',
      project: "policy: { rules: { lock/no-admin-left: off } }\n",
      datadog:
        "roles: [{ name: Boss, permissions: [user_access_manage] }, Other]\naccounts: [{ login: ana, roles: [Boss, Other] }]",
    }),
    { only },
  ));

test("too few before as after is no news", () =>
  checkProblems(
    organization({
      ...parts,
      okta: "groups: [{ name: dd-boss, members: [ana] }]",
      datadog: "roles: [{ name: Boss, permissions: [user_access_manage] }]\naccounts: [{ login: ana, roles: [Boss] }]",
    }),
    { only },
  ));
