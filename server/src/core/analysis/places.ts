/** Findings in the coordinates of whole files: where each piece starts is known to the snapshot alone. */

import { type Finding, type SourceEdit, type StartOf, toEdit, toProblem } from "../model/finding.ts";
import type { Edit, Problem } from "../model/problem.ts";
import { lineStarts, positionAt, type Source, type Spot } from "../model/text.ts";
import { indexAt } from "../syntax/chunks.ts";
import { writtenEnd } from "../syntax/lines.ts";
import type { ReadMappingFile } from "../syntax/readMappingFile.ts";
import type { Piece } from "../syntax/readPiece.ts";
import { memo } from "./memo.ts";
import { fileIn, type Snapshot, textIn } from "./snapshot.ts";

/** Findings as problems, in the same order. */
export function toProblems(snapshot: Snapshot, findings: readonly Finding[]): readonly Problem[] {
  const startOf = startsIn(snapshot);
  const editOf = editIn(snapshot);
  return findings.map((finding) => toProblem(finding, startOf, editOf));
}

/** Where each source of a snapshot starts in its file. */
export function startsIn(snapshot: Snapshot): StartOf {
  const starts = memo(snapshot, startsOfSources);
  return (source) => starts.get(source) ?? 0;
}

/** A spot as people look it up: line and column from 1 in the whole file. */
export function lineOf(
  snapshot: Snapshot,
  { source, span }: Spot,
): { readonly file: string; readonly line: number; readonly column: number } {
  const { file } = source;
  const known = memo(snapshot, newLineIndex);
  const lines = known.get(file) ?? lineStarts(textIn(snapshot, file) ?? source.text);
  known.set(file, lines);
  const { line, column } = positionAt(lines, startsIn(snapshot)(source) + span.start);
  return { file, line: line + 1, column: column + 1 };
}

function newLineIndex(): Map<string, Uint32Array> {
  return new Map();
}

/** Offsets at which the pieces of a file start, and the length of its text. */
export function pieceStarts({ pieces }: Pick<ReadMappingFile, "pieces">): Uint32Array {
  const starts = new Uint32Array(pieces.length + 1);
  for (const [index, { source }] of pieces.entries())
    starts[index + 1] = (starts[index] as number) + source.text.length;
  return starts;
}

/** The piece at an offset of a file, and where it starts. */
export function pieceAt(file: ReadMappingFile, offset: number): { readonly piece: Piece; readonly start: number } {
  const starts = memo(file, pieceStarts);
  const index = indexAt(starts, offset);
  return { piece: file.pieces[index] as Piece, start: starts[index] as number };
}

/** Offsets of all pieces in their files; what is no piece is a whole file. */
function startsOfSources({ files }: Snapshot): ReadonlyMap<Source, number> {
  const starts = new Map<Source, number>();
  for (const file of files) {
    const offsets = memo(file, pieceStarts);
    for (const [index, { source }] of file.pieces.entries()) starts.set(source, offsets[index] as number);
  }
  return starts;
}

/** Edits in their files. */
export function toEdits(snapshot: Snapshot, edits: readonly SourceEdit[]): readonly Edit[] {
  const startOf = startsIn(snapshot);
  const editOf = editIn(snapshot);
  return edits.map((edit) => editOf(edit, startOf));
}

/** The edit in its file. Without its only entry a key would have no value: then the list becomes an empty one. */
function editIn(snapshot: Snapshot): typeof toEdit {
  return (edit, startOf) => {
    const plain = toEdit(edit, startOf);
    if (!edit.removesEntry) return plain;
    const pieces = fileIn(snapshot, edit.source.file)?.pieces ?? [];
    const index = pieces.findIndex(({ source }) => source === edit.source);
    const [before, next] = [pieces[index - 1], pieces[index + 1]];
    if (before?.chunk?.kind !== "key" || next?.chunk?.kind === "entry")
      return withBlanks(plain, before, edit.source.text.slice(edit.span.end), next === undefined);
    const start = startOf(before.source) + before.source.text.indexOf(":");
    const end = startOf(edit.source) + writtenEnd(edit.source.text, edit.span);
    return { file: plain.file, span: { start, end }, text: ": []" };
  };
}

/** Blank lines set entries apart: of those before and behind an entry that goes, one lot goes with it. */
function withBlanks(edit: Edit, before: Piece | undefined, rest: string, isLast: boolean): Edit {
  const { start, end } = edit.span;
  const above = /\n((?:[ \t]*\r?\n)+)$/.exec(before?.source.text ?? "")?.[1]?.length ?? 0;
  const behind = /^(?:[ \t]*\r?\n)*/.exec(rest)?.[0].length ?? 0;
  if (above > 0 || before?.chunk?.kind === "key") {
    if (behind > 0) return { ...edit, span: { start, end: end + behind } };
    if (isLast && rest === "") return { ...edit, span: { start: start - above, end } };
  }
  return edit;
}
