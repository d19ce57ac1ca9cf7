/** Renames over all files, compared as whole texts; and refusals, compared word by word. */

import { expect, test } from "vitest";
import { check } from "../../server/src/core/analysis/check.ts";
import { prepareRename, renameAt, renameEverywhere } from "../../server/src/core/features/rename.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { applyEdits } from "../../server/src/core/syntax/edit.ts";
import { readMappingFile, textOfFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";
import { cursorOf } from "./support.ts";

/** The mapping files after the rename, or the refusal. */
function renamed(text: string, name: string): string {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  const result = renameAt(fixture.snapshot, file, offset, name);
  if ("refused" in result) return result.refused;
  return fixture.snapshot.files
    .map((read) =>
      applyEdits(
        textOfFile(read),
        result.edits.filter((edit) => edit.file === read.file),
      ).trimEnd(),
    )
    .join("\n---\n");
}

function checkRename(text: string, name: string, expected: string): void {
  expectText(renamed(text, name), expected);
}

test("a bundle: its definition and uses, with quotes and comments kept", () => {
  checkRename(
    `
#- /a.accessmap.yaml
bundles:
  base: { roles: [SRE] } # the base
mappings:
  - group: dd-sre
    bundles: ['base', other]
#- /b.accessmap.yaml
mappings:
  - group: base
    bundles:
      - "ba$0se" # all of it
`,
    "core",
    `
bundles:
  core: { roles: [SRE] } # the base
mappings:
  - group: dd-sre
    bundles: ['core', other]
---
mappings:
  - group: base
    bundles:
      - "core" # all of it
`,
  );
});

test("a group: in every style, in access tests, and not where its id is written", () => {
  checkRename(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-s$0re
    roles: [dd-sre]
  - group: { name: "dd-sre" }
  - group: { id: group-dd-sre }
expect:
  - { group: dd-sre, cannot: [admin] }
#- live okta
groups: [dd-sre]
`,
    "🦊 ops",
    `
mappings:
  - group: "🦊 ops"
    roles: [dd-sre]
  - group: { name: "🦊 ops" }
  - group: { id: group-dd-sre }
expect:
  - { group: "🦊 ops", cannot: [admin] }
`,
  );
});

test("a role and a team, from within a bundle and from its id", () => {
  const text = `
#- /a.accessmap.yaml
bundles:
  base: { roles: [{ name: SRE, id: role-$0sre }], teams: [sre] }
mappings:
  - group: sre
    roles: [SRE, Admin]
    teams: [sre]
`;
  checkRename(
    text,
    "Site: Ops",
    `
bundles:
  base: { roles: [{ name: "Site: Ops", id: role-sre }], teams: [sre] }
mappings:
  - group: sre
    roles: ["Site: Ops", Admin]
    teams: [sre]
`,
  );
  expect(renamed(text.replace("$0", "").replace("teams: [sre]", "teams: [s$0re]"), "ops")).toContain(
    "teams: [ops] }\nmappings:\n  - group: sre\n    roles: [SRE, Admin]\n    teams: [ops]",
  );
});

test("through an alias the anchor's text is renamed once", () => {
  checkRename(
    `
#- /a.accessmap.yaml
mappings:
  - group: a
    roles: &r [&s SRE, x]
  - group: b
    roles: [*s]
  - group: c
    roles: *$0r
  - group: d
    roles: [S$0RE]
`.replace("*$0r", "*r"),
    "Ops",
    `
mappings:
  - group: a
    roles: &r [&s Ops, x]
  - group: b
    roles: [*s]
  - group: c
    roles: *r
  - group: d
    roles: [Ops]
`,
  );
});

test("a text over several lines keeps the line below it", () => {
  checkRename(
    "#- /a.accessmap.yaml\nmappings:\n  - group: >-\n      dd-sre\n    roles: [SRE]\n  - group: dd-s$0re",
    "x",
    "mappings:\n  - group: x\n    roles: [SRE]\n  - group: x",
  );
});

test("Windows line ends and a byte order mark stay", () => {
  const { snapshot } = parseFixture("#- /a.accessmap.yaml\nmappings: []");
  const text = "\uFEFFmappings:\r\n  - group: 🦊\r\n    reason: x\r\n  - group: 🦊\r\n";
  const files = [readMappingFile("a.accessmap.yaml", text)];
  const result = renameAt({ ...snapshot, files }, "a.accessmap.yaml", text.indexOf("🦊"), "fox");
  expect("edits" in result && applyEdits(text, result.edits)).toBe(text.replaceAll("🦊", "fox"));
});

const ONE = "#- /a.accessmap.yaml\nbundles: { base: {}, other: {} }\nmappings:\n  - group: a\n    bundles: [ba$0se]";

test.each([
  [
    "a reason",
    "#- /a.accessmap.yaml\nmappings:\n  - reason: a$0b",
    "x",
    "Only names of bundles, groups, roles and teams can be renamed",
  ],
  [
    "a key",
    "#- /a.accessmap.yaml\nmap$0pings:\n  - group: a",
    "x",
    "Only names of bundles, groups, roles and teams can be renamed",
  ],
  [
    "an id",
    "#- /a.accessmap.yaml\nmappings:\n  - group: { id: 0$00g }",
    "x",
    "This group is written by its id, which has no other spelling",
  ],
  ["an empty name", ONE, " ", "A name cannot be empty, or begin or end with a blank"],
  ["a line break", ONE, "a\nb", "A name stands on one line and has no control characters"],
  ["a name in use", ONE, "other", 'There is a bundle "other" already; the two would become one'],
  [
    "a file that cannot be read",
    `${ONE}\n#- /b.accessmap.yaml\nmappings: [`,
    "x",
    "b.accessmap.yaml has syntax errors that may hide a name; correct them first",
  ],
  [
    "a name that an alias uses for something else",
    "#- /a.accessmap.yaml\nmappings:\n  - group: &n sre\n    teams: [*n, s$0re]",
    "x",
    '"sre" at this place also means a group of okta; write the two apart first',
  ],
])("refuses %s", (_title, text, name, expected) => expect(renamed(text, name)).toBe(expected));

test("refuses what a bundle shares with another organization", () => {
  expect(
    renamed(
      `
#- /accessmap.yaml
version: 1
project: p
directories:
  okta: { type: okta, domain: acme.okta.com }
organizations:
  prod: { site: datadoghq.eu }
  staging: { site: datadoghq.com }
#- /a.accessmap.yaml
organization: prod
bundles:
  base: { roles: [SRE] }
mappings:
  - { group: a, bundles: [base], roles: [S$0RE] }
#- /b.accessmap.yaml
organization: staging
mappings:
  - { group: a, bundles: [base] }
`,
      "x",
    ),
  ).toBe('"SRE" at this place also means a role of staging; write the two apart first');
});

test("what a rename starts from", () => {
  const fixture = parseFixture('#- /a.accessmap.yaml\nmappings:\n  - group: "d$0d"');
  const { file, offset } = cursorOf(fixture);
  expect(prepareRename(fixture.snapshot, file, offset)).toEqual({ span: { start: 21, end: 25 }, name: "dd" });
  expect(prepareRename(fixture.snapshot, file, 0)).toHaveProperty("refused");
});

test("a thing that was renamed where it lives is offered in all places that name it", () => {
  const fixture = (second: string) =>
    parseFixture(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: []
#- /b.accessmap.yaml
mappings:
  - group: ${second}
#- lock
groups: { okta: { dd-sre: g1 } }
#- live okta
groups: [{ name: dd-sre-eu, id: g1 }, other]
`);
  const offered = (second: string) => {
    const { snapshot } = fixture(second);
    const [problem] = check(snapshot, RULES).filter(({ rule }) => rule === "ref/renamed");
    const [fix] = problem?.fixes ?? [];
    return problem && fix && renameEverywhere(snapshot, problem, fix);
  };
  const both = offered('"dd-sre"');
  expect(both?.title).toBe('Change to "dd-sre-eu" in all 2 places');
  expect(both?.edits.map(({ file, text }) => `${file} ${text}`)).toEqual([
    "a.accessmap.yaml dd-sre-eu",
    'b.accessmap.yaml "dd-sre-eu"',
  ]);
  expect(offered("other")).toBeUndefined();
});
