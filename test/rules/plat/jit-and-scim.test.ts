/** Two ways to come by an account. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (push: string, live: string, marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: ${push} }
${marker}#- live datadog
${live}
`;

const JIT = "switches: { roleMapping: true, teamSource: saml_only, jit: [acme.com, acme.org] }";

test("accounts are made by SCIM and at a first login", () => {
  const marker =
    '  #^^^ warning plat/jit-and-scim: "prod" is pushed to through SCIM and also makes accounts by itself when people of acme.com, acme.org first sign in; switch just-in-time provisioning off in Datadog\'s SAML settings\n';
  checkProblems(fixture("{ roles: scim, teams: off }", JIT, marker));
  checkProblems(fixture("{ roles: off, teams: scim }", JIT, marker));
});

test("no domain, no SCIM, or not known", () => {
  checkProblems(fixture("{ roles: scim, teams: scim }", "switches: { jit: [] }"));
  checkProblems(fixture("{ roles: saml, teams: saml }", JIT));
  checkProblems(fixture("{ roles: scim, teams: scim }", `${JIT}\nunread: [switches]`));
});
