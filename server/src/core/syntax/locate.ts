/** Offset to path in half-typed YAML, read from the text alone: indentation, dashes, keys and brackets, closed or not. */

import { emptyAt, isColon, readFlow, readToken, type Slot, skipBlanks, type Token } from "./flow.ts";
import { lineEnd, lineStart } from "./lines.ts";

/** What stands at an offset, and in which style. */
export interface Location extends Slot {
  readonly style: "block" | "flow";
  /** On a line of its own without a dash, where a list would begin its next item. */
  readonly isFresh: boolean;
}

/** A line that the cursor's line belongs to, or the cursor's line itself. */
interface Owner {
  readonly start: number;
  readonly column: number;
  readonly isDash: boolean;
  /** Position among the dashes of its list. */
  index: number;
}

/** One line of a block: its dashes, then perhaps a key, then perhaps a value. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Columns of the dashes it begins with. */
  readonly dashes: readonly number[];
  /** Column of the first content that is no dash. */
  readonly column: number;
  readonly key: Token | undefined;
  /** Offset of the value, or of the end of the line. */
  readonly value: number;
}

interface Block {
  readonly path: readonly (string | number)[];
  /** The line is one of the entries of a mapping, not the value of a key. */
  readonly inMapping: boolean;
  readonly slot?: Slot;
}

interface Neighbours {
  readonly entries: Map<string, string>;
  readonly items: string[];
}

const BLOCK = { style: "block", hasColon: false, isFresh: false } as const;

/** Undefined where nothing of the format can stand: comments, texts over several lines, indentation. */
export function locate(text: string, offset: number): Location | undefined {
  const line = readLine(text, lineStart(text, offset));
  const isBlank = line.dashes.length === 0 && skipBlanks(text, line.start) >= line.end;
  const column = isBlank ? offset - line.start : (line.dashes[0] ?? line.column);
  if (!isBlank && offset < line.start + column) return undefined;

  const owners = ownersOf(text, { start: line.start, column, isDash: line.dashes.length > 0, index: 0 });
  const block = walk(text, owners, offset);
  if (!block) return undefined;
  if (block.slot) return { ...block.slot, style: "flow", isFresh: false };
  if (!isBlank) return locateInLine(text, line, offset, owners, block);
  return lonely(block, emptyAt(offset), neighbours(text, owners));
}

function locateInLine(
  text: string,
  line: Line,
  offset: number,
  owners: readonly Owner[],
  block: Block,
): Location | undefined {
  const own = owners.at(-1);
  if (!own || (own.isDash && offset <= line.start + (line.dashes.at(-1) ?? 0))) return undefined;
  const path = [...block.path, ...line.dashes.map((_, depth) => (depth === 0 ? own.index : 0))];
  // Entries beside a key behind a dash stand on the lines below it; the dash's line owns them.
  const around = neighbours(text, owners);
  const entries = own.isDash
    ? neighbours(text, [...owners, { ...own, start: line.end, column: line.column, isDash: false }]).entries
    : around.entries;
  if (line.key && offset <= line.key.span.end) {
    return { ...BLOCK, path, role: "key", token: reach(line.key, offset), hasColon: true, entries, items: [] };
  }
  const valuePath = line.key ? [...path, line.key.text] : path;
  if (isFlowAt(text, line) && offset > line.value) {
    const { slot } = readFlow(text, line.value, offset, flowIndent(line));
    return slot && { ...slot, path: [...valuePath, ...slot.path], style: "flow", isFresh: false };
  }
  const token = scalarAt(text, line, offset);
  if (!token) return undefined;
  if (line.key) return { ...BLOCK, path: valuePath, role: "value", token, entries, items: [] };
  if (own.isDash) return { ...BLOCK, path, role: "value", token, entries, items: around.items };
  return lonely(block, token, around);
}

/** A line that holds nothing yet, or one word: a key beside other keys, else the value of the key above. */
function lonely(block: Block, token: Token, around: Neighbours): Location {
  const role = block.inMapping || around.entries.size > 0 ? "key" : "value";
  return { ...BLOCK, path: block.path, role, token, ...around, isFresh: role === "value" };
}

/** The scalar that a cursor behind a key or a dash belongs to; undefined in comments, anchors and block texts. */
function scalarAt(text: string, line: Line, offset: number): Token | undefined {
  if (line.value >= line.end) return emptyAt(offset);
  const first = text.charAt(line.value);
  if (first === "#" && offset <= line.value) return emptyAt(offset);
  if ("#|>&*![{".includes(first)) return undefined;
  const token = readToken(text, line.value, false);
  return offset > token.span.end ? undefined : reach(token, offset);
}

/** A token that begins behind the cursor takes the blanks between them along: an edit must touch the cursor. */
function reach(token: Token, offset: number): Token {
  return { ...token, span: { start: Math.min(offset, token.span.start), end: token.span.end } };
}

/** The line and those that own it, outermost first: each is indented less than the next, or owns its dash. */
function ownersOf(text: string, line: Owner): readonly Owner[] {
  const owners = [line];
  let current = line;
  let end = line.start - 1;
  while (end > 0 && (current.column > 0 || current.isDash)) {
    const start = lineStart(text, end);
    const at = skipBlanks(text, start);
    const column = at - start;
    if (column <= current.column && hasContent(text, at)) {
      const isDash = isDashAt(text, at);
      if (column === current.column && isDash && current.isDash) {
        current.index++;
      } else if (column < current.column || (current.isDash && !isDash)) {
        current = { start, column, isDash, index: 0 };
        owners.unshift(current);
      }
    }
    end = start - 1;
  }
  return owners;
}

/** Path of the block that the last owner stands in, or the slot in a flow that an owner opened. */
function walk(text: string, owners: readonly Owner[], offset: number): Block | undefined {
  const path: (string | number)[] = [];
  let inMapping = true;
  for (let depth = 0; depth + 1 < owners.length; depth++) {
    const [owner, next] = [owners[depth], owners[depth + 1]];
    if (!owner || !next) break;
    const line = readLine(text, owner.start);
    for (const [nth, column] of line.dashes.entries()) if (column < next.column) path.push(nth === 0 ? owner.index : 0);
    inMapping = next.column < line.column || (next.column === line.column && !next.isDash);
    if (inMapping) continue;
    if (line.key) path.push(line.key.text);
    if (isFlowAt(text, line)) {
      const { slot } = readFlow(text, line.value, offset, flowIndent(line));
      return slot && { path, inMapping, slot: { ...slot, path: [...path, ...slot.path] } };
    }
    if (line.value < line.end && text.charAt(line.value) !== "#") return undefined;
  }
  return { path, inMapping };
}

/** Entries and items that stand in the same column as the last owner, below the owner before it. */
function neighbours(text: string, owners: readonly Owner[]): Neighbours {
  const found: Neighbours = { entries: new Map(), items: [] };
  const [parent, own] = [owners.at(-2), owners.at(-1)];
  if (!own) return found;
  let start = 0;
  if (parent) {
    const line = readLine(text, parent.start);
    if (line.key && line.column === own.column && !own.isDash) found.entries.set(line.key.text, plainValue(text, line));
    start = text.indexOf("\n", parent.start) + 1;
    if (start === 0) return found;
  }
  while (start < text.length) {
    const at = skipBlanks(text, start);
    const column = at - start;
    if (hasContent(text, at) && start !== own.start && column <= own.column) {
      if (column < own.column || (own.isDash && !isDashAt(text, at))) break;
      const line = readLine(text, start);
      const value = plainValue(text, line);
      if (line.dashes.length === 0) {
        if (line.key) found.entries.set(line.key.text, value);
      } else if (!line.key && value !== "") found.items.push(value);
    }
    const next = text.indexOf("\n", at);
    if (next < 0) break;
    start = next + 1;
  }
  return found;
}

/** A plain or quoted value that ends on its line. */
function plainValue(text: string, line: Line): string {
  const isScalar = line.value < line.end && !"#|>&*![{".includes(text.charAt(line.value));
  return isScalar ? readToken(text, line.value, false).text : "";
}

function readLine(text: string, start: number): Line {
  const end = lineEnd(text, start);
  const dashes: number[] = [];
  let at = skipBlanks(text, text.charAt(start) === "\uFEFF" ? start + 1 : start);
  while (isDashAt(text, at)) {
    dashes.push(at - start);
    at = skipBlanks(text, at + 1);
  }
  const column = at - start;
  const nothing = { start, end, dashes, column, key: undefined, value: at };
  if (at >= end || "#[{|>&*!".includes(text.charAt(at))) return nothing;
  const token = readToken(text, at, false);
  const colon = skipBlanks(text, token.span.end);
  if (!isColon(text, colon, token.quote !== "")) return nothing;
  return { ...nothing, key: token, value: Math.min(skipBlanks(text, colon + 1), end) };
}

function isFlowAt(text: string, line: Line): boolean {
  return line.value < line.end && "[{".includes(text.charAt(line.value));
}

/** Lines of a flow are indented more than the key or dash it belongs to. */
function flowIndent(line: Line): number {
  return line.key ? line.column : line.column - 1;
}

function hasContent(text: string, at: number): boolean {
  const char = text.charAt(at);
  return char !== "" && char !== "\n" && char !== "\r" && char !== "#" && !text.startsWith("---", at);
}

function isDashAt(text: string, at: number): boolean {
  return text.charAt(at) === "-" && (at + 1 >= text.length || /\s/.test(text.charAt(at + 1)));
}
