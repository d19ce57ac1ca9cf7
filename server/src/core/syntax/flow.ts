/** Brackets read forgivingly: where an offset lies in `[a, { b: c }]`, closed or not yet, right or half-typed. */

import type { Span } from "../model/text.ts";
import { lineEnd } from "./lines.ts";

export type Quote = "" | "'" | '"';

/** A piece of text at the cursor. `span` includes quotes, `text` does not. */
export interface Token {
  readonly span: Span;
  readonly text: string;
  readonly quote: Quote;
}

/** What stands at an offset: a key of a mapping or a value in a slot, with its neighbours. */
export interface Slot {
  /** Of a value: its own path. Of a key: the path of the mapping. Keys and list positions. */
  readonly path: readonly (string | number)[];
  readonly role: "key" | "value";
  readonly token: Token;
  /** The key's colon stands there already. */
  readonly hasColon: boolean;
  /** Other entries of the same mapping, with the text of plain values. */
  readonly entries: ReadonlyMap<string, string>;
  /** Other scalars of the same list. */
  readonly items: readonly string[];
}

/** Where a flow ends, and what stands at the offset when that lies inside. */
export interface Flow {
  readonly end: number;
  readonly closed: boolean;
  readonly slot?: Slot;
}

interface Frame {
  readonly kind: "{" | "[";
  readonly path: readonly (string | number)[];
  readonly entries: Map<string, string>;
  readonly items: string[];
  /** The key whose value comes next; only in a mapping. */
  key: string | undefined;
  index: number;
}

/**
 * Reads the flow that opens at `start`. A flow that is still open ends before the next line that is not indented more
 * than `indent`, unless that line closes it.
 */
export function readFlow(text: string, start: number, offset: number, indent: number): Flow {
  const frames: Frame[] = [];
  let slot: Slot | undefined;
  let home: Frame | undefined;
  let at = start;

  function place(token: Token, hasColon: boolean): void {
    const frame = frames.at(-1);
    if (!frame || slot) return;
    home = frame;
    const { entries, items, path } = frame;
    if (frame.kind === "[") {
      slot = { path: [...path, frame.index], role: "value", token, hasColon, entries, items };
    } else if (frame.key === undefined) {
      slot = { path, role: "key", token, hasColon, entries, items };
    } else {
      slot = { path: [...path, frame.key], role: "value", token, hasColon, entries, items };
    }
  }

  while (at < text.length) {
    const char = text.charAt(at);
    // Between tokens the cursor stands in an empty slot. Right behind an opening bracket counts as inside it.
    if (!slot && offset <= at && frames.length > 0 && !(isScalarStart(char) && offset === at))
      place(emptyAt(offset), false);
    if (char === "\n") {
      const next = nextContent(text, at + 1);
      if (next.column <= indent && !"]}".includes(text.charAt(next.at))) break;
      at++;
    } else if (char === " " || char === "\t" || char === "\r") {
      at++;
    } else if (char === "#" && /\s/.test(text.charAt(at - 1))) {
      const end = lineEnd(text, at);
      if (!slot && offset > at && offset <= end) return { end, closed: false };
      at = end;
    } else if (char === "{" || char === "[") {
      frames.push({
        kind: char,
        path: childPath(frames.at(-1)),
        entries: new Map(),
        items: [],
        key: undefined,
        index: 0,
      });
      at++;
    } else if (char === "}" || char === "]") {
      const closed = frames.pop();
      at++;
      if (frames.length === 0) return slot ? { end: at, closed: true, slot } : { end: at, closed: true };
      if (closed === home) break;
    } else if (char === ",") {
      const frame = frames.at(-1);
      if (frame) {
        frame.key = undefined;
        frame.index++;
      }
      at++;
    } else if (char === ":") {
      at++;
    } else {
      const token = readToken(text, at, true);
      at = token.span.end;
      const hasColon = isColon(text, skipBlanks(text, at), token.quote !== "");
      if (!slot && token.span.start <= offset && offset <= token.span.end) place(token, hasColon);
      else remember(frames.at(-1), token, hasColon);
      if (hasColon) {
        const frame = frames.at(-1);
        if (frame?.kind === "{" && frame.key === undefined) frame.key = token.text;
      }
    }
  }
  if (!slot && offset >= at && frames.length > 0 && offset <= lineEnd(text, at)) place(emptyAt(offset), false);
  return slot ? { end: at, closed: false, slot } : { end: at, closed: false };
}

/** Reads a quoted or plain scalar. A quote that is not closed on its line ends where a plain scalar would. */
export function readToken(text: string, start: number, inFlow: boolean): Token {
  const first = text.charAt(start);
  const limit = lineEnd(text, start);
  if (first === '"' || first === "'") {
    for (let at = start + 1; at < limit; at++) {
      const char = text.charAt(at);
      if (char === "\\" && first === '"') at++;
      else if (char === first && first === "'" && text.charAt(at + 1) === "'") at++;
      else if (char === first) {
        return { span: { start, end: at + 1 }, text: unquote(text.slice(start + 1, at), first), quote: first };
      }
    }
    const end = plainEnd(text, start + 1, limit, inFlow);
    return { span: { start, end }, text: unquote(text.slice(start + 1, end), first), quote: first };
  }
  const end = Math.max(plainEnd(text, start, limit, inFlow), start + 1);
  return { span: { start, end }, text: text.slice(start, end), quote: "" };
}

/** A token that is yet to be typed. */
export function emptyAt(offset: number): Token {
  return { span: { start: offset, end: offset }, text: "", quote: "" };
}

/** True when a colon at `at` ends a key, rather than being part of a plain text such as `a:b`. */
export function isColon(text: string, at: number, afterQuote = false): boolean {
  return text.charAt(at) === ":" && (afterQuote || at + 1 >= text.length || /[\s,[\]{}]/.test(text.charAt(at + 1)));
}

/** The first offset from this one on that is neither a space nor a tab. */
export function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (text.charAt(at) === " " || text.charAt(at) === "\t") at++;
  return at;
}

function remember(frame: Frame | undefined, token: Token, hasColon: boolean): void {
  if (!frame) return;
  if (frame.kind === "[") frame.items.push(token.text);
  else if (frame.key === undefined) frame.entries.set(token.text, "");
  else if (!hasColon) frame.entries.set(frame.key, token.text);
}

function childPath(parent: Frame | undefined): readonly (string | number)[] {
  if (!parent) return [];
  return [...parent.path, parent.kind === "[" ? parent.index : (parent.key ?? "")];
}

function isScalarStart(char: string): boolean {
  return char !== "" && !/[\s,[\]{}:#]/.test(char);
}

function plainEnd(text: string, start: number, limit: number, inFlow: boolean): number {
  let at = start;
  while (at < limit) {
    const char = text.charAt(at);
    if (inFlow && /[,[\]{}]/.test(char)) break;
    if (char === "#" && at > start && /[ \t]/.test(text.charAt(at - 1))) break;
    if (char === ":" && isColon(text, at)) break;
    at++;
  }
  while (at > start && /[ \t]/.test(text.charAt(at - 1))) at--;
  return at;
}

/** The next line with something other than blanks or a comment on it. */
function nextContent(text: string, start: number): { readonly at: number; readonly column: number } {
  let line = start;
  while (line < text.length) {
    const at = skipBlanks(text, line);
    const char = text.charAt(at);
    if (char !== "\n" && char !== "\r" && char !== "#" && char !== "") return { at, column: at - line };
    const next = text.indexOf("\n", at);
    if (next < 0) break;
    line = next + 1;
  }
  return { at: text.length, column: -1 };
}

/** Escapes that names are written with; of any other the text is kept as it is. */
const ESCAPE = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|(["\\/]))/g;

function unquote(text: string, quote: Quote): string {
  if (quote === "'") return text.replaceAll("''", "'");
  return text.replace(
    ESCAPE,
    (_, byte?: string, unit?: string, plain?: string) =>
      plain ?? String.fromCharCode(Number.parseInt(byte ?? unit ?? "", 16)),
  );
}
