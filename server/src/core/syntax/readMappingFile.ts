/** A mapping file as read: its pieces, and what they say together. */

import type { Finding } from "../model/finding.ts";
import type { Bundle, Expectation, FileHead, Mapping } from "../model/mapping.ts";
import { type Chunk, cut, isSameChunk, textOfChunks } from "./chunks.ts";
import { difference, replaced } from "./difference.ts";
import { nearest } from "./nearest.ts";
import { type Piece, readPiece, readWhole } from "./readPiece.ts";
import { countKeys } from "./repeatedKeys.ts";
import { keysAt } from "./schema.ts";
import { lacksKey } from "./schemaProblems.ts";
import { treeOf } from "./yaml/parse.ts";

export interface ReadMappingFile {
  /** Path relative to the project folder, with forward slashes. */
  readonly file: string;
  /** The file's text in parts. */
  readonly chunks: readonly Chunk[];
  /** One a chunk, each read by itself. */
  readonly parts: readonly Piece[];
  /** What the file states: the parts, or one piece for a file whose parts cannot be understood alone. */
  readonly pieces: readonly Piece[];
  readonly head: FileHead;
  readonly bundles: readonly Bundle[];
  /** What is wrong with the form of the file beyond its pieces. */
  readonly problems: readonly Finding[];
}

/** Reads a mapping file. `file` is the path findings and causes will name. */
export function readMappingFile(file: string, text: string): ReadMappingFile {
  return readChunks(file, cut(text));
}

/** Reads the chunks of a file. Parts of chunks that `before` holds too are taken from there. */
export function readChunks(file: string, chunks: readonly Chunk[], before?: ReadMappingFile): ReadMappingFile {
  const { parts, moved } = readParts(file, chunks, before);
  // Items of lists say nothing of the file as a whole.
  if (before && before.pieces === before.parts && moved.every(isPlainItem)) {
    const { head, bundles, problems } = before;
    return { file, chunks, parts, pieces: parts, head, bundles, problems };
  }
  const { pieces, problems } = standAlone(parts)
    ? countKeys(parts)
    : { pieces: [readWhole(file, textOfChunks(chunks))], problems: [] };
  const bundles = pieces.flatMap((piece) => piece.bundles);
  return {
    file,
    chunks,
    parts,
    pieces,
    head: headOf(file, pieces),
    bundles,
    problems: pieces[0]?.chunk ? [...problems, ...missingKeys(parts)] : [],
  };
}

function isPlainItem({ chunk, needsRest }: Piece): boolean {
  return !needsRest && chunk?.kind === "entry" && chunk.section.style === "list";
}

/** The mappings that count, in the order of the text. */
export function allMappings({ pieces }: ReadMappingFile): readonly Mapping[] {
  return pieces.flatMap(({ mappings }) => mappings);
}

/** The mapping that stands first. */
export function firstMapping({ pieces }: ReadMappingFile): Mapping | undefined {
  return pieces.find(({ mappings }) => mappings.length > 0)?.mappings[0];
}

/** The expectations that count, in the order of the text. */
export function allExpectations({ pieces }: ReadMappingFile): readonly Expectation[] {
  return pieces.flatMap(({ expectations }) => expectations);
}

/** Everything that is wrong with the form of a file. */
export function formProblems({ problems, pieces }: ReadMappingFile): readonly Finding[] {
  return [...problems, ...pieces.flatMap((piece) => piece.problems)];
}

/** The whole text. */
export function textOfFile({ chunks }: ReadMappingFile): string {
  return textOfChunks(chunks);
}

/** The parts of chunks, and those that came or went. */
function readParts(
  file: string,
  chunks: readonly Chunk[],
  before: ReadMappingFile | undefined,
): { readonly parts: readonly Piece[]; readonly moved: readonly Piece[] } {
  const read = (chunk: Chunk) => readPiece(file, chunk);
  if (!before) return { parts: chunks.map(read), moved: [] };
  const { start, end } = difference(before.chunks, chunks, isSameChunk);
  const gone = before.parts.slice(start, before.parts.length - end);
  const come = chunks.slice(start, chunks.length - end).map(read);
  return { parts: replaced(before.parts, start, gone.length, come), moved: [...gone, ...come] };
}

/** False when a part cannot be understood alone. A file of a single word is judged as a whole: half-typed, it is no stray. */
function standAlone(parts: readonly Piece[]): boolean {
  if (parts.length === 1 && parts[0]?.chunk?.kind === "top" && parts[0].problems.length > 0) return false;
  return !parts.some(({ needsRest }) => needsRest);
}

function headOf(file: string, pieces: readonly Piece[]): FileHead {
  const named = pieces.find((piece) => piece.organization);
  const owned = pieces.find((piece) => piece.owner);
  const { source } = named ?? pieces.find((piece) => piece.chunk?.kind !== "top") ?? (pieces[0] as Piece);
  return {
    file,
    source,
    ...(named?.organization ? { organization: named.organization } : {}),
    ...(owned?.owner ? { owner: owned.owner } : {}),
  };
}

/** A file with keys must have `mappings`, which a key that is nearly called so stands for. */
function missingKeys(parts: readonly Piece[]): readonly Finding[] {
  const keyed = parts.filter(({ chunk }) => chunk?.kind === "key");
  const names = keyed.map(({ chunk }) => chunk?.section.key ?? "");
  const known = keysAt("mapping", "");
  const [first] = keyed;
  if (!first || names.includes("mappings")) return [];
  if (names.some((name) => !known.includes(name) && nearest(name, known) === "mappings")) return [];
  return [lacksKey(treeOf(first.source), "mappings")];
}
