/** Roles that silence detection or its records. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (group: string, marker = "", more = "") => `
#- /a.accessmap.yaml
mappings:
  - group: ${group}
    roles: [Rules]
${marker}${more}`;

const LIVE = `
#- live okta
groups: [{ name: dd-web, members: 4 }, { name: dd-soc-blue, members: 4 }, { name: dd-security, members: 4 }]
#- live datadog
roles:
  - { name: Rules, permissions: [security_monitoring_rules_write, audit_logs_write, monitors_write] }
  - { name: Watcher, permissions: [monitors_write] }
`;

const only = { only: ["priv/evidence-tampering"] };

test("a group of which nothing says that security is its work", () =>
  checkProblems(
    file(
      "dd-web",
      `    #       ^^^^^ warning priv/evidence-tampering: "dd-web" gives "Rules" to 4 people, who can silence detection or its records with audit_logs_write. Give it to a security group alone, or say in the reason that this is one [fix]\n`,
    ) + LIVE,
    only,
  ));

test("what many hold counts whole, and what everybody in Datadog Standard Role may do only then", () => {
  const rules = (members: number) => `
#- live okta
groups: [{ name: dd-web, members: ${members} }]
#- live datadog
roles: [{ name: Rules, permissions: [security_monitoring_rules_write] }]
`;
  checkProblems(
    file(
      "dd-web",
      `    #       ^^^^^ warning priv/evidence-tampering: "dd-web" gives "Rules" to 40 people, who can silence detection or its records with security_monitoring_rules_write. Give it to a security group alone, or say in the reason that this is one\n`,
    ) + rules(40),
    only,
  );
  checkProblems(file("dd-web") + rules(10), only);
});

test("a role without it is offered", () =>
  checkFix(
    file("dd-web") + LIVE,
    'Use "Watcher" instead',
    "\nmappings:\n  - group: dd-web\n    roles: [Watcher]\n",
    only,
  ));

test("name or reason say whose work it is", () => {
  checkProblems(file("dd-security") + LIVE, only);
  checkProblems(file("dd-soc-blue") + LIVE, only);
  checkProblems(file("dd-web", "", "    reason: Own the detection rules of the shop\n") + LIVE, only);
});

test("muting a monitor is everyday work", () =>
  checkProblems(
    `${file("dd-web")}#- live datadog\nroles: [{ name: Rules, permissions: [monitors_write, monitors_downtime] }]\n`,
    only,
  ));

test("the size may be unknown, the role may not", () => {
  checkProblems(
    `${file(
      "dd-web",
      `    #       ^^^^^ warning priv/evidence-tampering: "dd-web" gives "Rules" to everybody in it, who can silence detection or its records with audit_logs_write. Give it to a security group alone, or say in the reason that this is one\n`,
    )}#- live datadog\nroles: [{ name: Rules, permissions: [audit_logs_write] }]\n`,
    only,
  );
  checkProblems(`${file("dd-web")}#- live datadog unreachable timeout\n`, only);
});
