/** lock/self in particular; what all losses have in common is in losses.test.ts. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

test("service accounts are never changed", () =>
  checkProblems(
    organization({
      mappings: "  - { group: dd-sre, roles: [SRE] }\n",
      okta: "groups: [{ name: dd-sre, members: [bo] }]",
      datadog:
        "actor: robot\nroles: [SRE, Other]\naccounts: [{ login: robot, service: true, roles: [SRE, Other] }, { login: bo, roles: [SRE] }]",
    }),
    { only: ["lock/self"] },
  ));

test("whoever pushes would lose a role", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: scim } }
  #^^^ error lock/self: A push would take "SRE" from ana@acme.com, whose key is in use for "prod"; push with the key of a service account
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
#- lock
organizations: { prod: { adopted: true } }
#- live okta
groups: [{ name: dd-sre, members: [bo] }]
#- live datadog
actor: ana
roles: [SRE, Other]
accounts: [{ login: ana, roles: [SRE, Other] }, { login: bo, roles: [SRE] }]
`,
    { only: ["lock/self"] },
  ));
