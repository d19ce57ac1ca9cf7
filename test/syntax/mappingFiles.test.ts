/** What people are told about the form of a mapping file: the rule, the words and the exact place. */

import { expect, test } from "vitest";
import { allMappings, formProblems, readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { checkFix, checkProblems } from "../support/checks.ts";

const file = (body: string) => checkProblems(`#- /a.accessmap.yaml\n${body}`);

test("a bracket that is never closed", () =>
  file(`mappings:
  - group: x
    roles: [SRE
    teams: [sre]
#   ^ error yaml/syntax: A closing ] is missing before this
`));

test("a tab", () => {
  const text = "mappings:\n\t- group: x\n";
  const problems = formProblems(readMappingFile("a.accessmap.yaml", text));
  expect(problems.map(({ rule, message, span }) => [rule, message, span])).toEqual([
    ["yaml/syntax", "Tabs cannot indent YAML; use spaces", { start: 10, end: 11 }],
  ]);
});

test("a second document is not read, so it may not stand there", () =>
  file(`mappings: []
---
#^^ error yaml/syntax: A file holds one document; remove the --- line
mappings: []
`));

test("a key that stands twice", () =>
  file(`mappings:
  - group: x
    teams: [a]
    teams: [b]
    #^^^^ error yaml/duplicate-key: "teams" stands here twice; only the later one would count [fix]
`));

test("an unknown key is taken for the near one, which is not missing besides", () =>
  file(`mapings:
#^^^^^^ error schema/unknown-key: "mapings" is not a key of this file; did you mean "mappings"? [fix]
  - group: x
`));

test("an unknown key with nothing near lists the known ones", () =>
  file(`bundles:
  base: { permissions: [] }
  #       ^^^^^^^^^^^ error schema/unknown-key: "permissions" is not a key of "base"; known here: roles, teams
mappings: []
`));

test("a merge key", () =>
  file(`mappings:
  - &a { group: x }
  - <<: *a
    #^ error schema/unknown-key: "<<" is not a key of an item of "mappings"; merge keys are not supported; write the keys out
    group: y
`));

test("a tag that means nothing here: what it would stand for is not guessed", () =>
  file(`mappings:
  - group: !env DD_GROUP
    #      ^^^^ error yaml/syntax: This tag means nothing here; write the value itself
    roles: [!!binary aGVsbG8=, !!str 42]
    #       ^^^^^^^^ error yaml/syntax: This tag means nothing here; write the value itself
    until: !!timestamp 2027-01-31
    #      ^^^^^^^^^^^ error yaml/syntax: This tag means nothing here; write the value itself
  - !role { group: x }
  # ^^^^^ error yaml/syntax: This tag means nothing here; write the value itself
`));

test("a file that says it is of an older YAML is read as any other: yes is a word, and a date is text", () =>
  file(`%YAML 1.1
---
mappings:
  - group: yes
    roles: [<<]
    until: 2027-01-31
`));

test("a file that is a list, a word, a number", () => {
  file("- group: x\n#^^^^^^^^^ error schema/wrong-type: This file must be a set of keys\n");
  file("mappings\n#^^^^^^^ error schema/wrong-type\n");
  file("42\n#^ error schema/wrong-type\n");
});

test("items of the wrong kind", () =>
  file(`mappings:
  - group: x
    roles: SRE
    #      ^^^ error schema/wrong-type: "roles" must be a list
    teams: [7, true, null]
    #       ^ error schema/wrong-type: This item of "teams" must be text; put it in quotes [fix]
    #          ^^^^ error schema/wrong-type [fix]
    #                ^^^^ error schema/wrong-type: This item of "teams" has no value; it must be text
  - just-a-name
  # ^^^^^^^^^^^ error schema/wrong-type: This item of "mappings" must be a set of keys
  - {}
  # ^^ error schema/missing: This item of "mappings" lacks "group"
`));

test("a dash with nothing behind it is marked itself", () =>
  file(`mappings:
  - group: x
    teams:
      - sre
      -
    # ^ error schema/wrong-type: This item of "teams" is empty; fill it in or remove it
  -
# ^ error schema/wrong-type: This item of "mappings" is empty; fill it in or remove it
`));

test("a half-typed mapping", () =>
  file(`mappings:
  - group:
    #^^^^ error schema/wrong-type: "group" has no value; it must be a name or a set of keys
    roles:
    #^^^^ error schema/wrong-type: "roles" has no value; it must be a list
  - gro
  # ^^^ error schema/wrong-type: This item of "mappings" must be a set of keys
`));

test("an alias without an anchor, once", () =>
  file(`mappings: *shared
#         ^^^^^^^ error yaml/syntax: No anchor "&shared" stands before this alias
`));

test("aliases are followed", () => {
  const read = readMappingFile(
    "a.accessmap.yaml",
    "bundles: { base: { teams: &t [a, b] } }\nmappings:\n  - { group: x, teams: *t }\n",
  );
  expect(formProblems(read)).toEqual([]);
  expect(allMappings(read)[0]?.teams.map(({ value }) => value)).toEqual(["a", "b"]);
});

test("places count UTF-16 units, behind a byte order mark and astral characters too", () => {
  const text = '\uFEFFowner: 🦊🦊\r\nmappings:\r\n  - group: "🦊"\r\n    rols: []\r\n';
  const problems = formProblems(readMappingFile("a.accessmap.yaml", text));
  expect(problems.map(({ source, span, rule }) => [rule, source.text.slice(span.start, span.end)])).toEqual([
    ["schema/unknown-key", "rols"],
  ]);
});

test("empty files and files of comments say nothing", () => {
  for (const text of ["", "\n", "   \n", "# later\n", "\uFEFF"])
    expect(formProblems(readMappingFile("a", text))).toEqual([]);
});

test("the later of two keys is removed with its lines", () =>
  checkFix(
    "#- /a.accessmap.yaml\nmappings:\n  - group: x # one\n    teams: [a]\n    teams:\n      - b\n    reason: y\n",
    'Remove the later "teams"',
    "mappings:\n  - group: x # one\n    teams: [a]\n    reason: y",
  ));
