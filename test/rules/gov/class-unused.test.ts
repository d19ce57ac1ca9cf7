/** gov/class-unused: classes of the policy that fit no group. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { parseFixture } from "../../support/fixture.ts";

const only = { only: ["gov/class-unused"] };
const project = (classes: string, filter = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com${filter} } }
organizations: { prod: { site: datadoghq.eu, directory: okta } }
policy:
  classes:
${classes}
`;
const LIVE = "#- live okta\ngroups: [dd-sre, contractor-emea, contractor-apac]\n";

/** The project file of a fixture, without its markers. */
const projectFile = (text: string) => parseFixture(text).files.get("accessmap.yaml") ?? "";

const MISSPELT =
  project(`    - groups: ["contracter-*", "extern-*"]
      #        ^^^^^^^^^^^^^^ info gov/class-unused: No group fits "contracter-*" and "extern-*", so this class protects from nothing; correct it, or remove it [fix]
      never: [logs_read_data]
    - { groups: ["dd-*"], only: read }`) + LIVE;

test("a class that no group belongs to", () => {
  checkProblems(MISSPELT, only);
  checkFix(
    MISSPELT,
    "Remove this class",
    projectFile(MISSPELT).replace(/ {4}- groups: \["contracter[\s\S]*?\]\n.*?\n/, ""),
    only,
  );
});

const MISCASED =
  project(`    - { groups: ["contractor-*", "DD-*"], only: read }
    #                            ^^^^^^ info gov/class-unused: No group fits "DD-*", but some fit "dd-*": case counts; correct it [fix]`) +
  LIVE;

test("a pattern whose letter case no group has", () => {
  checkProblems(MISCASED, only);
  checkFix(MISCASED, 'Change to "dd-*"', projectFile(MISCASED).replace("DD-*", "dd-*"), only);
});

test.each<[name: string, text: string]>([
  ["a pattern of a class that fits others", project(`    - { groups: ["*-readonly", "dd-*"], only: read }`) + LIVE],
  ["groups that nothing is mapped to", project(`    - { groups: ["contractor-*"], only: read }`) + LIVE],
  [
    "groups that were not wholly read",
    project(`    - { groups: ["x-*"], only: read }`) +
      LIVE.replace("live okta", "live okta incomplete page 2 is missing"),
  ],
  ["a directory that was not read", project(`    - { groups: ["x-*"], only: read }`)],
  [
    "what a filter may have left out",
    project(`    - { groups: ["*-ro", "x-*"], only: read }`, ', groups: "dd-*"') + LIVE,
  ],
])("not reported: %s", (_, text) => checkProblems(text, only));

test("a pattern of which the filter leaves nothing out is judged", () =>
  checkProblems(
    project(
      `    - { groups: ["dd-contracter-*"], only: read }
    #            ^^^^^^^^^^^^^^^^^ info gov/class-unused [fix]`,
      ', groups: "dd-*"',
    ) + LIVE,
    only,
  ));
