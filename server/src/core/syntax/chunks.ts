/**
 * A text in chunks that can be read one by one: a top-level key, and below it each item of its list or entry of its map.
 *
 * Chunks start where YAML allows nothing else to start: at a key in the first column, and in a list or map below it at a
 * line that stands no deeper than its first entry. Text in quotes, blocks and brackets must stand deeper, so a sound file
 * is cut between values only. Where a file is not sound, the cut decides how far a mistake reaches: to the next entry.
 */

import { countBreaks, type Span } from "../model/text.ts";
import { moveStarts } from "./chunkStarts.ts";
import { difference, replaced } from "./difference.ts";

/** How the lines below a top-level key are cut. */
export type Style =
  | "open" // nothing but the key yet
  | "list"
  | "map"
  | "closed"; // the value stands behind the key, or is no block: not cut

/** What a line is read in the light of. */
export interface Section {
  /** Top-level key; empty before the first one. */
  readonly key: string;
  readonly style: Style;
  /** Column of the section's first entry. */
  readonly column: number;
}

export interface Chunk {
  readonly text: string;
  /** Line breaks in the text. */
  readonly breaks: number;
  readonly kind: "top" | "key" | "entry";
  /** The section before the chunk's first line. */
  readonly before: Section;
  /** The section of the chunk itself. */
  readonly section: Section;
  /** For a key: entries follow in chunks of their own, in a list or a map. */
  readonly entries?: "list" | "map";
}

const NOWHERE: Section = { key: "", style: "closed", column: 0 };

const EMPTY: Chunk = { text: "", breaks: 0, kind: "top", before: NOWHERE, section: NOWHERE };

/** The text that chunks were cut from. */
export function textOfChunks(chunks: readonly Chunk[]): string {
  return joined(chunks, 0, chunks.length - 1);
}

/** Chunks of a whole text; their texts joined are the text. There is one at least. */
export function cut(text: string): readonly Chunk[] {
  return atLeastOne(cutFrom(text, NOWHERE, true));
}

/** Chunks of a whole text. Those that it shares with an earlier one at its start and end are the same objects. */
export function cutAgain(before: readonly Chunk[], text: string): readonly Chunk[] {
  const fresh = cut(text);
  const { start, end } = difference(before, fresh, isSameChunk);
  return replaced(before, start, before.length - start - end, fresh.slice(start, fresh.length - end));
}

/**
 * The chunks after the characters from `start` to `end` were replaced. Chunks that stay the same are the same objects.
 * `starts` holds the offset of each chunk and the length of the text.
 */
export function recut(
  chunks: readonly Chunk[],
  starts: Uint32Array,
  { start, end }: Span,
  text: string,
): readonly Chunk[] {
  // What starts a chunk may no longer do so after the edit: the chunk before it then takes it in.
  const first = Math.max(0, indexAt(starts, start) - 1);
  let last = indexAt(starts, end);
  const from = starts[first] as number;
  const old = joined(chunks, first, last);
  let region = old.slice(0, start - from) + text + old.slice(end - from);
  const { before } = chunks[first] as Chunk;
  for (let more = 1; ; more *= 2) {
    const fresh = cutFrom(region, before, first === 0);
    const next = chunks[last + 1];
    if (!next || (endsLine(region) && goesOn(fresh.at(-1)?.section ?? before, next))) {
      const same = fresh.map((chunk, index) => {
        const old = chunks[first + index];
        return old && isSameChunk(old, chunk) ? old : chunk;
      });
      const after = atLeastOne(replaced(chunks, first, last + 1 - first, same));
      moveStarts(chunks, after, { first, count: last + 1 - first });
      return after;
    }
    const upTo = Math.min(chunks.length - 1, last + more);
    region += joined(chunks, last + 1, upTo);
    last = upTo;
  }
}

function atLeastOne(chunks: readonly Chunk[]): readonly Chunk[] {
  return chunks.length === 0 ? [EMPTY] : chunks;
}

/** True when the old chunk behind the new ones starts as it did: then all that follows is cut as it was. */
function goesOn(section: Section, next: Chunk): boolean {
  if (next.kind === "key") return true;
  // A key without entries yet must learn whether the next chunk is its first one.
  return section.style !== "open" && isSameSection(section, next.before);
}

/** True when two chunks say the same in the same light. */
export function isSameChunk(old: Chunk, fresh: Chunk): boolean {
  if (old === fresh) return true;
  return (
    old.text === fresh.text &&
    old.kind === fresh.kind &&
    old.entries === fresh.entries &&
    isSameSection(old.before, fresh.before) &&
    isSameSection(old.section, fresh.section)
  );
}

function isSameSection(one: Section, other: Section): boolean {
  return one.key === other.key && one.style === other.style && one.column === other.column;
}

function cutFrom(text: string, state: Section, isTop: boolean): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let section = state;
  let open: Pick<Chunk, "kind" | "before"> = { kind: isTop ? "top" : "entry", before: state };
  let start = 0;
  let at = 0;
  const close = (end: number, entries?: "list" | "map") => {
    if (end === start) return;
    const chunk = { ...open, text: text.slice(start, end), section };
    chunks.push({ ...chunk, breaks: countBreaks(chunk.text), ...(entries ? { entries } : {}) });
    start = end;
  };
  while (at < text.length) {
    // Empty lines start nothing, and there may be a million of them.
    while (text.charCodeAt(at) === NEWLINE) at++;
    const line = at;
    while (text.charCodeAt(at) === SPACE) at++;
    const next = startAt(text, at, at - line, section);
    if (next) {
      const { style } = next.section;
      const isFirst = section.style === "open" && next.kind === "entry";
      close(line, isFirst && style !== "open" && style !== "closed" ? style : undefined);
      open = { kind: next.kind, before: next.kind === "key" ? NOWHERE : section };
      section = next.section;
    } else if (section.style === "open" && !isBlank(text, at)) section = { ...section, style: "closed" };
    const end = text.indexOf("\n", at);
    at = end < 0 ? text.length : end + 1;
  }
  close(text.length);
  return chunks;
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const DASH = 45;
const HASH = 35;

/** The chunk that the line at an offset starts, if it does. */
function startAt(
  text: string,
  at: number,
  column: number,
  section: Section,
): Pick<Chunk, "kind" | "section"> | undefined {
  if (isBlank(text, at)) return undefined;
  const dash = isDash(text, at);
  if (column === 0 && !dash) {
    const key = keyAt(text, at);
    return key && { kind: "key", section: { key: key.name, style: key.isAlone ? "open" : "closed", column: 0 } };
  }
  const { key, style } = section;
  if (style === "open") {
    if (dash) return { kind: "entry", section: { key, style: "list", column } };
    return keyAt(text, at) && { kind: "entry", section: { key, style: "map", column } };
  }
  const starts =
    column <= section.column && ((style === "list" && dash) || (style === "map" && !dash && !closes(text, at)));
  return starts ? { kind: "entry", section } : undefined;
}

/** A line that says nothing: empty, or a comment. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return Number.isNaN(code) || code === NEWLINE || code === RETURN || code === HASH;
}

function isDash(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== DASH) return false;
  const next = text.charCodeAt(at + 1);
  return Number.isNaN(next) || next === SPACE || next === NEWLINE || next === RETURN;
}

/** A bracket may be closed in the column of the key that it belongs to. */
function closes(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character === "}" || character === "]";
}

/** A plain key, and whether nothing but a comment stands behind its colon. */
const KEY = /\uFEFF?([A-Za-z_][\w.@/-]*) *:(?=[ \r\n]|$)(?:( *(?:#.*)?\r?$)|)/my;

function keyAt(text: string, at: number): { readonly name: string; readonly isAlone: boolean } | undefined {
  KEY.lastIndex = at;
  const match = KEY.exec(text);
  return match ? { name: match[1] as string, isAlone: match[2] !== undefined } : undefined;
}

function endsLine(text: string): boolean {
  return text === "" || text.endsWith("\n");
}

function joined(chunks: readonly Chunk[], from: number, to: number): string {
  let text = "";
  for (let index = from; index <= to; index++) text += (chunks[index] as Chunk).text;
  return text;
}

/** Index of the last start at or before an offset; `starts` has one more entry than there are chunks. */
export function indexAt(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
