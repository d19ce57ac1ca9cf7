/**
 * Plain YAML to the library's nodes, many times faster than the library: block lists and maps of one-line values.
 *
 * It reads what nearly every entry of a mapping file is made of and nothing else: where a text holds anything it does not
 * know for certain, it gives up and the library reads the text. What it reads equals what the library reads; a test
 * compares the two. Comments and blank lines are skipped, since nothing of ours looks at a node's comments.
 */

import type { Node, Range, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { Cursor } from "./plainCursor.ts";
import { makeList, makeMap, makePair, makeScalar } from "./plainNodes.ts";
import { LONGEST_VALUE } from "./tokens.ts";

/** The root of a text, or undefined when the library must read it. Ranges count from `base`. */
export function readPlain(text: string, base = 0): Node | undefined {
  const reader = new Reader(text, base);
  const root = reader.block();
  return root && reader.isCertainToEnd() ? root : undefined;
}

/** Levels that an entry of our formats needs, and some more. */
const DEEPEST = 12;

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const HASH = 35;
const COLON = 58;
const COMMA = 44;
const QUOTE = 39;
const DOUBLE_QUOTE = 34;

/** Keys, and plain values up to a comment, that mean themselves. In brackets commas and brackets end a value too. */
const KEY = /[A-Za-z_][\w-]*/y;
const BLOCK_TEXT = /[A-Za-z_][^\r\n:#]*(?:(?:#(?<=[^ \t]#)|:(?=[^ \t\r\n]))[^\r\n:#]*)*/y;
const FLOW_TEXT = /[A-Za-z_][^\r\n:#,[\]{}]*(?:(?:#(?<=[^ \t]#)|:(?=[^ \t\r\n,[\]{}]))[^\r\n:#,[\]{}]*)*/y;
const DAY = /\d{4}-\d{2}-\d{2}(?=[ \r\n,\]}]|$)/y;
const SINGLE = /'[^'\r\n]*'/y;
const DOUBLE = /"[^"\\\r\n]*"/y;

/** Plain words that stand for something else in YAML 1.2's core schema. */
const NO_TEXT = /^(?:true|True|TRUE|false|False|FALSE|null|Null|NULL)$/;

class Reader extends Cursor {
  readonly #base: number;
  #depth = 0;

  constructor(text: string, base: number) {
    super(text);
    this.#base = base;
  }

  /** A block list or map whose entries stand in the present column; `keyColumn` is that of the key it belongs to. */
  block(keyColumn = -1): Node | undefined {
    if (this.isAtEnd()) return undefined;
    return this.isDash() ? this.#deeper(() => this.#list(keyColumn)) : this.#deeper(() => this.#map());
  }

  /** Recursion is for entries as people write them; the library has its own measure of depth. */
  #deeper<T>(read: () => T): T | undefined {
    if (this.#depth === DEEPEST) return undefined;
    this.#depth++;
    const found = read();
    this.#depth--;
    return found;
  }

  #list(keyColumn: number): YAMLSeq | undefined {
    const list = makeList(false);
    const column = this.column;
    const start = this.at;
    let end = start;
    while (!this.isAtEnd() && this.column === column && this.isDash()) {
      const dash = this.at;
      this.at++;
      this.skipSpaces();
      if (this.isLineEnd()) return undefined;
      const item = this.#item(dash);
      if (!item?.range) return undefined;
      list.items.push(item);
      end = item.range[2];
    }
    // A comment in the column that a list shares with its key belongs to the list, and moves its end.
    if (column === keyColumn && this.comment >= column) this.doubt();
    // Behind a list in the column of its key the next key may follow.
    if (!this.isAtEnd() && this.column >= column && this.column !== keyColumn) return undefined;
    list.range = [start + this.#base, end, end];
    return list;
  }

  /** What stands behind a dash: a map that starts there, or a value on the line. */
  #item(dash: number): Node | undefined {
    if (!this.#isKey()) return this.#value();
    this.column += this.at - dash;
    return this.#deeper(() => this.#map());
  }

  #map(): YAMLMap | undefined {
    const map = makeMap(false);
    const column = this.column;
    const start = this.at;
    let end = start;
    while (!this.isAtEnd() && this.column === column && !this.isDash()) {
      const key = this.#key();
      if (!key) return undefined;
      const value = this.#valueOfKey(column);
      if (!value?.range) return undefined;
      map.items.push(makePair(key, value));
      end = value.range[2];
    }
    if (!this.isAtEnd() && this.column >= column && !(this.column === column && this.isDash())) return undefined;
    if (map.items.length === 0) return undefined;
    map.range = [start + this.#base, end, end];
    return map;
  }

  #key(): Scalar<string> | undefined {
    const start = this.at;
    const name = this.match(KEY);
    if (name === undefined || NO_TEXT.test(name) || this.text.charAt(this.at) !== ":") return undefined;
    const key = makeScalar(name, "PLAIN", [start + this.#base, this.at + this.#base, this.at + this.#base]);
    this.at++;
    return key;
  }

  #valueOfKey(column: number): Node | undefined {
    const colon = this.at;
    this.skipSpaces();
    // Without a blank behind it the colon ends no key, not even before a comment.
    if (this.at === colon && this.text.charCodeAt(this.at) === HASH) return undefined;
    if (!this.isLineEnd()) return this.at > colon ? this.#value() : undefined;
    const isBare = this.at === colon;
    this.toNextLine();
    // A list may stand in the column of its key, a map may not. Without either the value is null.
    const isBlock = !this.isAtEnd() && (this.column > column || (this.column === column && this.isDash()));
    if (isBlock) return this.block(column);
    // Blanks and comments behind the colon move where the value stands and ends.
    const at = colon + this.#base;
    return isBare && this.comment < 0 ? makeScalar(null, "PLAIN", [at, at, at]) : undefined;
  }

  /** A value on one line, with the line break behind it. */
  #value(): Node | undefined {
    const node = this.#flow(BLOCK_TEXT);
    if (!node?.range) return undefined;
    const isSpaced = this.skipSpaces();
    if (!this.isLineEnd() || (this.text.charCodeAt(this.at) === HASH && !isSpaced)) return undefined;
    const end = this.lineEnd() + this.#base;
    node.range = [node.range[0], node.range[1], end];
    this.toNextLine();
    return node;
  }

  #flow(pattern: RegExp): Node | undefined {
    const code = this.text.charCodeAt(this.at);
    if (code === 91) return this.#deeper(() => this.#flowList());
    if (code === 123) return this.#deeper(() => this.#flowMap());
    const start = this.at;
    if (code === QUOTE || code === DOUBLE_QUOTE) {
      const quoted = this.match(code === QUOTE ? SINGLE : DOUBLE);
      const type = code === QUOTE ? "QUOTE_SINGLE" : "QUOTE_DOUBLE";
      const text = quoted?.slice(1, -1);
      return text === undefined || text.length > LONGEST_VALUE
        ? undefined
        : makeScalar(text, type, this.#rangeFrom(start));
    }
    const text = (this.match(pattern) ?? this.match(DAY))?.trimEnd();
    if (text === undefined || text.length > LONGEST_VALUE || NO_TEXT.test(text)) return undefined;
    this.at = start + text.length;
    return makeScalar(text, "PLAIN", this.#rangeFrom(start));
  }

  #flowList(): YAMLSeq | undefined {
    const list = makeList(true);
    const start = this.at++;
    this.skipSpaces();
    while (this.text.charCodeAt(this.at) !== 93) {
      const item = this.#flow(FLOW_TEXT);
      if (!item || !this.#endFlowItem(item, 93)) return undefined;
      list.items.push(item);
    }
    this.at++;
    list.range = this.#rangeFrom(start);
    return list;
  }

  #flowMap(): YAMLMap | undefined {
    const map = makeMap(true);
    const start = this.at++;
    this.skipSpaces();
    while (this.text.charCodeAt(this.at) !== 125) {
      const key = this.#key();
      if (!key || !this.skipSpaces()) return undefined;
      const value = this.#flow(FLOW_TEXT);
      if (!value || !this.#endFlowItem(value, 125)) return undefined;
      map.items.push(makePair(key, value));
    }
    this.at++;
    map.range = this.#rangeFrom(start);
    return map;
  }

  /** Steps over the comma behind an item, or up to the closing bracket. A comma must have something behind it. */
  #endFlowItem(item: Node, closing: number): boolean {
    this.skipSpaces();
    if (item.range) item.range = [item.range[0], item.range[1], this.at + this.#base];
    const code = this.text.charCodeAt(this.at);
    if (code === closing) return true;
    if (code !== COMMA) return false;
    this.at++;
    this.skipSpaces();
    return this.text.charCodeAt(this.at) !== closing;
  }

  #rangeFrom(start: number): Range {
    const end = this.at + this.#base;
    return [start + this.#base, end, end];
  }

  /** True at a key with its colon. */
  #isKey(): boolean {
    KEY.lastIndex = this.at;
    if (!KEY.test(this.text) || this.text.charCodeAt(KEY.lastIndex) !== COLON) return false;
    const behind = this.text.charCodeAt(KEY.lastIndex + 1);
    return Number.isNaN(behind) || behind === SPACE || behind === NEWLINE || behind === RETURN;
  }
}
