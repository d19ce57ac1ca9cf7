/** Custom roles that lead to everything. */

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

test("one deciding permission is enough", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [Platform Admin]
    #       ^^^^^^^^^^^^^^ error priv/admin-equivalent-role: "dd-sre" gets "Platform Admin", which is as good as Datadog Admin: user_access_manage leads to every other permission. Move it to a role for administrators
    reason: keeps the platform
${LIVE}`));

test("Datadog's own roles say what they are, and a large group is another finding", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [Datadog Admin Role] }
  - { group: dd-engineering, roles: [Platform Admin] }
${LIVE}`,
    { only: ["priv/admin-equivalent-role"] },
  ));

test("a role that was not read is not judged", () =>
  checkProblems(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [Platform Admin] }\n#- live datadog unreachable timeout\n",
  ));
