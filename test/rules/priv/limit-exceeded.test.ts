/** Sensitive roles for more people than the policy allows. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const LIVE = `
#- live okta
groups: [{ name: dd-engineering, members: 143 }, { name: dd-sre, members: 9 }]
#- live datadog
roles:
  - { name: SRE, permissions: [logs_delete_data, monitors_write] }
  - { name: Platform Admin, permissions: [user_access_manage, monitors_write] }
`;

test("critical permissions for more than ten people", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-engineering
    roles: [SRE]
    #       ^^^ error priv/limit-exceeded: "dd-engineering" gives "SRE" to 143 people; the policy allows 10 for critical permissions (logs_delete_data). Narrow the group or use a smaller role
  - { group: dd-sre, roles: [SRE] }
${LIVE}`,
    { only: ["priv/limit-exceeded"] },
  ));

test("a level without a limit has that of the next lower one", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { limits: { high: 5 } }
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    #       ^^^ error priv/limit-exceeded: "dd-sre" gives "SRE" to 9 people; the policy allows 5 for critical permissions (logs_delete_data). Narrow the group or use a smaller role
${LIVE}`,
    { only: ["priv/limit-exceeded"] },
  ));

test("the baseline is no privilege: everybody may read", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { limits: { medium: 5 } }
#- /a.accessmap.yaml
mappings:
  - { group: dd-engineering, roles: [Datadog Read Only Role] }
${LIVE}`,
  ));

test("an administrator's role is another finding", () =>
  checkProblems(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-engineering, roles: [Platform Admin] }\n".concat(LIVE),
    { only: ["priv/limit-exceeded"] },
  ));

test("a part of the members is no number", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
#- live okta
groups: [{ name: dd-sre, members: 50, incomplete: page 2 is missing }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }]
`,
    { only: ["priv/limit-exceeded"] },
  ));
