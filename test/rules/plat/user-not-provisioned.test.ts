/** Members without an account. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (marker: string, live: string, project = "") => `
${project}#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: []
${marker}#- live okta
groups: [{ name: dd-sre, members: [ana, bo, { login: cy, state: deactivated }] }]
#- live datadog
${live}
`;

const only = ["plat/user-not-provisioned"];
const MARKER =
  '    #      ^^^^^^ info plat/user-not-provisioned: bo@acme.com of "dd-sre" has no account in "prod" and gets nothing; assign them to Datadog in the identity provider\n';

test("active members alone count", () =>
  checkProblems(fixture("", "accounts: [ana]").replace("    roles: []\n", `${MARKER}    roles: []\n`), { only }));

test("everybody has one, or gets one by itself", () => {
  checkProblems(fixture("", "accounts: [ana, bo]"), { only });
  checkProblems(fixture("", "accounts: [ana]\nswitches: { jit: [acme.com] }"), { only });
  const full = `#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, push: { roles: scim, users: full } } }
`;
  checkProblems(fixture("", "accounts: [ana]", full), { only });
});

test("accounts, switches or members that were not read whole", () => {
  checkProblems(fixture("", "accounts: [ana]\nincomplete: [accounts]"), { only });
  checkProblems(fixture("", "accounts: [ana]\nunread: [switches]"), { only });
  checkProblems(fixture("", "accounts: [ana]").replace("#- live okta", "#- live okta denied"), { only });
});
