/** Rules over what people write themselves. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (marker = "", role = "Builder", type = "okta, domain: acme.okta.com") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { corp: { type: ${type} } }
organizations: { prod: { site: datadoghq.eu } }
#- /a.accessmap.yaml
mappings:
  - group: dd-club
${marker}    roles: [${role}]
`;

const live = (rule: string) => `
#- live corp
groups: [{ name: dd-club, kind: dynamic, rule: '${rule}' }]
#- live datadog
roles: [{ name: Builder, permissions: [monitors_write] }, { name: Viewer, permissions: [dashboards_read] }]
`;

const ENTRA = "entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10";
const only = { only: ["esc/editable-attribute-rule"] };
const finding = (attribute: string) =>
  `    #      ^^^^^^^ error esc/editable-attribute-rule: "dd-club" gets "Builder" (medium: monitors_write), and is filled by a rule over ${attribute}, which people may set themselves; let the rule read what only an administrator writes\n`;

test("names and contact in Okta, what guests bring in Entra", () => {
  checkProblems(file(finding("user.nickName")) + live('user.nickName == "sre" or user.nickName == "ops"'), only);
  checkProblems(
    file(finding("user.displayName and user.otherMails"), "Builder", ENTRA) +
      live('(user.displayName -contains "SRE") or (user.otherMails -any (_ -contains "x"))'),
    only,
  );
});

test("the role can go until the rule is another", () =>
  checkFix(
    file() + live('user.nickName == "sre"'),
    "Remove this role",
    "\nmappings:\n  - group: dd-club\n    roles: []\n",
    only,
  ));

test("what administrators write, rules without guests, and roles that give little", () => {
  checkProblems(file() + live('user.division == "Engineering"'), only);
  checkProblems(
    file("", "Builder", ENTRA) + live('(user.department -eq "SRE") or (user.mail -endsWith "@acme.com")'),
    only,
  );
  checkProblems(
    file("", "Builder", ENTRA) + live('(user.displayName -contains "SRE") and (user.userType -eq "Member")'),
    only,
  );
  checkProblems(file("", "Viewer") + live('user.nickName == "sre"'), only);
});

test("a rule that was not read", () =>
  checkProblems(
    `${file()}#- live corp\ngroups: [{ name: dd-club, kind: dynamic }]\n#- live datadog\nroles: [{ name: Builder, permissions: [monitors_write] }]\n`,
    only,
  ));
