/** What a first sign-in gives by itself. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (switches: string, marker = "", more = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${marker}#- live datadog
switches: ${switches}
${more}`;

const only = { only: ["priv/default-role-too-high"] };
const STANDARD = "{ jit: [acme.com], jitRoles: [Datadog Standard Role] }";

test("more than reading for whoever comes", () =>
  checkProblems(
    fixture(
      STANDARD,
      `  #^^^ warning priv/default-role-too-high: Whoever of acme.com first signs in to "prod" gets "Datadog Standard Role" (high) by that alone; set the default to "Datadog Read Only Role" in Datadog's SAML settings\n`,
    ),
    only,
  ));

test("reading, no domain, and role mapping, which replaces the default", () => {
  checkProblems(fixture("{ jit: [acme.com], jitRoles: [Datadog Read Only Role] }"), only);
  checkProblems(fixture("{ jit: [], jitRoles: [Datadog Standard Role] }"), only);
  checkProblems(fixture("{ roleMapping: true, jit: [acme.com], jitRoles: [Datadog Standard Role] }"), only);
});

test("settings or roles that were not read", () => {
  checkProblems(fixture(STANDARD, "", "unread: [switches]\n"), only);
  checkProblems(fixture(STANDARD, "", "unread: [roles]\n"), only);
});
