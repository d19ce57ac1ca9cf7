/** hyg/gives-nothing: mappings and bundles without anything in them. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const only = { only: ["hyg/gives-nothing"] };

const BARE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-old
    #      ^^^^^^ info hyg/gives-nothing: "dd-old" gets nothing here: no role, team or bundle is named; name something, or remove this mapping [fix]
    roles: []
    reason: to be decided
  - { group: dd-web, teams: [web] }
`;

test("a mapping that names nothing", () => {
  checkProblems(BARE, only);
  checkFix(BARE, "Remove this mapping", "mappings:\n  - { group: dd-web, teams: [web] }\n", only);
});

test("a bundle that holds nothing, and a mapping that rests on it", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
bundles:
  later: { roles: [], teams: [] } # to come
  #^^^^ info hyg/gives-nothing: Bundle "later" gives nothing; name a role or a team, or remove it
  web: { teams: [web] }
mappings:
  - { group: dd-old, bundles: [later] }
  #          ^^^^^^ info hyg/gives-nothing: "dd-old" gets nothing here: its bundles are empty; name something, or remove this mapping [fix]
  - { group: dd-web, bundles: [later, web] }
`,
    only,
  ));

test.each<[name: string, text: string]>([
  ["a connection of hoop.dev", "mappings: [{ group: dd-a, hoop: [pg] }]"],
  ["an error in the form", "mappings: [{ group: dd-a, rolse: [SRE] }]"],
  ["a bundle that does not exist", "mappings: [{ group: dd-a, bundles: [later] }]"],
  ["a mapping that has ended", "mappings: [{ group: dd-a, until: 2026-01-31 }]"],
  ["a bundle with an error in its form", "bundles: { base: { rolse: [SRE] } }\nmappings: []"],
  ["a group that does not exist", "mappings: [{ group: dd-a }]\n#- live okta\ngroups: [dd-b]"],
  ["a mapping without a group", "mappings: [{ reason: half typed }]"],
])("not reported: %s", (_, text) => checkProblems(`\n#- /a.accessmap.yaml\n${text}\n`, only));
