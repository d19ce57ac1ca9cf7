/** Edits that make lists longer: items of a list in an entry, entries of a file's list of mappings. */

import { isMap, isNode, isPair, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { SourceEdit } from "../model/finding.ts";
import type { Edit } from "../model/problem.ts";
import type { Source, Span } from "../model/text.ts";
import { insertEntry } from "./edit.ts";
import { columnOf, lineEnd, newlineOf, writtenEnd } from "./lines.ts";
import { findNode } from "./yaml/find.ts";
import { spanOf } from "./yaml/nodes.ts";
import { type Tree, treeOf } from "./yaml/parse.ts";

/**
 * Adds items, given as YAML text, behind the last one of the list under a key of the mapping with this span. A list that is
 * missing is made where `order` puts its key. Undefined where the list stands elsewhere (an alias), or is none.
 */
export function addItems(
  source: Source,
  map: Span,
  key: string,
  items: readonly string[],
  order: readonly string[],
): SourceEdit | undefined {
  const tree = treeOf(source);
  const node = findNode(tree, map)?.node;
  if (!isMap(node)) return undefined;
  const pair = pairOf(node, key);
  if (!pair) return insertEntry(source, map, key, `[${items.join(", ")}]`, order);
  const edit = isSeq(pair.value) ? growList(tree, pair.value, items) : fillEmpty(pair.key, pair.value, items);
  return edit && { source, ...edit };
}

/**
 * Adds entries to the top-level list under a key. An entry is its lines without indentation, the first one without its
 * dash; `comments` stand above it. Undefined when the file has no such list, or writes it between brackets.
 */
export function addEntries(
  tree: Tree,
  key: string,
  entries: readonly { readonly comments: readonly string[]; readonly lines: readonly string[] }[],
): Edit | undefined {
  const pair = isMap(tree.root) ? pairOf(tree.root, key) : undefined;
  if (!pair) return undefined;
  const { text, file } = tree;
  const newline = newlineOf(text);
  const list = pair.value;
  const last = isSeq(list) ? list.items.at(-1) : undefined;
  const isEmpty = isEmptyValue(list) || (isSeq(list) && list.items.length === 0);
  if (!isEmpty && (!isSeq(list) || list.flow || !isNode(last))) return undefined;
  const indent = " ".repeat(isNode(last) && isSeq(list) ? dashColumn(text, list) : 2);
  const added = entries.flatMap(({ comments, lines }) => [
    ...comments.map((comment) => `${indent}# ${comment}`),
    ...lines.map((line, index) => `${indent}${index === 0 ? "- " : "  "}${line}`),
  ]);
  const body = added.map((line) => newline + line).join("");
  if (!isEmpty && isNode(last)) {
    const end = lineEnd(text, writtenEnd(text, spanOf(last)));
    return { file, span: { start: end, end }, text: body };
  }
  // `mappings: []` becomes `mappings:`; a comment behind it stays on its line.
  const colon = text.indexOf(":", spanOf(pair.key).end) + 1;
  const end = isNode(list) && list.range ? Math.max(colon, list.range[1]) : colon;
  const tail = text.slice(end, lineEnd(text, end));
  return { file, span: { start: colon, end: end + tail.length }, text: `${tail.trimEnd()}${body}` };
}

interface KeyedPair {
  readonly key: Node;
  readonly value: unknown;
}

function pairOf(map: YAMLMap, key: string): KeyedPair | undefined {
  const pair = map.items.findLast((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
  return pair && isNode(pair.key) ? { key: pair.key, value: pair.value } : undefined;
}

function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && value.value === null && value.source !== "~");
}

function fillEmpty(key: Node, value: unknown, items: readonly string[]): Omit<SourceEdit, "source"> | undefined {
  if (!isEmptyValue(value)) return undefined;
  const start = spanOf(key).end + 1;
  return { span: { start, end: start }, text: ` [${items.join(", ")}]` };
}

function growList(tree: Tree, list: YAMLSeq, items: readonly string[]): Omit<SourceEdit, "source"> | undefined {
  const { text } = tree;
  const last = list.items.at(-1);
  if (list.flow) {
    const inside = spanOf(list).start + 1;
    if (!isNode(last)) return { span: { start: inside, end: inside }, text: items.join(", ") };
    const { end } = spanOf(last);
    return { span: { start: end, end }, text: items.map((item) => `, ${item}`).join("") };
  }
  if (!isNode(last)) return undefined;
  const indent = " ".repeat(dashColumn(text, list));
  const end = lineEnd(text, writtenEnd(text, spanOf(last)));
  return {
    span: { start: end, end },
    text: items.map((item) => `${newlineOf(text)}${indent}- ${item}`).join(""),
  };
}

/** Column of the dashes of a block list. */
function dashColumn(text: string, list: YAMLSeq): number {
  return columnOf(text, spanOf(list).start);
}
