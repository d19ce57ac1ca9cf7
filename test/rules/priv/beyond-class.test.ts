/** Read-only groups that write. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy:
  classes:
    - groups: ["*-readonly"]
      only: read
    - groups: ["contractor-*"]
      never: [user_access_manage]
`;

const LIVE = `
#- live datadog
roles:
  - { name: SRE, permissions: [monitors_write, logs_read_data, dashboards_write] }
  - { name: Auditor, permissions: [audit_logs_read, dashboards_read] }
`;

test("a role that writes", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-readonly
    roles: [SRE, Auditor, Datadog Read Only Role]
    #       ^^^ error priv/beyond-class: "dd-readonly" may only read, but "SRE" also permits monitors_write and dashboards_write; give it a smaller role
${LIVE}`,
    { only: ["priv/beyond-class"] },
  ));

test("reading, the baseline, other groups and forbidden permissions are not reported", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - { group: dd-readonly, roles: [Auditor, Datadog Read Only Role] }
  - { group: dd-sre, roles: [SRE] }
  - { group: contractor-readonly, roles: [Boss] }
#- live datadog
roles:
  - { name: SRE, permissions: [monitors_write] }
  - { name: Auditor, permissions: [audit_logs_read] }
  - { name: Boss, permissions: [user_access_manage] }
`,
    { only: ["priv/beyond-class"] },
  ));

test("a group by id has a class once its name is known", () => {
  const file = `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: { id: g1 }
    roles: [SRE]
`;
  checkProblems(`${file}${LIVE}`);
  checkProblems(
    `${file}    #       ^^^ error priv/beyond-class\n#- live okta\ngroups: [{ name: dd-readonly, id: g1 }]\n${LIVE}`,
    { only: ["priv/beyond-class"] },
  );
});

test("a role that was not read is not judged", () =>
  checkProblems(
    `${PROJECT}#- /a.accessmap.yaml\nmappings:\n  - { group: dd-readonly, roles: [SRE] }\n#- live datadog unreachable timeout\n`,
  ));

test("a team that is linked to a role that writes", () => {
  const linked = `${PROJECT.replace("prod: { site: datadoghq.eu }", "prod: { site: datadoghq.eu, linked: { teams: { makers: [SRE], viewers: [Auditor] } } }")}
#- /a.accessmap.yaml
mappings:
  - group: dd-readonly
    teams: [makers, viewers]
    #       ^^^^^^ error priv/beyond-class: "dd-readonly" may only read, but the team "makers" is linked to "SRE", which also permits monitors_write and dashboards_write; take them out of the team, or unlink it [fix]
${LIVE}`;
  checkProblems(linked, { only: ["priv/beyond-class"] });
  checkFix(linked, "Remove this team", "mappings:\n  - group: dd-readonly\n    teams: [viewers]\n", {
    only: ["priv/beyond-class"],
  });
});
