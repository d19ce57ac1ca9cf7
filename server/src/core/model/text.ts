/** Places in text. Offsets count UTF-16 code units, as editors do; `end` is exclusive. */

import { entryOf, push } from "./maps.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value with the place it was written at. */
export interface Spanned<T> {
  readonly value: T;
  readonly span: Span;
}

/** A text that spans count in: a whole file, or a piece of one that is read by itself. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** A span with the source it counts in. */
export interface Spot {
  readonly source: Source;
  readonly span: Span;
}

/** A span in a named file; `file` is the workspace's path or URI of it. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

/** True also at the end of the span, where a cursor still touches it. */
export function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** A place as editors count it: line and column from 0, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets at which lines start. `\n`, `\r\n` and a lone `\r` end a line, as in the language server protocol. */
export function lineStarts(text: string): Uint32Array {
  const starts = new Uint32Array(countBreaks(text) + 1);
  let line = 0;
  for (let at = 0; at < text.length; at++) if (isBreak(text, at)) starts[++line] = at + 1;
  return starts;
}

/** Line breaks as editors count them. */
export function countBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (isBreak(text, at)) count++;
  return count;
}

/** True at the last character of a line break. */
function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10);
}

/** The line with this number, from 0, without its break; the end of the text where there are fewer. Finds it without listing all. */
export function lineSpan(text: string, line: number): Span {
  let start = 0;
  for (let left = line; ; left--) {
    let end = start;
    let code = text.charCodeAt(end);
    while (end < text.length && code !== 10 && code !== 13) code = text.charCodeAt(++end);
    if (left === 0 || end === text.length) return left === 0 ? { start, end } : { start: end, end };
    start = end + (code === 13 && text.charCodeAt(end + 1) === 10 ? 2 : 1);
  }
}

/** Items by the spot they are about, in order. Two pieces of one text are two sources, so a source is told by its identity. */
export function bySpot<T extends { readonly spot?: Spot }>(items: Iterable<T>): readonly (readonly T[])[] {
  const known = new Map<Source | undefined, Map<number | undefined, T[]>>();
  for (const item of items) {
    const { source, span } = item.spot ?? {};
    push(entryOf(known, source), span?.start, item);
  }
  return [...known.values()].flatMap((places) => [...places.values()]);
}

/** Position of an offset; `starts` comes from `lineStarts` of the same text. */
export function positionAt(starts: Uint32Array, offset: number): Position {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low, column: offset - (starts[low] ?? 0) };
}
