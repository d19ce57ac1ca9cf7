/** Edits keep comments, layout and line breaks, and are refused where they would break the file. */

import { expect, test } from "vitest";
import { toEdit } from "../../server/src/core/model/finding.ts";
import { applyEdits, insertEntry, quote, removeItem } from "../../server/src/core/syntax/edit.ts";
import { findNode } from "../../server/src/core/syntax/yaml/find.ts";
import { parse } from "../../server/src/core/syntax/yaml/parse.ts";

function removing(text: string, item: string): string | undefined {
  const start = text.indexOf(item);
  const edit = removeItem(parse({ file: "a.yaml", text: text }), { start, end: start + item.length });
  return edit && applyEdits(text, [toEdit(edit, () => 0)]);
}

test.each([
  ["a: [x, y, z]", "x", "a: [y, z]"],
  ["a: [x, y, z]", "z", "a: [x, y]"],
  ["a: [y]", "y", "a: []"],
  ["a: [\n  x, # one\n  y, # two\n]\n", "y", "a: [\n  x, # two\n]\n"],
  ["a:\n  - x\n  - y # two\n  - z\n", "y", "a:\n  - x\n  - z\n"],
  ["b:\n  a:\n    - y\n  c: 1\n", "y", "b:\n  c: 1\n"],
  ["a:\n- y\n", "y", "a: []\n"],
  ["a:\n  - x\n  -\n    y: 1\n", "y: 1\n", "a:\n  - x\n"],
  ["a:\r\n  - x\r\n  - y", "y", "a:\r\n  - x\r\n"],
])("%j without %j", (text, item, expected) =>
  expect(removing(text, item.trimEnd()) ?? removing(text, item)).toBe(expected),
);

test("an item that others refer to, or that shares its line with a dash, stays", () => {
  expect(removing("a:\n  - &k { b: 1 }\n  - *k\n", "{ b: 1 }")).toBeUndefined();
  expect(removing("a:\n  - x: &k 1\n  - *k\n", "x: &k 1")).toBeUndefined();
  expect(removing("- - x\n  - y\n", "x")).toBeUndefined();
  expect(removing("a: x\n", "x")).toBeUndefined();
});

const ORDER = ["group", "roles", "reason", "until"];

function inserting(text: string, map: string): string | undefined {
  const start = text.indexOf(map);
  const edit = insertEntry(
    parse({ file: "a.yaml", text: text }),
    { start, end: start + map.length },
    "reason",
    "x",
    ORDER,
  );
  return edit && applyEdits(text, [toEdit(edit, () => 0)]);
}

test.each([
  ["- {group: a, until: b}", "{group: a, until: b}", "- {group: a, reason: x, until: b}"],
  ["- { until: b }", "{ until: b }", "- { until: b, reason: x }"],
  [
    "k:\n    group: a # why\n    until: b",
    "group: a # why\n    until: b",
    "k:\n    group: a # why\n    reason: x\n    until: b",
  ],
  [
    "k:\r\n  group: a\r\n  roles:\r\n    - b",
    "group: a\r\n  roles:\r\n    - b",
    "k:\r\n  group: a\r\n  roles:\r\n    - b\r\n  reason: x",
  ],
])("%j", (text, map, expected) => expect(inserting(text, map)).toBe(expected));

test("plain text stays plain where it reads back as text", () => {
  expect(["SRE", "Datadog Admin Role", "2027-01-31", "a@b.com"].map(quote)).toEqual([
    "SRE",
    "Datadog Admin Role",
    "2027-01-31",
    "a@b.com",
  ]);
  for (const text of ["true", "NULL", "7", "a: b", "#x", "*x", "", " x", "x ", "a\nb", "- a", "[a", "~"]) {
    expect(quote(text)).toBe(JSON.stringify(text));
  }
});

test("a node is found by its span at any depth, keys included", () => {
  const text = "a:\n  - b: [c, { d: e }]\n    f: g\n";
  const tree = parse({ file: "a.yaml", text: text });
  for (const part of ["a", "b", "c", "{ d: e }", "d", "e", "[c, { d: e }]", "f", "g"]) {
    const start = text.indexOf(part);
    expect(findNode(tree, { start, end: start + part.length })?.node.range?.slice(0, 2), part).toEqual([
      start,
      start + part.length,
    ]);
  }
  expect(findNode(tree, { start: 1, end: 2 })).toBeUndefined();
});
