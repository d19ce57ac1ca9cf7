/** Roles that can destroy data. */

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

test("it says who, how many and with what", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    #       ^^^ warning priv/destructive: "dd-sre" gives "SRE" to 9 people, who can destroy data with logs_delete_data. Move this to a break-glass role
    reason: on call
${LIVE}`));

test("it can be allowed, with a reason and until a day", () => {
  const file = (until: string) => `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    reason: on call
    allow: [{ rule: priv/destructive, reason: clears bad indexes at night, until: ${until} }]
#- now 2026-11-23
${LIVE}`;
  checkProblems(file("2026-11-23"));
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    #       ^^^ warning priv/destructive
    reason: on call
    allow: [{ rule: priv/destructive, reason: clears bad indexes at night, until: 2026-11-22 }]
#- now 2026-11-23
${LIVE}`,
    { only: ["priv/destructive"] },
  );
});

test("Datadog's own roles and administrators are not reported", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [Datadog Standard Role, Datadog Admin Role, Boss] }
#- live datadog
roles: [{ name: Boss, permissions: [logs_delete_data, org_management] }]
`,
    { only: ["priv/destructive"] },
  ));

test("the number of people may be unknown, the role may not", () => {
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    #       ^^^ warning priv/destructive: "dd-sre" gives "SRE" to everybody in it, who can destroy data with logs_modify_indexes. Move this to a break-glass role
#- live datadog
roles: [{ name: SRE, permissions: [logs_modify_indexes] }]
`,
    { only: ["priv/destructive"] },
  );
  checkProblems(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n#- live datadog unreachable timeout\n",
  );
});
