/** Folds, and what a selection grows to. */

import { expect, test } from "vitest";
import { foldsOf } from "../../server/src/core/features/folding.ts";
import { selectionsAt } from "../../server/src/core/features/selection.ts";
import { parse } from "../../server/src/core/syntax/yaml/parse.ts";

const TEXT = `# who may do what
# in production
organization: prod

mappings:
  # on call
  - group: dd-sre
    roles:
      - SRE
      - "Datadog Admin Role"
    reason: |
      first
      # not a comment
      # nor this

  # a pair
  # of lines
  - group: { name: a }
    teams: [
      x,
    ]
`;

function folds(text: string): readonly string[] {
  return foldsOf(parse({ file: "a.yaml", text: text })).map(({ first, last, kind }) => `${kind} ${first}-${last}`);
}

const FOLDS = [
  "comment 0-1",
  "region 4-20",
  "region 6-13",
  "region 7-9",
  "region 10-13",
  "comment 15-16",
  "region 17-20",
  "region 18-20",
];

test("mappings, lists, texts and comments fold", () => {
  expect(folds(TEXT)).toEqual(FOLDS);
});

test("the same with Windows line ends and a byte order mark", () => {
  expect(folds(`\uFEFF${TEXT.replaceAll("\n", "\r\n")}`)).toEqual(folds(TEXT));
});

test("what stands on one line does not fold", () => expect(folds("# one\na: [b]\nc: { d: e }\n")).toEqual([]));

/** The texts a selection grows through, up to the one before the file; `…` stands for line breaks. */
function growth(text: string, marker: string): readonly string[] {
  const spans = selectionsAt(parse({ file: "a.yaml", text: text }), text.indexOf(marker) + 1);
  for (const [index, { start, end }] of spans.entries()) {
    const outer = spans[index + 1];
    if (outer) expect(outer.start <= start && end <= outer.end && outer.end - outer.start > end - start).toBe(true);
  }
  expect(spans.at(-1)).toEqual({ start: 0, end: text.length });
  return spans.slice(0, -1).map(({ start, end }) => text.slice(start, end).replace(/\s*\n\s*/g, "…"));
}

test("from a word to the mapping", () => {
  expect(growth(TEXT, "Admin Role").slice(0, 5)).toEqual([
    "Datadog Admin Role",
    '"Datadog Admin Role"',
    '- SRE…- "Datadog Admin Role"',
    'roles:…- SRE…- "Datadog Admin Role"',
    expect.stringMatching(/^group: dd-sre….*# nor this$/),
  ]);
});

test("within brackets, from a key, and where nothing is", () => {
  expect(growth("a:\n  - group: { name: 🦊 }\n", "🦊")).toEqual([
    "🦊",
    "name: 🦊",
    "{ name: 🦊 }",
    "group: { name: 🦊 }",
    "- group: { name: 🦊 }",
    "a:…- group: { name: 🦊 }",
  ]);
  expect(growth("ab: c\nd: e\n", "ab")).toEqual(["ab", "ab: c", "ab: c…d: e"]);
  expect(selectionsAt(parse({ file: "a.yaml", text: "" }), 0)).toEqual([{ start: 0, end: 0 }]);
});
