/** Roles that an organization does not have. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const MISSPELT = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles:
      - SRE
      - Enginer # everybody's
      # ^^^^^^^ error ref/unknown-role: "prod" has no role "Enginer"; did you mean "Engineer"? [fix]
      - { name: Gone, id: role-gone }
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error ref/unknown-role: "prod" has no role with the id "role-gone"; correct it or create the role in Datadog [fix]
#- live datadog
roles: [SRE, Engineer]
`;

test("a complete read proves that the role does not exist", () => checkProblems(MISSPELT));

test("the near name is offered", () =>
  checkFix(
    MISSPELT,
    'Change to "Engineer"',
    `
mappings:
  - group: dd-sre
    roles:
      - SRE
      - Engineer # everybody's
      - { name: Gone, id: role-gone }
`,
  ));

test("the item can be removed", () =>
  checkFix(
    MISSPELT,
    "Remove this role",
    `
mappings:
  - group: dd-sre
    roles:
      - SRE
      - { name: Gone, id: role-gone }
`,
  ));

test("an only item goes with its key, an only item between brackets leaves them", () => {
  const live = "#- live datadog\nroles: []\n";
  checkFix(
    `#- /a.accessmap.yaml\r\nmappings:\r\n  - group: x\r\n    roles:\r\n      - Gone\r\n    teams: []\r\n${live}`,
    "Remove this role",
    "mappings:\r\n  - group: x\r\n    teams: []\r\n",
  );
  checkFix(
    `#- /a.accessmap.yaml\nmappings:\n  - group: x\n    roles: [Gone]\n${live}`,
    "Remove this role",
    "mappings:\n  - group: x\n    roles: []\n",
  );
});

test("a bundle's role is reported once, where it is written", () =>
  checkProblems(`
#- /a.accessmap.yaml
bundles:
  engineer: { roles: [Enginer] }
  #                   ^^^^^^^ error ref/unknown-role [fix]
mappings:
  - { group: one, bundles: [engineer] }
  - { group: two, bundles: [engineer] }
#- live datadog
roles: [Engineer]
`));

test("roles that could not be read prove nothing", () => {
  const file = "#- /a.accessmap.yaml\nmappings:\n  - { group: x, roles: [Nope] }\n";
  checkProblems(file);
  checkProblems(`${file}#- live datadog denied the key may not read roles\n`);
  checkProblems(`${file}#- live datadog\nincomplete: [roles]\n`);
});
