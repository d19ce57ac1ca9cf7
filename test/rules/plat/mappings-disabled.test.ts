/** AuthN mappings that Datadog ignores. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (push: string, live: string, marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: ${push} } }
${marker}#- live datadog
${live}
`;

test("the switch is off while roles are pushed as mappings", () =>
  checkProblems(
    fixture(
      "saml",
      "switches: { roleMapping: false }",
      '  #^^^ warning plat/mappings-disabled: Role mapping is switched off in "prod", so the AuthN mappings pushed there take effect for nobody. Switch it on in Datadog once every active person matches a mapping\n',
    ),
  ));

test("switched on, pushed another way, or not known", () => {
  checkProblems(fixture("saml", "switches: { roleMapping: true }"));
  checkProblems(fixture("scim", "switches: { roleMapping: false }"));
  checkProblems(fixture("saml", "unread: [switches]"));
});
