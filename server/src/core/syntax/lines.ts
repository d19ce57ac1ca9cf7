/** Where lines and written texts begin and end: what edits, folds and selections measure text by. */

import type { Span } from "../model/text.ts";

/** Where the text of a span ends: a block's extent reaches over the blanks and line breaks behind it. */
export function writtenEnd(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** Offset at which the offset's line begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the line break that ends the offset's line, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const next = text.indexOf("\n", offset);
  const end = next < 0 ? text.length : next;
  return end > offset && text.charAt(end - 1) === "\r" ? end - 1 : end;
}

/** Widens a span to whole lines, from the start of its first line to the start of the line after its last. */
export function wholeLines(text: string, span: Span): Span {
  const next = text.indexOf("\n", writtenEnd(text, span));
  return { start: lineStart(text, span.start), end: next < 0 ? text.length : next + 1 };
}

/** Column of an offset within its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** True when only blanks stand before the offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** The text's own line break. */
export function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
