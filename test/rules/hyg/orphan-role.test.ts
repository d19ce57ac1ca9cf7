/** Roles for nobody. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (marker: string, live: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${marker}#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [Mapped]
#- live datadog
${live}
`;

const ROLES = `accounts: [{ login: ana, roles: [Held] }]
roles: [Mapped, Held, Old, Ancient, { name: Uncounted }, Through SAML]
mappings: [{ group: dd-x, role: Through SAML }]
`;

const only = ["hyg/orphan-role"];

test("neither held nor given", () =>
  checkProblems(
    fixture(
      '  #^^^ info hyg/orphan-role: "Ancient", "Old" and "Uncounted" of "prod" have no people and no mapping; delete them in Datadog, or map them\n',
      ROLES,
    ),
    { only },
  ));

test("holders that were not counted, roles or mappings that were not read", () => {
  checkProblems(fixture("", "roles: [Old]"), { only });
  checkProblems(fixture("", `${ROLES}incomplete: [roles]`), { only });
  checkProblems(fixture("", `${ROLES}unread: [mappings]`), { only });
});

test("conferred by a team or a connection, begun with, or written by a former name", () => {
  const linked = (role: string) =>
    fixture("", ROLES.replace("Old, Ancient, { name: Uncounted }", role)).replace(
      "prod: { site: datadoghq.eu }",
      "prod: { site: datadoghq.eu, linked: { teams: { edge: [Old] }, connections: { pager: [Ancient] } } }",
    );
  checkProblems(linked("Old, Ancient"), { only });
  checkProblems(fixture("", `accounts: []\nroles: [New]\nswitches: { jit: [acme.com], jitRoles: [New] }`), { only });
  const renamed = "#- lock\norganizations: { prod: { roles: { Mapped: role-old } } }\n";
  checkProblems(`${fixture("", "accounts: []\nroles: [Old]")}${renamed}`, { only });
});
