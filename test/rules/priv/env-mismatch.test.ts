/** Groups of staging in production. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (
  group: string,
  role: string,
  marker = "",
  organizations = "prod: { site: datadoghq.eu }, staging: { site: datadoghq.eu }",
) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { ${organizations} }
#- /a.accessmap.yaml
organization: prod
mappings:
  - group: ${group}
    roles: [${role}]
${marker}`;

const ALONE = "prod: { site: datadoghq.eu }";

const LIVE = `
#- live prod
roles: [{ name: SRE, permissions: [monitors_write] }, { name: Prod SRE, permissions: [monitors_write] }]
`;

const only = { only: ["priv/env-mismatch"] };

test("a production organization beside one for staging", () =>
  checkProblems(
    file(
      "dd-staging-ops",
      "SRE",
      `    #       ^^^ warning priv/env-mismatch: "dd-staging-ops" is not for production by its name, and gets "SRE" in "prod", which permits monitors_write; map it in its own environment [fix]\n`,
    ) + LIVE,
    only,
  ));

test("a role for production by its name", () =>
  checkProblems(
    file(
      "nonprod_oncall",
      "Prod SRE",
      `    #       ^^^^^^^^ warning priv/env-mismatch: "nonprod_oncall" is not for production by its name, and gets "Prod SRE" by its name a role for production, which permits monitors_write; map it in its own environment\n`,
      ALONE,
    ) + LIVE,
    only,
  ));

test("the role can be removed", () =>
  checkFix(
    file("dd-staging-ops", "SRE") + LIVE,
    "Remove this role",
    "organization: prod\nmappings:\n  - group: dd-staging-ops\n    roles: []\n",
    only,
  ));

test("reading, an organization where all groups meet, names that say nothing", () => {
  checkProblems(file("dd-staging-ops", "Datadog Read Only Role") + LIVE, only);
  checkProblems(file("dd-staging-ops", "SRE", "", ALONE) + LIVE, only);
  for (const group of ["dd-dev", "dd-qa", "dd-upstage", "dd-prod-ops"]) checkProblems(file(group, "SRE") + LIVE, only);
});

test("a role that was not read", () =>
  checkProblems(`${file("dd-staging-ops", "SRE")}#- live prod unreachable timeout\n`, only));
