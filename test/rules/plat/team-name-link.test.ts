/** Teams that would come to be twice. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const fixture = (team: string, marker = "", more = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    teams: [${team}]
${marker}#- live datadog
teams: [{ handle: reliability, name: Site Reliability }, { handle: sre, name: sre }]
${more}`;

const MARKER =
  '    #       ^^^^^^^^^^^^^^^^ warning plat/team-name-link: "prod" has a team called "Site Reliability" with the handle "reliability", and a push would create a second one; write that handle [fix]\n';

test("the name leads to another handle than the team has", () => {
  checkProblems(fixture("site_reliability", MARKER));
  checkFix(
    fixture("site_reliability"),
    'Change to "reliability"',
    "mappings:\n  - group: dd-sre\n    teams: [reliability]\n",
  );
});

test("a handle that is there, one that nothing leads to, and an incomplete list", () => {
  checkProblems(fixture("sre"));
  checkProblems(fixture("data_platform"));
  checkProblems(fixture("site_reliability", "", "incomplete: [teams]\n"));
});
