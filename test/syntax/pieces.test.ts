/** A file read in pieces says what it says as a whole, and a file read on after edits what it says read anew. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { pieceStarts } from "../../server/src/core/analysis/places.ts";
import { chunkLines, chunkStarts } from "../../server/src/core/syntax/chunkStarts.ts";
import { cut, recut } from "../../server/src/core/syntax/chunks.ts";
import {
  formProblems,
  type ReadMappingFile,
  readChunks,
  readMappingFile,
  textOfFile,
} from "../../server/src/core/syntax/readMappingFile.ts";
import { type Piece, readWhole } from "../../server/src/core/syntax/readPiece.ts";
import { wholeTree } from "../../server/src/core/syntax/wholeTree.ts";
import { applyEdit, edit, editIn, mappingFile, type TextEdit } from "../support/yaml.ts";

const FILE = "a.accessmap.yaml";

function edited(before: ReadMappingFile, { start, end, text }: TextEdit): ReadMappingFile {
  // Asked for, so that both tables are there to be moved.
  chunkLines(before.chunks);
  return readChunks(FILE, recut(before.chunks, chunkStarts(before.chunks), { start, end }, text), before);
}

/** What a file states, in the coordinates of the whole file, without the objects that stand for its texts. */
function stated({ pieces }: Pick<ReadMappingFile, "pieces">): unknown {
  let start = 0;
  const all = pieces.map((piece) => {
    const own = inFile(piece, start);
    start += piece.source.text.length;
    return own as Piece;
  });
  const found = (key: "organization" | "owner") => all.flatMap((piece) => piece[key] ?? [])[0];
  return {
    organization: found("organization"),
    owner: found("owner"),
    bundles: all.flatMap(({ bundles }) => bundles),
    mappings: all.flatMap(({ mappings }) => mappings),
    expectations: all.flatMap(({ expectations }) => expectations),
  };
}

function inFile(value: unknown, start: number): unknown {
  if (Array.isArray(value)) return value.map((item) => inFile(item, start));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "source" && key !== "chunk" && key !== "needsRest");
  return Object.fromEntries(
    entries.map(([key, item]) => [
      key,
      (key === "start" || key === "end") && typeof item === "number" ? item + start : inFile(item, start),
    ]),
  );
}

/** Where an entry ends among the blanks behind it depends on the comments that stand there; nothing of ours looks at that. */
function upToBlanks(value: unknown, text: string): unknown {
  return JSON.parse(JSON.stringify(value), (key, item) =>
    key === "end" && typeof item === "number" ? text.slice(0, item).trimEnd().length : item,
  );
}

function problemsIn(read: ReadMappingFile): readonly string[] {
  const starts = new Map(read.pieces.map(({ source }, index) => [source, (pieceStarts(read)[index] as number) ?? 0]));
  return formProblems(read)
    .map(({ rule, message, source, span }) => {
      const start = starts.get(source) ?? 0;
      return `${String(span.start + start).padStart(6)}-${span.end + start} ${rule}: ${message}`;
    })
    .sort();
}

test("the chunks of any text are the text", () => {
  fc.assert(
    fc.property(fc.oneof(mappingFile, fc.string({ maxLength: 80 })), (text) => {
      expect(
        cut(text)
          .map((chunk) => chunk.text)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("a sound file says in pieces what it says as a whole", () => {
  fc.assert(
    fc.property(mappingFile, (text) => {
      const whole = readWhole(FILE, text);
      if (whole.problems.some(({ rule }) => rule === "yaml/syntax")) return;
      const read = readMappingFile(FILE, text);
      expect(upToBlanks(stated(read), text), text).toEqual(upToBlanks(stated({ pieces: [whole] }), text));
      const asWhole = { ...read, problems: [], pieces: [whole] };
      expect(problemsIn(read), text).toEqual(problemsIn(asWhole));
    }),
    { numRuns: 100 },
  );
});

test("after any edits a file is cut and read as if it were new, and what the edits left alone is the same", () => {
  fc.assert(
    fc.property(mappingFile, fc.array(edit, { minLength: 1, maxLength: 8 }), (text, edits) => {
      let read = readMappingFile(FILE, text);
      let now = text;
      for (const one of edits) {
        const change = editIn(now, one);
        now = applyEdit(now, change);
        read = edited(read, change);
        const fresh = readMappingFile(FILE, now);
        expect(textOfFile(read)).toBe(now);
        expect(read.chunks, now).toEqual(fresh.chunks);
        expect(chunkStarts(read.chunks), now).toEqual(chunkStarts(fresh.chunks));
        expect(chunkLines(read.chunks), now).toEqual(chunkLines(fresh.chunks));
        expect(stated(read), now).toEqual(stated(fresh));
        expect(problemsIn(read), now).toEqual(problemsIn(fresh));
        expect(read.head, now).toEqual(fresh.head);
      }
    }),
    { numRuns: 100 },
  );
});

test("an edit reads its own entry and no other", () => {
  const text = `mappings:\n${Array.from({ length: 100 }, (_, index) => `  - group: g${index}\n    roles: [SRE]\n`).join("")}`;
  const before = readMappingFile(FILE, text);
  const start = text.indexOf("g50");
  const after = edited(before, { start, end: start + 3, text: "other" });
  expect(before.pieces.length).toBe(101);
  expect(after.pieces.filter((piece) => !before.pieces.includes(piece)).length).toBe(1);
});

test("the whole tree of a file in pieces is that of the file", () => {
  fc.assert(
    fc.property(mappingFile, (text) => {
      const read = readMappingFile(FILE, text);
      if (formProblems(read).some(({ rule }) => rule === "yaml/syntax")) return;
      const { root } = wholeTree(read);
      expect(JSON.stringify(root?.toJSON()), text).toBe(
        JSON.stringify(wholeTree({ ...read, pieces: [readWhole(FILE, text)] }).root?.toJSON()),
      );
    }),
    { numRuns: 60 },
  );
});
