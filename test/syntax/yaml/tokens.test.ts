/** What keeps hostile texts cheap changes nothing of what is read: all nodes, places and errors are the library's own. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { Composer, type Document, isCollection, isPair, isScalar, parseDocument } from "yaml";
import { formProblems, readMappingFile } from "../../../server/src/core/syntax/readMappingFile.ts";
import { foldBlankLines } from "../../../server/src/core/syntax/yaml/blankLines.ts";
import { tokensOf } from "../../../server/src/core/syntax/yaml/tokens.ts";
import { applyEdit, edit, editIn, mappingFile } from "../../support/yaml.ts";

const OPTIONS = { prettyErrors: false, uniqueKeys: false, strict: true } as const;

function shape(node: unknown): unknown {
  if (isPair(node)) return [shape(node.key), shape(node.value)];
  if (isCollection(node)) return [node.constructor.name, node.range, node.anchor, node.items.map(shape)];
  return isScalar(node) ? [node.value, node.type, node.range, node.anchor] : String(node);
}

function said({ contents, errors }: Document.Parsed): unknown {
  return [shape(contents), errors.map(({ code, pos }) => [code, pos])];
}

function read(text: string): Document.Parsed {
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) throw new Error(tokens.message);
  const [document] = new Composer(OPTIONS).compose(tokens, true, text.length);
  return document as Document.Parsed;
}

const run = fc
  .tuple(fc.constantFrom("\n", "\r\n", " \n", "      \n", "          \r\n"), fc.integer({ min: 60, max: 90 }))
  .map(([line, count]) => line.repeat(count));

/** Files that somebody is typing, with long runs of blank lines before some lines, and within some. */
const gapped = fc
  .tuple(
    mappingFile,
    fc.array(edit, { maxLength: 3 }),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), run), { minLength: 1, maxLength: 3 }),
  )
  .map(([text, edits, runs]) => {
    const typed = edits.reduce((now, one) => applyEdit(now, editIn(now, one)), text);
    return runs.reduce((now, [share, isWithin, blank]) => {
      const near = Math.floor(share * now.length);
      const at = isWithin ? near : now.indexOf("\n", near) + 1;
      return applyEdit(now, { start: at, end: at, text: isWithin ? `\n${blank}` : blank });
    }, typed);
  });

test("long runs of blank lines are skipped, and nothing else", () => {
  fc.assert(
    fc.property(gapped, (text) => {
      const folded = foldBlankLines(text);
      expect(folded.length).toBe(text.length);
      expect(said(read(text)), text).toEqual(said(firstOf(text)));
    }),
    { numRuns: 300 },
  );
});

/** The library's own reading. It calls a second document an error of the first, which we tell by ourselves. */
function firstOf(text: string): Document.Parsed {
  const document = parseDocument(text, OPTIONS);
  document.errors = document.errors.filter(({ code }) => code !== "MULTIPLE_DOCS");
  return document;
}

test.each([
  "mappings:\n~  - group: g\n",
  "~mappings:\n~  - group: g\n~",
  'mappings:\n  - group: "a\n~b"\n    reason: x\n~    y\n',
  "mappings:\n  - group: [a,\n~b]\n    reason: 'x\n~    y'\n",
  "mappings:\n  - reason: |\n      a\n~      b\n    group: g\n",
  "mappings:\n  - reason: |+\n      a\n~    group: g\n",
  "mappings:\n  - reason: >-\n      a\n~    group: g\n",
  "mappings:\n  - reason: |\n~      a\n    group: g\n",
  "mappings: x\n~# end\n~...\n~---\na: b\n",
])("so they are in %j", (pattern) => {
  for (const line of ["\n", "\r\n", "    \n", "            \n"]) {
    const text = pattern.replaceAll("~", line.repeat(100));
    expect(said(read(text)), text).toEqual(said(firstOf(text)));
  }
});

test("of thousands of documents two are looked at", () => {
  const text = "---\nmappings: []\n".repeat(3);
  const tokens = tokensOf(text);
  expect(Array.isArray(tokens) && tokens.length).toBe(2);
  expect(formProblems(readMappingFile("a", text)).map(({ message }) => message)).toEqual([
    "A file holds one document; remove the --- line",
  ]);
});

test("a file with more than 1,000 aliases is not read, which is said where they become too many", () => {
  const text = (count: number) => `mappings:\n  - &a { group: "*x" } # *x\n${"  - *a\n".repeat(count)}`;
  const [problem] = formProblems(readMappingFile("a", text(1_001)));
  expect(problem?.message).toBe("This file uses more than 1000 aliases and was not read; write values out");
  expect(problem?.span).toEqual({ start: text(1_000).length + 4, end: text(1_000).length + 6 });
  expect(formProblems(readMappingFile("a", text(1_000))).map(({ message }) => message)).toContain(
    "A file may use 100 aliases; write this value out",
  );
});

const LONG = "some words ".repeat(10_000);

test.each([
  ["plain", LONG],
  ["in single quotes", `'${LONG}'`],
  ["in double quotes", `"${LONG}"`],
  ["in quotes that never end", `"${LONG}`],
  ["over several lines", LONG.replaceAll("words ", "words\n      ")],
  ["in a block", `|\n${"      some words\n".repeat(10_000)}`],
  ["a letter among blank lines", `a\n${"\n".repeat(100_000)}      b`],
  ["a block before blank lines", `|\n      a\n${"\n".repeat(100_000)}`],
])("a value that nobody can mean is not read, and said to be: %s", (_, value) => {
  const text = `mappings:\n  - group: g\n    reason: ${value}\n  - group: h\n`;
  const { pieces } = readMappingFile("a.accessmap.yaml", text);
  const told = pieces.flatMap(({ problems }) => problems.map(({ rule, message }) => `${rule}: ${message}`));
  expect(told).toEqual(["yaml/syntax: A value of more than 100000 characters is not read; make it shorter"]);
});

test("a value of just that length is read", () => {
  const text = `mappings:\n  - group: g\n    reason: ${"x".repeat(100_000)}\n`;
  expect(formProblems(readMappingFile("a.accessmap.yaml", text))).toEqual([]);
});
