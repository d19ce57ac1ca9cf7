/** Rules about what a push would take: they look at the same losses. */

import { describe, test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization, type Parts, unknowns } from "./support.ts";

const ADMIN = "{ name: Boss, permissions: [user_access_manage] }";

/** Each is a finding; the words stand below the organization's entry. */
const CASES: readonly (Parts & { readonly rule: string; readonly near: Partial<Parts> })[] = [
  {
    rule: "lock/no-admin-left",
    marker:
      'error lock/no-admin-left: A push would leave one person who can administer "prod", and safety.admins asks for 2; map an administrator\'s role for more people',
    mappings: "  - { group: dd-boss, roles: [Boss] }\n",
    okta: "groups: [{ name: dd-boss, members: [ana] }]",
    datadog: `roles: [${ADMIN}, Other]\naccounts: [{ login: ana, roles: [Boss] }, { login: bo, roles: [Boss, Other] }]`,
    near: { okta: "groups: [{ name: dd-boss, members: [ana, bo] }]" },
  },
  {
    rule: "lock/mass-removal",
    marker:
      'error lock/mass-removal: A push would take "SRE" from 4 of the 5 people who hold it in "prod"; look at who they are in the plan',
    mappings: "  - { group: dd-sre, roles: [SRE] }\n",
    okta: "groups: [{ name: dd-sre, members: [a] }]",
    datadog: `roles: [SRE, Other]\naccounts: [${["a", "b", "c", "d", "e"].map((login) => `{ login: ${login}, roles: [SRE, Other] }`).join(", ")}]`,
    near: { okta: "groups: [{ name: dd-sre, members: [a, b] }]" },
  },
  {
    rule: "lock/emptied",
    marker:
      'error lock/emptied: A push would take "SRE" from the one person who holds it in "prod", and nobody would have it; map it for whoever needs it',
    mappings: "  - { group: dd-sre, roles: [SRE] }\n",
    okta: "groups: [{ name: dd-sre, members: [] }]",
    datadog: "roles: [SRE, Other]\naccounts: [{ login: ana, roles: [SRE, Other] }]",
    near: {
      datadog:
        "roles: [SRE, Other]\naccounts: [{ login: ana, roles: [SRE, Other] }, { login: robot, service: true, roles: [SRE] }]",
    },
  },
  {
    rule: "lock/self",
    marker:
      'error lock/self: A push would take "SRE" from ana@acme.com, whose key is in use for "prod"; push with the key of a service account',
    mappings: "  - { group: dd-sre, roles: [SRE] }\n",
    okta: "groups: [{ name: dd-sre, members: [bo] }]",
    datadog:
      "actor: ana\nroles: [SRE, Other]\naccounts: [{ login: ana, roles: [SRE, Other] }, { login: bo, roles: [SRE] }]",
    near: {
      datadog:
        "actor: bo\nroles: [SRE, Other]\naccounts: [{ login: ana, roles: [SRE, Other] }, { login: bo, roles: [SRE] }]",
    },
  },
];

describe.each(CASES)("$rule", ({ rule, near, ...parts }) => {
  const only = [rule];

  test("says so", () => checkProblems(organization(parts), { only }));

  test("is silent where it just does not happen, and where nothing is removed", () => {
    checkProblems(organization({ ...parts, marker: "", ...near }), { only });
    checkProblems(organization({ ...parts, marker: "", adopted: false }), { only });
    checkProblems(organization({ ...parts, marker: "", push: "{ roles: saml }" }), { only });
  });

  test("says so where roles are written one by one", () =>
    checkProblems(organization({ ...parts, push: "{ roles: members }" }), { only }));

  test("does not guess", () => {
    for (const text of unknowns(parts)) checkProblems(text, { only });
  });
});

const ADMINS = `roles: [${ADMIN}, Other]`;
const LEFT_ONE =
  'error lock/no-admin-left: A push would leave one person who can administer "prod", and safety.admins asks for 2; map an administrator\'s role for more people';
const LEAVES = "groups: [{ name: dd-boss, members: [ana, { login: bo, state: deactivated }] }]";

/** The marker, or none; what the push path is; who is where; which accounts there are. */
test.each<[string, string, string, string, string]>([
  [
    "who left is switched off, with roles that are nobody's business here",
    LEFT_ONE,
    "{ roles: scim, users: deactivate }",
    LEAVES,
    "{ login: bo, roles: [Boss] }",
  ],
  ["on every path", LEFT_ONE, "{ roles: saml, users: deactivate }", LEAVES, "{ login: bo, roles: [Boss] }"],
  ["and where no roles are pushed", LEFT_ONE, "{ roles: off, users: full }", LEAVES, "{ login: bo, roles: [Boss] }"],
  [
    "who would hold nothing is switched off",
    LEFT_ONE,
    "{ roles: scim, users: full }",
    "groups: [{ name: dd-boss, members: [ana] }]",
    "{ login: bo, roles: [Boss] }",
  ],
  [
    "or is left with what they hold",
    "",
    "{ roles: scim }",
    "groups: [{ name: dd-boss, members: [ana] }]",
    "{ login: bo, roles: [Boss] }",
  ],
  [
    "nobody is switched off where accounts are the identity provider's",
    "",
    "{ roles: scim }",
    LEAVES,
    "{ login: bo, roles: [Boss] }",
  ],
  [
    "nor whoever works on in another group",
    "",
    "{ roles: saml, users: deactivate }",
    LEAVES.replace("}] }]", "}] }, { name: dd-more, members: [bo] }]"),
    "{ login: bo, roles: [Boss] }",
  ],
])("lock/no-admin-left and accounts: %s", (_, marker, push, okta, bo) =>
  checkProblems(
    organization({
      marker,
      push,
      mappings: "  - { group: dd-boss, roles: [Boss] }\n  - { group: dd-more, roles: [] }\n",
      okta: okta.includes("dd-more") ? okta : okta.replace(/\]$/, ", { name: dd-more, members: [] }]"),
      datadog: `${ADMINS}\naccounts: [{ login: ana, roles: [Boss] }, ${bo}]`,
    }),
    { only: ["lock/no-admin-left"] },
  ),
);

test.each(["{ roles: scim }", "{ roles: members, users: deactivate }"])(
  "lock/self of whoever would hold nothing: a push refuses that whatever becomes of others (%s)",
  (push) =>
    checkProblems(
      organization({
        marker:
          'error lock/self: A push would take "SRE" from ana@acme.com, whose key is in use for "prod"; push with the key of a service account',
        push,
        mappings: "  - { group: dd-sre, roles: [SRE] }\n",
        okta: "groups: [{ name: dd-sre, members: [bo] }]",
        datadog: "actor: ana\nroles: [SRE]\naccounts: [{ login: ana, roles: [SRE] }, { login: bo, roles: [SRE] }]",
      }),
      { only: ["lock/self"] },
    ),
);
