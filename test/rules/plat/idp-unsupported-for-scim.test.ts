/** People whom nobody gives an account. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const only = ["plat/idp-unsupported-for-scim"];

const fixture = (type: string, users: string, marker = "", live = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { dir: ${type} }
organizations:
  prod: { site: datadoghq.eu, push: { roles: scim, users: ${users} } }
${marker}#- live datadog
${live}
`;

const GOOGLE = "{ type: google, customer: C1, admin: a@acme.com }";
const MARKER =
  '  #^^^ info plat/idp-unsupported-for-scim: Nobody creates accounts for people of "dir" in "prod": Google Workspace does not provision to Datadog, just-in-time provisioning is off, and push.users is "off"; set push.users to "full", or invite people\n';

test("Google does not, Datadog does not, the push does not", () => checkProblems(fixture(GOOGLE, "off", MARKER)));

test("somebody does, or it is not known", () => {
  checkProblems(fixture("{ type: okta, domain: acme.okta.com }", "off"));
  checkProblems(fixture(GOOGLE, "full"));
  checkProblems(fixture(GOOGLE, "off", "", "switches: { jit: [acme.com] }"), { only });
  checkProblems(fixture(GOOGLE, "off", "", "unread: [switches]"));
});
