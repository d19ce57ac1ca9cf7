/** Names that several things have. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const ROLES = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE, "Engineer"]
    #       ^^^ error ref/ambiguous-name: "prod" has 2 roles named "SRE": role-sre (3 users, created 2024-05-01) and role-sre-2 (1 user). Pin the id of the one you mean [fix]
#- live datadog
roles: [{ name: SRE, users: 3, created: 2024-05-01 }, { name: SRE, users: 1 }, Engineer]
`;

test("role names are not unique", () => checkProblems(ROLES));

test("the id is pinned beside the name", () =>
  checkFix(
    ROLES,
    "Pin role-sre-2 (1 user)",
    `
mappings:
  - group: dd-sre
    roles: [{ name: SRE, id: role-sre-2 }, "Engineer"]
`,
  ));

test("a pinned role is not ambiguous", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [{ name: SRE, id: role-sre }] }
#- live datadog
roles: [SRE, SRE]
`));

const GROUPS = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    #      ^^^^^^ error ref/ambiguous-name: "okta" has 2 groups named "dd-sre": g1 (12 members) and g2. Pin the id of the one you mean [fix]
  - group:
      name: dd-sre # the app's
      #     ^^^^^^ error ref/ambiguous-name [fix]
      directory: okta
#- live okta
groups: [{ name: dd-sre, id: g1, count: 12 }, { name: dd-sre, id: g2 }]
`;

test("group names may be shared too", () => checkProblems(GROUPS));

test("a group is pinned beside its name", () => {
  checkFix(
    GROUPS,
    "Pin g2",
    GROUPS.slice(GROUPS.indexOf("mappings"), GROUPS.indexOf("#- live"))
      .replace(/ +#.*\^.*\n/g, "")
      .replace("dd-sre\n", "{ name: dd-sre, id: g2 }\n"),
  );
});

test("a group with keys of its own gets the id among them", () =>
  checkFix(
    `
#- /a.accessmap.yaml
mappings:
  - group:
      name: dd-sre # the app's
      directory: okta
#- live okta
groups: [{ name: dd-sre, id: g1 }, { name: dd-sre, id: g2 }]
`,
    "Pin g2",
    `
mappings:
  - group:
      name: dd-sre # the app's
      id: g2
      directory: okta
`,
  ));

test("teams with one handle are reported without a fix", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    teams: [sre]
    #       ^^^ error ref/ambiguous-name: "prod" has 2 teams with the handle "sre"; rename one of them in Datadog
#- live datadog
teams: [sre, { handle: sre, name: Other }]
`));

test("what was not read is not ambiguous", () =>
  checkProblems(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n#- live datadog unreachable timeout\n",
  ));
