/** What the quick reader reads, the library reads alike; where it is not certain it leaves the text to the library. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { isMap, isPair, isScalar, isSeq, parseDocument } from "yaml";
import { readPlain } from "../../../server/src/core/syntax/yaml/plain.ts";
import { cleanYaml, halfTyped } from "../../support/yaml.ts";

/** Kinds, values, quotes, brackets and extents: all that anything of ours looks at. */
function shape(node: unknown): unknown {
  if (isPair(node)) return [shape(node.key), shape(node.value)];
  if (isScalar(node)) return [node.value, node.type, node.source, extent(node.range)];
  if (isMap(node) || isSeq(node))
    return [isMap(node) ? "map" : "list", node.flow === true, extent(node.range), node.items.map(shape)];
  return node;
}

function extent(range: readonly number[] | null | undefined): unknown {
  return range?.slice(0, 2);
}

function checkSame(text: string): void {
  const root = readPlain(text);
  if (!root) return;
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  expect(document.errors, text).toEqual([]);
  expect(shape(root), text).toEqual(shape(document.contents));
}

test.each([
  "  - group: dd-sre\n    roles: [SRE]\n",
  "  - group: a # why\n\n    # more\n    until: 2027-01-31\n# end\n",
  "  - group: { directory: google, name: 'dd-x' }\n    allow:\n      - rule: x\n        reason: \"y\"\n",
  "organization: prod\r\nowner: a@b.c\r\nmappings:\r\n  - group: x\r\n",
  "  - roles:\n    - A\n    - B\n    reason: a:b c#d - e\n",
  "mappings:\n",
  "  - group:\n    roles:\n    reason: x\n  - group:\n\n",
])("it reads what entries are made of: %j", (text) => {
  expect(readPlain(text)).toBeDefined();
  checkSame(text);
});

test.each([
  "a: 1\n", // a number
  "a: true\n",
  "a: null\nb: c\n",
  "a: &x b\n",
  "a: *x\n",
  "a: !!str b\n",
  "a: b\n  c\n", // one text over two lines
  "a: |\n  b\n",
  'a: "\\n"\n',
  "a: 'it''s'\n",
  "a: b: c\n",
  "a:# b\n  c: d\n", // no key without a blank
  "  roles:\n  - a\n  # end\n", // the comment moves the list's end
  "a: b #c\n d\n",
  "\ta: b\n",
  "a: \n", // nothing, and where it stands depends on the blanks
  "a:\n# b\n",
  "- \n",
  "- - a\n",
  "a: [b,\n  c]\n",
  "? a\n: b\n",
  "--- a\n",
  "a: b\n...\n",
  "a: [b, , c]\n",
  "a: [b c: d]\n",
  "a: {b}\n",
  "'a': b\n",
  `${"[".repeat(40)}${"]".repeat(40)}\n`,
])("it leaves to the library what it is not certain of: %j", (text) => {
  expect(readPlain(text)).toBeUndefined();
});

test("what it reads of generated entries, the library reads alike", () => {
  fc.assert(fc.property(cleanYaml, checkSame), { numRuns: 2000 });
});

test("what it reads of half-typed entries, the library reads alike", () => {
  fc.assert(fc.property(halfTyped, checkSame), { numRuns: 3000 });
});

test("extents count from a base", () => {
  const shifted = readPlain("a: b\n", 100);
  expect(shifted?.range).toEqual([100, 105, 105]);
});
