/** Team mappings that Datadog ignores. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (push: string, live: string, marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { teams: ${push} } }
${marker}#- live datadog
${live}
`;

test("teams come from hands alone while they are pushed as mappings", () =>
  checkProblems(
    fixture(
      "saml",
      "switches: { teamSource: manually }",
      '  #^^^ warning plat/team-source-excludes-saml: "prod" takes team members from hands alone, so the team mappings pushed there take effect for nobody. Allow SAML as a source of teams in Datadog\'s team settings\n',
    ),
  ));

test("SAML among the sources, another way to push, an unheard-of value, or not known", () => {
  checkProblems(fixture("saml", "switches: { teamSource: saml_and_manually }"));
  checkProblems(fixture("saml", "switches: { teamSource: saml_only }"));
  checkProblems(fixture("scim", "switches: { teamSource: manually }"));
  checkProblems(fixture("saml", "switches: { teamSource: brand_new }"));
  checkProblems(fixture("saml", "unread: [switches]"));
});
