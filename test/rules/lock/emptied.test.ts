/** lock/emptied in particular; what all losses have in common is in losses.test.ts. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

test("whoever would be left with nothing keeps it", () =>
  checkProblems(
    organization({
      mappings: "  - { group: dd-sre, roles: [SRE] }\n",
      okta: "groups: [{ name: dd-sre, members: [] }]",
      datadog: "roles: [SRE]\naccounts: [{ login: ana, roles: [SRE] }]",
    }),
    { only: ["lock/emptied"] },
  ));

test("the last one who holds a role would lose it", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: scim } }
  #^^^ error lock/emptied: A push would take "SRE" from the one person who holds it in "prod", and nobody would have it; map it for whoever needs it
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
#- lock
organizations: { prod: { adopted: true } }
#- live okta
groups: [{ name: dd-sre, members: [] }]
#- live datadog
roles: [SRE, Other]
accounts: [{ login: ana, roles: [SRE, Other] }]
`,
    { only: ["lock/emptied"] },
  ));
