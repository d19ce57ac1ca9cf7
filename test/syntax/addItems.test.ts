/** Longer lists: where items and entries go, and what around them stays as it is. */

import { expect, test } from "vitest";
import { isMap } from "yaml";
import { toEdit } from "../../server/src/core/model/finding.ts";
import { addEntries, addItems } from "../../server/src/core/syntax/addItems.ts";
import { applyEdits } from "../../server/src/core/syntax/edit.ts";
import { readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { wholeTree } from "../../server/src/core/syntax/wholeTree.ts";
import { entry, itemsOf, spanOf } from "../../server/src/core/syntax/yaml/nodes.ts";
import { parse } from "../../server/src/core/syntax/yaml/parse.ts";

const ORDER = ["group", "roles", "teams", "reason"];

/** The text after `x` and `y y` were added to the roles of its first mapping. */
function adding(text: string): string | undefined {
  const tree = parse({ file: "a.yaml", text });
  const [first] = itemsOf(tree, entry(tree, tree.root, "mappings")?.value ?? null);
  if (!first || !isMap(first)) throw new Error("no mapping");
  const edit = addItems(tree.source, spanOf(first), "roles", ["x", "y y"], ORDER);
  return edit && applyEdits(text, [toEdit(edit, () => 0)]);
}

test.each([
  ["mappings:\n  - group: a\n", "mappings:\n  - group: a\n    roles: [x, y y]\n"],
  [
    "mappings:\n  - group: a # why\n    teams: [t]\n",
    "mappings:\n  - group: a # why\n    roles: [x, y y]\n    teams: [t]\n",
  ],
  ["mappings:\n  - group: a\n    roles: []\n", "mappings:\n  - group: a\n    roles: [x, y y]\n"],
  ["mappings:\n  - group: a\n    roles: [ b ] # two\n", "mappings:\n  - group: a\n    roles: [ b, x, y y ] # two\n"],
  [
    "mappings:\n  - group: a\n    roles:\n    teams: [t]\n",
    "mappings:\n  - group: a\n    roles: [x, y y]\n    teams: [t]\n",
  ],
  ["mappings:\n  - group: a\n    roles: # none yet\n", "mappings:\n  - group: a\n    roles: [x, y y] # none yet\n"],
  [
    "mappings:\n  - group: a\n    roles:\n      # first\n      - b # one\n      # last\n    teams: [t]\n",
    "mappings:\n  - group: a\n    roles:\n      # first\n      - b # one\n      - x\n      - y y\n      # last\n    teams: [t]\n",
  ],
  ["mappings:\n- group: a\n  roles:\n  - b", "mappings:\n- group: a\n  roles:\n  - b\n  - x\n  - y y"],
  [
    "mappings:\r\n  - group: a\r\n    roles:\r\n      - b\r\n",
    "mappings:\r\n  - group: a\r\n    roles:\r\n      - b\r\n      - x\r\n      - y y\r\n",
  ],
  ["mappings: [{ group: a }]\n", "mappings: [{ group: a, roles: [x, y y] }]\n"],
  [
    "mappings: [{ group: a, roles: [\n  b, # one\n] }]\n",
    "mappings: [{ group: a, roles: [\n  b, x, y y, # one\n] }]\n",
  ],
])("%j", (text, expected) => expect(adding(text)).toBe(expected));

test("a list that stands elsewhere, or that is none, is left alone", () => {
  expect(adding("mappings:\n  - group: a\n    roles: &r [b]\n")).toBe(
    "mappings:\n  - group: a\n    roles: &r [b, x, y y]\n",
  );
  expect(adding("bundles: { z: { roles: &r [b] } }\nmappings:\n  - group: a\n    roles: *r\n")).toBeUndefined();
  expect(adding("mappings:\n  - group: a\n    roles: b\n")).toBeUndefined();
  expect(adding("mappings:\n  - group: a\n    roles: ~\n")).toBeUndefined();
});

const ENTRIES = [
  { comments: ["new"], lines: ["group: n", "roles: [x]"] },
  { comments: [], lines: ["group: o"] },
];

/** The text after two entries were added to its mappings. */
function growing(text: string): string | undefined {
  const edit = addEntries(wholeTree(readMappingFile("a.accessmap.yaml", text)), "mappings", ENTRIES);
  return edit && applyEdits(text, [edit]);
}

const ADDED = "  # new\n  - group: n\n    roles: [x]\n  - group: o";

test.each([
  ["mappings: []\n", `mappings:\n${ADDED}\n`],
  ["mappings: [] # none\nexpect: []\n", `mappings: # none\n${ADDED}\nexpect: []\n`],
  ["mappings:\n", `mappings:\n${ADDED}\n`],
  ["organization: prod\nmappings:\n  - group: a\n", `organization: prod\nmappings:\n  - group: a\n${ADDED}\n`],
  ["mappings:\n  - group: a", `mappings:\n  - group: a\n${ADDED}`],
  [
    "mappings:\n  - group: a\n    roles: [b] # one\n\n# the end\nexpect:\n  - { group: a, can: [b] }\n",
    `mappings:\n  - group: a\n    roles: [b] # one\n${ADDED}\n\n# the end\nexpect:\n  - { group: a, can: [b] }\n`,
  ],
  ["mappings:\n- group: a\n", `mappings:\n- group: a\n${ADDED.replaceAll(/^ {2}/gm, "")}\n`],
  ["mappings:\r\n  - group: a\r\n", `mappings:\r\n  - group: a\r\n${ADDED.replaceAll("\n", "\r\n")}\r\n`],
  ["mappings:\n  - &a { group: a }\n  - *a\n", `mappings:\n  - &a { group: a }\n  - *a\n${ADDED}\n`],
])("entries behind %j", (text, expected) => expect(growing(text)).toBe(expected));

test("no entries where there is no list of lines", () => {
  expect(growing("mappings: [{ group: a }]\n")).toBeUndefined();
  expect(growing("organization: prod\n")).toBeUndefined();
  expect(growing("mappings: many\n")).toBeUndefined();
});
