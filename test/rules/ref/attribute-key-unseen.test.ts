/** Attributes that no live mapping uses. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const project = (attribute: string, push = "saml", marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, attribute: ${attribute}, push: { roles: ${push} } }
${marker}`;

const MARKER =
  '  #                                      ^^^^^^^^ warning ref/attribute-key-unseen: No mapping of "prod" uses the attribute "memberof"; they use "memberOf" and "role" [fix]\n';

const LIVE = `#- live datadog
roles: [SRE]
mappings: [{ group: a, role: SRE, key: role }, { group: b, role: SRE, key: memberOf }, { group: c, role: SRE, key: memberOf }]
`;

const only = ["ref/attribute-key-unseen"];

test("the usual one is named first", () => {
  checkProblems(project("memberof", "saml", MARKER) + LIVE, { only });
  checkFix(project("memberof") + LIVE, 'Change to "memberOf"', project("memberOf").replace(/^.*\n.*\n/, ""), { only });
});

test("a used one, another way to push, no mapping yet, an incomplete read", () => {
  checkProblems(project("role") + LIVE, { only });
  checkProblems(project("memberof", "scim") + LIVE, { only });
  checkProblems(`${project("memberof")}#- live datadog\n`, { only });
  checkProblems(`${project("memberof")}${LIVE}incomplete: [mappings]\n`, { only });
});
