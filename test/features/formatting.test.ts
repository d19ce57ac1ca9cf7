/** Formatting: what moves, what stays, and that nothing it does changes what a file says. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { format } from "../../server/src/core/features/formatting.ts";
import { applyEdits } from "../../server/src/core/syntax/edit.ts";

function formatted(text: string): string {
  return applyEdits(text, format("a.accessmap.yaml", text));
}

test.each([
  [
    "keys of mappings, with the comments above and behind them",
    `mappings:
  # on call
  - roles: [SRE] # for now
    # nobody else
    # at night
    until: 2027-01-31
    group: dd-sre # the group
    reason: |
      it's
        fine
`,
    `mappings:
  # on call
  - group: dd-sre # the group
    roles: [SRE] # for now
    reason: |
      it's
        fine
    # nobody else
    # at night
    until: 2027-01-31
`,
  ],
  [
    "keys of the file",
    "mappings:\n  - group: a\nowner: x\norganization: prod\n",
    "organization: prod\nowner: x\nmappings:\n  - group: a\n",
  ],
  [
    "inner and outer ones",
    "mappings:\n- roles: [b]\n  group:\n    name: a\n    directory: x\nowner: y\n",
    "owner: y\nmappings:\n- group:\n    directory: x\n    name: a\n  roles: [b]\n",
  ],
  [
    "blanks and empty lines",
    "owner: x  \n\n\n\nmappings:   \n  - group: a\t\n\n\n",
    "owner: x\n\nmappings:\n  - group: a\n",
  ],
  ["a missing line break at the end", "mappings: []", "mappings: []\n"],
  [
    "blanks beside a text whose last line ends with blanks",
    "owner: x  \nmappings:\n  - group: a\n    reason: >-\n      twice  \n\n\n",
    "owner: x\nmappings:\n  - group: a\n    reason: >-\n      twice  \n",
  ],
  [
    "braces on one line, with the blanks between the keys where they were",
    "mappings:\n  - { roles: [ \"a, b\" ],  group: 'c: d' } # why\n  - {until: 2027-01-31,reason: x,group: {name: e, directory: f}}\n",
    "mappings:\n  - { group: 'c: d',  roles: [ \"a, b\" ] } # why\n  - {group: {directory: f, name: e},reason: x,until: 2027-01-31}\n",
  ],
  [
    "braces in brackets",
    "mappings: [{ roles: [a], group: b }, { group: c }]\n",
    "mappings: [{ group: b, roles: [a] }, { group: c }]\n",
  ],
  [
    "Windows line ends",
    "mappings:\r\n  - roles: [b] # 🦊\r\n    group: a \r\n",
    "mappings:\r\n  - group: a\r\n    roles: [b] # 🦊\r\n",
  ],
])("puts right: %s", (_title, text, expected) => {
  expect(formatted(text)).toBe(expected);
  expect(formatted(expected)).toBe(expected);
});

test.each([
  ["an empty file", ""],
  ["half-typed text", "mappings:\n  - roles: [a\n    group: b  \n"],
  ["a key twice", "mappings:\n  - roles: [a]\n    roles: [c]\n    group: b\n"],
  ["a key the format does not know", "mappings:\n  - x: 1\n    roles: [a]\n    group: b\n"],
  ["an anchor", "mappings:\n  - roles: &r [a]\n    group: b\n  - group: c\n    roles: *r\n"],
  ["an empty line between entries", "mappings:\n  - roles: [a]\n\n    group: b\n"],
  ["an empty line between keys of the file", "mappings: []\n\nowner: x\n"],
  ["a comment that would have to stand behind a dash", "mappings:\n  - roles: [a]\n    # why\n    group: b\n"],
  ["a comment at the end", "mappings:\n  - roles: [a]\n    group: b\n    # whose?\n"],
  ["a comment in another column", "mappings:\n  - roles:\n      - a\n      # whose?\n    group: b\n"],
  ["the first comment of a file", "# about it all\nmappings: []\nowner: x\n"],
  [
    "braces over several lines",
    "mappings:\n  - { roles: [a], # why\n      group: b }\n  - {\n      roles: [c],\n      group: d }\n",
  ],
  ["an anchor in braces", "mappings:\n  - { roles: &r [a], group: b }\n"],
  ["texts", 'mappings:\n  - group: a\n    reason: |+\n      x  \n\n\n      # y\n    owner: "a  \n\n\n      b"\n'],
])("leaves alone: %s", (_title, text) => expect(formatted(text)).toBe(text));

/** The text with what stands between two `$` as the selection, or one `$` as a cursor. */
function formattedAt(marked: string): string {
  const [before = "", inside = "", after] = marked.split("$");
  const text = before + inside + (after ?? "");
  const selection = { start: before.length, end: before.length + (after === undefined ? 0 : inside.length) };
  return applyEdits(text, format("a.accessmap.yaml", text, selection));
}

test.each([
  [
    "the entry it lies in, and no other",
    "mappings:\n  - roles: [a] \n    group: b\n  - roles: $[c]\n    $group: d \n\n\n  - roles: [e]\n    group: f \n",
    "mappings:\n  - roles: [a] \n    group: b\n  - group: d\n    roles: [c]\n\n\n  - roles: [e]\n    group: f \n",
  ],
  [
    "all entries it touches",
    "mappings:\n  - { roles: [a], $group: b }\n\n\n  - roles: [c]\n    gr$oup: d\n  - { roles: [e], group: f }\n",
    "mappings:\n  - { group: b, roles: [a] }\n\n  - group: d\n    roles: [c]\n  - { roles: [e], group: f }\n",
  ],
  ["a line that is no entry", "owner: x  \n$# y  $\nmappings: []  \n", "owner: x  \n# y\nmappings: []  \n"],
  ["the whole file", "$mappings: []  \n\n\nowner: x$", "mappings: []\n\nowner: x\n"],
  [
    "Windows line ends",
    "owner: x \r\nmappings:\r\n  - roles: [a]\r\n    gro$up$: b\r\n",
    "owner: x \r\nmappings:\r\n  - group: b\r\n    roles: [a]\r\n",
  ],
  ["line ends of two kinds", "owner: x \nmappings:\r\n  - group: $a \r\n", "owner: x \nmappings:\r\n  - group: a\r\n"],
])("of a selection puts right: %s", (_title, text, expected) => expect(formattedAt(text)).toBe(expected));

test("one edit, of what changes alone", () => {
  const text = "owner: x\nmappings:\n  - group: a \n    roles: [b]\n";
  expect(format("a.accessmap.yaml", text)).toEqual([
    { file: "a.accessmap.yaml", span: { start: text.indexOf(" \n"), end: text.indexOf(" \n") + 1 }, text: "" },
  ]);
});

const COMMENT = fc.constantFrom(
  "",
  "",
  "",
  "    # note\n",
  "    # one\n    # two\n",
  "      # deep\n",
  "# root\n",
  "\n",
  "\n\n",
);
const END = fc.constantFrom("\n", "\n", "  \n", " # why\n", " # 🦊 \n");
const ENTRY = fc.constantFrom(
  "group: a",
  "group:\n      name: a\n      directory: b",
  "roles: [x, y]",
  "roles:\n      - x # one\n      - y",
  "teams: [t]",
  "reason: |\n      first  \n\n\n      last",
  "reason: >-\n      folded\n      twice",
  'owner: "a\n      b"',
  "until: 2027-01-31",
  "allow:\n      - { rule: a/b, reason: c }\n      - until: 2027-01-01\n        rule: d",
);
const MAPPING = fc
  .uniqueArray(fc.tuple(ENTRY, END, COMMENT), {
    minLength: 1,
    maxLength: 6,
    selector: ([entry]) => entry.split(":")[0],
  })
  .map((entries) =>
    entries.map(([entry, end, comment], index) => `${index === 0 ? "  - " : "    "}${entry}${end}${comment}`).join(""),
  );
const FILE = fc
  .tuple(fc.array(MAPPING, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([mappings, ownerLast, isWindows, hasMark]) => {
    const list = `mappings:\n${mappings.join("")}`;
    const text = ownerLast ? `${list}owner: x\n` : `owner: x\n${list}`;
    return (hasMark ? "\uFEFF" : "") + (isWindows ? text.replaceAll("\n", "\r\n") : text);
  });

test("formatting twice is formatting once, and never changes what is said or any comment", () => {
  fc.assert(
    fc.property(FILE, fc.nat(), fc.nat(200), (text, at, length) => {
      const start = at % text.length;
      const part = applyEdits(
        text,
        format("a.accessmap.yaml", text, { start, end: Math.min(start + length, text.length) }),
      );
      expect(parseYaml(part)).toEqual(parseYaml(text));
      expect(comments(part)).toEqual(comments(text));
      expect(formatted(part)).toBe(formatted(text));
      const once = formatted(text);
      expect(formatted(once)).toBe(once);
      expect(parseYaml(once)).toEqual(parseYaml(text));
      expect(comments(once)).toEqual(comments(text));
      expect(applyEdits(text, format("a.accessmap.yaml", text, { start: 0, end: text.length }))).toBe(once);
    }),
    { numRuns: 300 },
  );
});

/** Each comment behind text, with that text; one right above an entry and in its column, with that entry. */
function comments(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines
    .flatMap((line, index) => {
      const next = lines[index + 1] ?? "";
      const isAbove = /^ *#/.test(line) && /^ *\w/.test(next) && line.search(/\S/) === next.search(/\S/);
      const words = line.replace(/^ *(- )?/, "").trimEnd();
      return line.includes("#") ? [isAbove ? `${words} / ${next.trim()}` : words] : [];
    })
    .sort();
}
