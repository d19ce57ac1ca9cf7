/** The same grant twice on the same terms. */

import { expect, test } from "vitest";
import { checkFix, checkProblems, problemsOf } from "../../support/checks.ts";
import { parseFixture } from "../../support/fixture.ts";

const ACROSS = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE, Engineer] }
#- /b.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE, Auditor]
    #       ^^^ warning hyg/duplicate: "dd-sre" gets the role "SRE" already; remove the later one [fix]
`;

test("also across files, at the later place", () => checkProblems(ACROSS));

test("the later item goes", () =>
  checkFix(ACROSS, "Remove the later one", "mappings:\n  - group: dd-sre\n    roles: [Auditor]"));

const WHOLE = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
  - group: dd-sre # copied
    #      ^^^^^^ warning hyg/duplicate: Everything "dd-sre" gets here it gets already; remove the later mapping [fix]
    roles: [SRE]
    teams: [sre]
  - { group: dd-sre, roles: [Other] }
`;

test("a mapping that only repeats is reported once", () => checkProblems(WHOLE));

test("and goes as a whole", () =>
  checkFix(
    WHOLE,
    "Remove the later one",
    `
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
  - { group: dd-sre, roles: [Other] }
`,
  ));

test("an item that its mapping's bundle brings already is the surplus one", () =>
  checkProblems(`
#- /a.accessmap.yaml
bundles: { engineer: { roles: [Engineer] }, oncall: { roles: [Engineer] } }
mappings:
  - group: dd-sre
    bundles: [engineer]
    roles: [Engineer]
    #       ^^^^^^^^ warning hyg/duplicate: "dd-sre" gets the role "Engineer" already; remove the later one [fix]
  - { group: dd-web, bundles: [engineer, oncall] }
`));

const BUNDLES = `
#- /a.accessmap.yaml
bundles: { engineer: { roles: [Engineer], teams: [engineering] } }
mappings:
  - group: dd-sre
    bundles: [engineer, engineer]
    #                   ^^^^^^^^ warning hyg/duplicate: "dd-sre" gets the bundle "engineer" already; remove the later one [fix]
#- /b.accessmap.yaml
mappings:
  - group: dd-sre
    bundles: [engineer]
    #         ^^^^^^^^ warning hyg/duplicate: "dd-sre" gets the bundle "engineer" already; remove the later one [fix]
  - { group: dd-web, roles: [Auditor] }
`;

const BUNDLES_LEFT = `
bundles: { engineer: { roles: [Engineer], teams: [engineering] } }
mappings:
  - group: dd-sre
    bundles: [engineer]
`;

test("a bundle that a mapping names twice, or another one of the group names too", () => {
  checkProblems(BUNDLES);
  checkFix(BUNDLES, "Remove the later one", BUNDLES_LEFT);
});

test("a group by name and the same one by id are one group once that is known", () => {
  const file = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, teams: [sre] }
  - { group: { id: group-dd-sre }, teams: [sre] }
`;
  checkProblems(file);
  checkProblems(
    `${file}  #                                        ^^^ warning hyg/duplicate [fix]\n#- live okta\ngroups: [dd-sre]\n`,
  );
});

test("a bundle that is defined twice alike", () =>
  checkProblems(`
#- /a.accessmap.yaml
bundles: { base: { teams: [a, b] } }
mappings: []
#- /b.accessmap.yaml
bundles: { base: { teams: [b, a] } }
#          ^^^^ warning hyg/duplicate: Bundle "base" is defined twice alike; remove the later one
mappings: []
`));

test("other groups, other roles and mappings that have ended are no duplicates", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
  - { group: dd-web, roles: [SRE] }
  - { group: dd-sre, roles: [sre] }
  - { group: dd-sre, roles: [SRE], until: 2026-01-31 }
`,
    { only: ["hyg/duplicate", "hyg/contradiction"] },
  ));

test.each([
  ["a connection of hoop.dev", "hoop: [pg]", ["hyg/duplicate"]],
  ["a bundle that nobody knows", "bundles: [later]", ["hyg/duplicate"]],
  ["a key that is misspelt", "taems: [web]", ["hyg/duplicate"]],
])("%s stays when the repeated role goes", (_, line, only) => {
  const text = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
  - group: dd-sre
    roles: [SRE]
    #       ^^^ warning hyg/duplicate: "dd-sre" gets the role "SRE" already; remove the later one [fix]
    ${line}
`;
  checkProblems(text, { only });
  checkFix(
    text,
    "Remove the later one",
    `mappings:\n  - { group: dd-sre, roles: [SRE] }\n  - group: dd-sre\n    roles: []\n    ${line}\n`,
    { only },
  );
});

test("what has an error in its form is left to a person", () => {
  const fixesOf = (text: string) =>
    problemsOf(
      parseFixture(`#- /a.accessmap.yaml\nmappings:\n  - { group: g, roles: [SRE] }\n  - { group: g, ${text} }\n`),
      {
        only: ["hyg/duplicate"],
      },
    ).flatMap(({ fixes }) => fixes.map(({ safe }) => safe));
  expect(fixesOf("roles: [SRE]")).toEqual([true]);
  expect(fixesOf("roles: [SRE], taems: [web]")).toEqual([false]);
});
