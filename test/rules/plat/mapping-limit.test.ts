/** Datadog's limit of a thousand mappings. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (count: number, push: string, marker = "", until = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: ${push} } }
${marker}#- /a.accessmap.yaml
mappings:
${Array.from({ length: count }, (_, index) => `  - { group: g${index}, roles: [SRE]${until} }`).join("\n")}
`;

const marker = (words: string) => `  #^^^ warning plat/mapping-limit: "prod" would have ${words}\n`;
const NEAR = "and Datadog allows 1000, so there is room for few more; map fewer groups, or push through SCIM";
const OVER = "and Datadog allows 1000, so a push would be refused half-way; map fewer groups, or push through SCIM";

const only = ["plat/mapping-limit"];

test("near, and over with what is live already", () => {
  checkProblems(fixture(900, "saml", marker(`900 mappings to roles, ${NEAR}`)), { only });
  const live = "#- live datadog\nroles: [SRE]\nmappings: [{ group: g0, role: SRE }, { group: other, role: SRE }]\n";
  checkProblems(fixture(1000, "saml", marker(`1001 mappings to roles, ${OVER}`)) + live, { only });
});

test("fewer, ended, another way, live ones that were not read", () => {
  checkProblems(fixture(899, "saml"), { only });
  checkProblems(fixture(1000, "saml", "", ", until: 2020-01-01"), { only });
  checkProblems(fixture(1001, "scim"), { only });
  checkProblems(`${fixture(899, "saml")}#- live datadog\nmappings: [{ group: x, role: SRE }]\nunread: [mappings]\n`, {
    only,
  });
});
