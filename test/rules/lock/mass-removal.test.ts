/** lock/mass-removal in particular; what all losses have in common is in losses.test.ts. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

test("what is ordinary is for the project to say", () =>
  checkProblems(
    organization({
      project: "safety: { removals: { share: 100%, people: 4 } }\n",
      mappings: "  - { group: dd-sre, roles: [SRE] }\n",
      okta: "groups: [{ name: dd-sre, members: [a] }]",
      datadog: `roles: [SRE, Other]\naccounts: [${["a", "b", "c", "d", "e"].map((login) => `{ login: ${login}, roles: [SRE, Other] }`).join(", ")}]`,
    }),
    { only: ["lock/mass-removal"] },
  ));

test("most of those who hold a role would lose it", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: scim } }
  #^^^ error lock/mass-removal: A push would take "SRE" from 4 of the 5 people who hold it in "prod"; look at who they are in the plan
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
#- lock
organizations: { prod: { adopted: true } }
#- live okta
groups: [{ name: dd-sre, members: [a] }]
#- live datadog
roles: [SRE, Other]
accounts: [{ login: a, roles: [SRE, Other] }, { login: b, roles: [SRE, Other] }, { login: c, roles: [SRE, Other] }, { login: d, roles: [SRE, Other] }, { login: e, roles: [SRE, Other] }]
`,
    { only: ["lock/mass-removal"] },
  ));
