/** Google groups under a new name. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (type: string, push: string, marker = "", live = "groups: [{ name: dd-new, id: g1 }]") => `
#- /accessmap.yaml
version: 1
project: acme
directories:
  dir: ${type}
organizations:
  prod: { site: datadoghq.eu, push: { roles: ${push} } }
#- /a.accessmap.yaml
mappings:
  - group: dd-new
${marker}#- lock
groups: { dir: { dd-old: g1, other: g2 } }
#- live dir
${live}
`;

const GOOGLE = "{ type: google, customer: C1, admin: a@acme.com }";
const MARKER =
  '    #      ^^^^^^ warning plat/google-rename: "dd-new" was called "dd-old" at its last review; pick it again in Google\'s SAML app, which goes by name, then run `accessmap lock`\n';

test("the lock knows its id by another name", () => checkProblems(fixture(GOOGLE, "saml", MARKER)));

test("Okta, another way to push, another group, a group that was not read", () => {
  checkProblems(fixture("{ type: okta, domain: acme.okta.com }", "saml"));
  checkProblems(fixture(GOOGLE, "scim"));
  checkProblems(fixture(GOOGLE, "saml", "", "groups: [{ name: dd-new, id: g3 }]"));
  checkProblems(fixture(GOOGLE, "saml").replace("#- live dir", "#- live dir denied"));
});
