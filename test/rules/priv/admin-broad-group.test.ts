/** Administrators by the hundred. */

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

test("an administrator's role for a large group, and nothing else about the same role", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-engineering
    roles: [Platform Admin]
    #       ^^^^^^^^^^^^^^ error priv/admin-broad-group: "dd-engineering" gives "Platform Admin" to 143 people; the role can grant itself everything (user_access_manage). Narrow the group or use a smaller role
    reason: everybody does everything
${LIVE}`));

test("Datadog Admin Role, through a bundle", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
bundles: { boss: { roles: [Datadog Admin Role] } }
mappings:
  - group: dd-engineering
    bundles: [boss]
    #         ^^^^ error priv/admin-broad-group
    reason: everybody does everything
${LIVE}`,
  ));

test("nine people are few, and only active ones count", () => {
  const file = "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [Datadog Admin Role], reason: on call }\n";
  checkProblems(`${file}${LIVE}`);
  checkProblems(`${file}
#- live okta
groups:
  - name: dd-sre
    members: [a, b, c, d, e, f, g, h, i, j, { login: k, state: deactivated }, { login: l, state: staged }]
#- live datadog
`);
});

test("the policy's limit for critical permissions takes the place of ten", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { limits: { critical: 5 } }
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [Datadog Admin Role]
    #       ^^^^^^^^^^^^^^^^^^ error priv/admin-broad-group
${LIVE}`,
    { only: ["priv/admin-broad-group"] },
  ));

test("a group whose members were not read counts as its directory counts it", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-all
    roles: [Datadog Admin Role]
    #       ^^^^^^^^^^^^^^^^^^ error priv/admin-broad-group: "dd-all" gives "Datadog Admin Role" to up to 900 people; the role can grant itself everything (user_access_manage, admin and 3 more). Narrow the group or use a smaller role
    reason: none
#- live okta
groups: [{ name: dd-all, count: 900 }]
#- live datadog
`));

test("a group of unknown size, a role that was not read and a mapping that has ended are not judged", () => {
  const mapping =
    "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-engineering, roles: [Datadog Admin Role], reason: x }\n";
  checkProblems(`${mapping}#- live okta\ngroups: [dd-engineering]\n#- live datadog\n`);
  checkProblems(
    `${mapping}#- live okta\ngroups: [{ name: dd-engineering, members: 143 }]\n#- live datadog unreachable timeout\n`,
  );
  checkProblems(`${mapping.replace("reason: x", "until: 2026-01-31")}${LIVE}`, { only: ["priv/admin-broad-group"] });
});
