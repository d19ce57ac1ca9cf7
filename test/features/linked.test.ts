/** Names under `linked` of an organization, in accessmap.yaml: offered, described, found from everywhere, and renamed. */

import { expect, test } from "vitest";
import { textIn } from "../../server/src/core/analysis/snapshot.ts";
import { describeOffered } from "../../server/src/core/features/completionDocs.ts";
import { definitionAt, referencesAt } from "../../server/src/core/features/references.ts";
import { renameAt } from "../../server/src/core/features/rename.ts";
import { applyEdits } from "../../server/src/core/syntax/edit.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";
import { checkCompletion, checkInsert, checkLabels, cursorOf, hoverOf, renderPlaces } from "./support.ts";

const project = (linked: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
  dev:
    site: datadoghq.eu
    linked:
${linked}
`;
const LIVE = `
#- live prod
managed: none
roles: [{ name: Only in prod, permissions: [] }]
teams: [prod-team]
#- live dev
managed: none
roles: [{ name: SRE, permissions: [logs_delete_data], users: 3 }, { name: Reader, permissions: [] }]
teams: [{ handle: sre, users: 4 }, { handle: web, users: 2 }]
`;
const FILES = `
#- /b.accessmap.yaml
organization: dev
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
#- /c.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
`;

test("roles and teams of their own organization are offered, teams as keys", () => {
  checkLabels(project("      teams: { sre: [SRE, $0] }") + LIVE, ["Reader"]);
  checkCompletion(project("      connections:\n        deploys: [$0]") + LIVE, "Reader  low\nSRE  critical · 3 people");
  checkCompletion(project("      teams:\n        sre: [SRE]\n        $0") + LIVE, "web  2 people");
  checkLabels(project("      teams: { $0 }") + LIVE, ["sre", "web"]);
  checkInsert(
    project("      teams:\n        w$0") + LIVE,
    "web",
    `${project("      teams:\n        web: []").replace("\n#- /accessmap.yaml\n", "")}`,
  );
});

test("rules and organizations of an override, and never the roles of a policy", () => {
  const policy = (text: string) =>
    `${project("      teams: {}").trimEnd()}\npolicy:\n  overrides:\n    - ${text}\n${LIVE}`;
  checkLabels(policy("{ rules: [$0], severity: off }"), ["exp/expired", "priv/admin-broad-group", "priv/destructive"]);
  checkLabels(policy('{ rules: ["*"], organizations: [$0], severity: off }'), ["dev", "prod"]);
});

test("hover says of each what it says of it in a mapping", () => {
  expect(hoverOf(project("      teams: { sr$0e: [SRE] }") + LIVE + FILES)).toMatch(
    /^\*\*Team\*\* `sre` in `dev`\n\n4 people\. .*Fed by `dd-sre`\./,
  );
  expect(hoverOf(project("      teams: { sre: [SR$0E] }") + LIVE)).toMatch(
    /^\*\*Role\*\* `SRE` in `dev`, sensitivity \*\*critical\*\*/,
  );
  expect(hoverOf(project("      connections: { deploys: [Only $0in prod] }") + LIVE)).toContain(
    "has none of this name",
  );
  // What a connection is called means nothing anywhere else.
  expect(hoverOf(project("      connections: { depl$0oys: [SRE] }") + LIVE)).toContain("Names of roles.");
});

test("documentation of an offer, where only its place is known", () => {
  const fixture = parseFixture(project("      teams: { sre: [SRE, $0] }") + LIVE);
  const words = describeOffered(fixture.snapshot, { ...cursorOf(fixture), kind: "role", name: "SRE" });
  expect(words).toContain("`SRE` in `dev`");
});

const references = (text: string) => {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  const first = definitionAt(fixture.snapshot, file, offset);
  return [
    renderPlaces(fixture, first ? [first] : []),
    renderPlaces(fixture, referencesAt(fixture.snapshot, file, offset, true)),
  ];
};

test("references lead both ways, within the organization", () => {
  const places = [
    "b.accessmap.yaml:3:30 SRE",
    "b.accessmap.yaml:3:30 SRE\naccessmap.yaml:9:22 SRE\naccessmap.yaml:10:32 SRE",
  ];
  const linked = "      teams: { sre: [SR$0E] }\n      connections: { deploys: [SRE] }";
  expect(references(project(linked) + LIVE + FILES)).toEqual(places);
  const from = FILES.replace("roles: [SRE]", "roles: [S$0RE]");
  expect(references(project(linked.replace("$0", "")) + LIVE + from)).toEqual(places);
});

function renamed(text: string, name: string): string {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  const result = renameAt(fixture.snapshot, file, offset, name);
  if ("refused" in result) return result.refused;
  return [...fixture.files.keys()]
    .sort()
    .map((one) =>
      applyEdits(
        textIn(fixture.snapshot, one) ?? "",
        result.edits.filter((edit) => edit.file === one),
      ),
    )
    .join("---\n");
}

test("a rename changes accessmap.yaml with the mapping files, keys and items alike, in its organization alone", () => {
  const files = (linked: string, role: string, team: string) =>
    [
      project(linked).replace("\n#- /accessmap.yaml\n", "").concat("\n"),
      `organization: dev\nmappings:\n  - { group: dd-sre, roles: [${role}], teams: [${team}] }\n`,
      "organization: prod\nmappings:\n  - { group: dd-sre, roles: [SRE], teams: [sre] }\n\n",
    ].join("---\n");
  const linked = (team: string, role: string) =>
    `      teams:\n        ${team}: ['${role}'] # linked by hand\n      connections: { deploys: [${role}] }`;
  expectText(
    renamed(
      project(linked("sre", "SR$0E").replace("deploys: [SR$0E]", "deploys: [SRE]")) + LIVE + FILES,
      "Site: on call",
    ),
    files(
      linked("sre", "Site: on call").replace("deploys: [Site: on call]", 'deploys: ["Site: on call"]'),
      '"Site: on call"',
      "sre",
    ),
  );
  const team = FILES.replace("teams: [sre]", "teams: [s$0re]");
  expectText(
    renamed(project(linked("sre", "SRE")) + LIVE + team, "true"),
    files(linked('"true"', "SRE"), "SRE", '"true"'),
  );
});

test("a project file that hides a name refuses the rename", () =>
  expect(renamed(project("      teams: { sre: [SR$0E }") + LIVE + FILES, "x")).toBe(
    "accessmap.yaml has syntax errors that may hide a name; correct them first",
  ));
