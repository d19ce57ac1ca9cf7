/** An open document in chunks: an edit touches the chunks it lies in, and no other character of the text. */

import type {
  Position,
  Range,
  TextDocumentContentChangeEvent,
  TextDocumentsConfiguration,
} from "vscode-languageserver";
import { lineSpan, lineStarts, positionAt } from "../core/model/text.ts";
import { chunkLines, chunkStarts } from "../core/syntax/chunkStarts.ts";
import { type Chunk, cut, cutAgain, indexAt, recut, textOfChunks } from "../core/syntax/chunks.ts";

export interface ChunkedDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly lineCount: number;
  readonly chunks: readonly Chunk[];
  getText(range?: Range): string;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

/** How the library's document manager makes and changes our documents. */
export const CHUNKED_DOCUMENTS: TextDocumentsConfiguration<ChunkedDocument> = {
  create: (uri, languageId, version, content) => new Document(uri, languageId, version, cut(content)),
  update(document, changes, version) {
    let { chunks } = document;
    for (const change of changes) chunks = applyChange(chunks, change);
    return new Document(document.uri, document.languageId, version, chunks);
  },
};

function applyChange(chunks: readonly Chunk[], change: TextDocumentContentChangeEvent): readonly Chunk[] {
  if (!("range" in change)) return cutAgain(chunks, change.text);
  const start = offsetIn(chunks, change.range.start);
  const end = Math.max(start, offsetIn(chunks, change.range.end));
  return recut(chunks, chunkStarts(chunks), { start, end }, change.text);
}

class Document implements ChunkedDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly chunks: readonly Chunk[];
  #text: string | undefined;

  constructor(uri: string, languageId: string, version: number, chunks: readonly Chunk[]) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.chunks = chunks;
  }

  get lineCount(): number {
    return (chunkLines(this.chunks).at(-1) ?? 0) + 1;
  }

  getText(range?: Range): string {
    this.#text ??= textOfChunks(this.chunks);
    return range ? this.#text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.#text;
  }

  offsetAt(position: Position): number {
    return offsetIn(this.chunks, position);
  }

  positionAt(offset: number): Position {
    const starts = chunkStarts(this.chunks);
    const clamped = Math.max(0, Math.min(offset, starts.at(-1) ?? 0));
    const index = indexAt(starts, clamped);
    const chunk = this.chunks[index] as Chunk;
    const { line, column } = positionAt(lineStarts(chunk.text), clamped - (starts[index] as number));
    return { line: (chunkLines(this.chunks)[index] as number) + line, character: column };
  }
}

/** The offset of a position; a column behind the end of its line means the end, a line behind the last one that of the text. */
function offsetIn(chunks: readonly Chunk[], { line, character }: Position): number {
  const starts = chunkStarts(chunks);
  const lines = chunkLines(chunks);
  if (line < 0) return 0;
  if (line > (lines.at(-1) ?? 0)) return starts.at(-1) ?? 0;
  // A text that ends with a line break has one line more than its last chunk starts with.
  const index = Math.min(indexAt(lines, line), chunks.length - 1);
  const { start, end } = lineSpan((chunks[index] as Chunk).text, line - (lines[index] as number));
  return (starts[index] as number) + Math.min(start + Math.max(character, 0), end);
}
