/** Roles that are not what was reviewed. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (pin: string, marker = "", role = "{ name: SRE, permissions: [logs_delete_data, monitors_write] }") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
${marker}  - group: dd-other
    roles: [SRE]
#- lock
organizations: { prod: { roles: { SRE: ${pin} } } }
#- live datadog
roles: [${role}]
`;

const only = ["priv/role-changed-since-review"];

test("what came and went, once for all mappings of the role", () =>
  checkProblems(
    fixture(
      "{ id: role-sre, permissions: [dashboards_write, monitors_write] }",
      '    #       ^^^ warning priv/role-changed-since-review: "SRE" gained logs_delete_data (critical), lost dashboards_write since its last review; look at it, then run `accessmap review`\n',
    ),
    { only },
  ));

test("the same content, whatever the order", () =>
  checkProblems(fixture("{ id: role-sre, permissions: [monitors_write, logs_delete_data] }"), { only }));

test("no content recorded, content not wholly known, another role of that name", () => {
  checkProblems(fixture("role-sre"), { only });
  checkProblems(
    fixture("{ id: role-sre, permissions: [] }", "", "{ name: SRE, permissions: [apm_read], unresolved: 1 }"),
    { only },
  );
  checkProblems(fixture("{ id: role-old, permissions: [] }"), { only });
});
