/** esc/team-confers-role: a declared link makes a team's mapping a grant. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["esc/team-confers-role"] };
const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod:
    site: datadoghq.eu
    linked: { teams: { sre: [Operator], readers: [Viewer] } }
`;
const LIVE = `
#- live okta
groups: [{ name: dd-dev, members: [ana] }]
#- live datadog
roles:
  - { name: Operator, permissions: [logs_delete_data] }
  - { name: Viewer, permissions: [workflows_read] }
`;
const TEAMS = "teams: [sre, readers]\n";
const FINDING = `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - group: dd-dev
    teams: [readers, sre]
    #                ^^^ warning esc/team-confers-role: The team "sre" is linked to "Operator", so that "dd-dev" gets logs_delete_data (critical) through it; map the role openly, or unlink it [fix]
${LIVE}${TEAMS}`;

test("what the team brings is told", () => checkProblems(FINDING, ONLY));

test("the team can be taken away", () =>
  checkFix(FINDING, "Remove this team", "mappings:\n  - group: dd-dev\n    teams: [readers]\n", ONLY));

test("an open team lets in more than the mapping says", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - { group: dd-dev, teams: [sre] }
    #                        ^^^ warning esc/team-confers-role: The team "sre" is linked to "Operator", so that "dd-dev" gets logs_delete_data (critical) through it, and so does whoever joins the team; map the role openly, or unlink it
${LIVE}teams: [{ handle: sre, open: true }]
`,
    ONLY,
  ));

test("a role that the mapping gives openly, or gave, is no surprise", () =>
  checkProblems(
    `${PROJECT}
#- /a.accessmap.yaml
mappings:
  - { group: dd-dev, roles: [Operator], teams: [sre] }
  - { group: dd-dev, teams: [sre], until: 2026-01-01 }
${LIVE}${TEAMS}`,
    ONLY,
  ));

test("roles that were not read, and links that nobody declared, prove nothing", () => {
  const mapping = "\n#- /a.accessmap.yaml\nmappings:\n  - { group: dd-dev, teams: [sre] }\n";
  checkProblems(`${PROJECT}${mapping}${LIVE}${TEAMS}unread: [roles]\n`, ONLY);
  checkProblems(`${mapping}${LIVE}${TEAMS}`, ONLY);
});
