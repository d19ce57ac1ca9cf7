/** Spans and texts for edits that keep comments and layout. */

import { isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { SourceEdit } from "../model/finding.ts";
import type { Edit } from "../model/problem.ts";
import type { Source, Span } from "../model/text.ts";
import { parseDay } from "../model/time.ts";
import { columnOf, lineEnd, newlineOf, startsLine, wholeLines, writtenEnd } from "./lines.ts";
import { type Found, findNode } from "./yaml/find.ts";
import { spanOf } from "./yaml/nodes.ts";
import { type Tree, treeOf } from "./yaml/parse.ts";

/** A scalar as YAML text: plain where that reads back as the same text, else in double quotes. */
export function quote(text: string): string {
  if (parseDay(text) !== undefined) return text; // a plain date is text in YAML 1.2, which is what reads our files
  const plain = /^[A-Za-z_][\w .@/+-]*$/.test(text) && !/\s$/.test(text) && !/^(true|false|null|~)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** A text with edits that do not overlap, in whatever order they come. */
export function applyEdits(text: string, edits: readonly Pick<Edit, "span" | "text">[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: put } of [...edits].sort((one, other) => one.span.start - other.span.start)) {
    parts.push(text.slice(at, span.start), put);
    at = span.end;
  }
  return [...parts, text.slice(at)].join("");
}

/** Replaces a scalar, keeping the quotes that were there where they still fit. */
export function replaceScalar(source: Source, span: Span, text: string): SourceEdit {
  const old = source.text.slice(span.start, span.end);
  const single = old.startsWith("'") && !text.includes("'") && !text.includes("\n");
  const double = old.startsWith('"');
  return { source, span, text: single ? `'${text}'` : double ? JSON.stringify(text) : quote(text) };
}

/** The lines of the entry with this key, line break included; undefined inside `{ }` and behind a dash. */
export function lineEntrySpan(tree: Tree, key: Node): Span | undefined {
  const found = findNode(tree, spanOf(key));
  const pair = found?.owner?.items[found.index];
  if (!found || found.owner?.flow || !isPair(pair) || !startsLine(tree.text, spanOf(key).start)) return undefined;
  return entryLines(tree, key, pair.value);
}

/**
 * Removes one item of a list with its comma or line, and with a block list's only item the list. Undefined when the span
 * is no list item, or when text that others refer to (`&anchor`) would go.
 */
export function removeItem(source: Source, item: Span): SourceEdit | undefined {
  const tree = treeOf(source);
  const found = findNode(tree, item);
  if (!found || !isSeq(found.owner)) return undefined;
  const edit = found.owner.flow
    ? { span: flowItemSpan(found.owner, found.index, item), text: "" }
    : blockItemEdit(tree, found, item);
  if (!edit || /(^|[\s[{,-])&[^\s,[\]{}]/.test(tree.text.slice(edit.span.start, edit.span.end))) return undefined;
  return { source, ...edit };
}

/** Removes a list with its only item, key and all; undefined where it has more, or its key shares a line with others. */
export function removeListOf(source: Source, item: Span): SourceEdit | undefined {
  const tree = treeOf(source);
  const found = findNode(tree, item);
  const pair = found?.parent?.owner?.items[found.parent.index];
  if (!isSeq(found?.owner) || found.owner.items.length !== 1 || !isPair(pair) || !isNode(pair.key)) return undefined;
  const span = lineEntrySpan(tree, pair.key);
  return span && { source, span, text: "" };
}

function flowItemSpan(list: YAMLSeq, index: number, item: Span): Span {
  const next = list.items[index + 1];
  const previous = list.items[index - 1];
  if (isNode(next)) return { start: item.start, end: spanOf(next).start };
  return isNode(previous) ? { start: spanOf(previous).end, end: item.end } : item;
}

function blockItemEdit(tree: Tree, { owner, parent }: Found, item: Span): Omit<SourceEdit, "source"> | undefined {
  const { text } = tree;
  let dash = item.start - 1;
  while (dash >= 0 && /\s/.test(text.charAt(dash))) dash--;
  if (text.charAt(dash) !== "-" || !startsLine(text, dash)) return undefined;
  const lines = wholeLines(text, { start: dash, end: item.end });
  // The list of an entry that is read by itself holds nothing else, whatever stands around it.
  if (!parent?.owner) return { span: lines, text: "", removesEntry: true };
  if (owner?.items.length !== 1) return { span: lines, text: "" };
  // A key without a value is no empty list: the key goes too, unless the file must have it or a dash stands before it.
  const pair = parent.owner.items[parent.index];
  if (!isPair(pair) || !isNode(pair.key)) return undefined;
  const key = spanOf(pair.key);
  if (parent.parent?.parent && startsLine(text, key.start))
    return { span: entryLines(tree, pair.key, pair.value), text: "" };
  return {
    span: { start: key.end, end: writtenEnd(text, item) },
    text: ": []",
  };
}

function entryLines(tree: Tree, key: Node, value: unknown): Span {
  const end = isNode(value) ? Math.max(spanOf(value).end, spanOf(key).end) : spanOf(key).end;
  return wholeLines(tree.text, { start: spanOf(key).start, end });
}

/** A line before the first one that is no comment and no marker of a document. */
export function insertAtTop(source: Source, line: string): SourceEdit {
  const start = treeOf(source).root?.range?.[0] ?? 0;
  return { source, span: { start, end: start }, text: `${line}${newlineOf(source.text)}` };
}

/** Adds `key: value` to the mapping with this span, behind the last of the keys that `order` puts before it. */
export function insertEntry(
  source: Source,
  map: Span,
  key: string,
  value: string,
  order: readonly string[],
): SourceEdit | undefined {
  const tree = treeOf(source);
  const node = findNode(tree, map)?.node;
  if (!isMap(node)) return undefined;
  const previous = entryBefore(node, order.slice(0, order.indexOf(key)));
  return previous && insertAfter(tree, node, previous, `${key}: ${value}`);
}

/** Adds `key: value` behind the entry whose value has this span; undefined when the entry's own key is not `own`. */
export function insertBeside(source: Source, own: string, value: Span, added: string): SourceEdit | undefined {
  const tree = treeOf(source);
  const found = findNode(tree, value);
  const pair = found?.owner?.items[found.index];
  if (!isMap(found?.owner) || !isPair(pair) || !isScalar(pair.key) || pair.key.value !== own) return undefined;
  return insertAfter(tree, found.owner, pair, added);
}

function insertAfter(tree: Tree, map: YAMLMap, previous: Pair, entry: string): SourceEdit | undefined {
  if (!isNode(previous.key)) return undefined;
  const entryEnd = Math.max(spanOf(previous.key).end, isNode(previous.value) ? spanOf(previous.value).end : 0);
  if (map.flow) return { source: tree.source, span: { start: entryEnd, end: entryEnd }, text: `, ${entry}` };
  const { start } = spanOf(map.items[0]?.key as Node);
  const end = lineEnd(tree.text, writtenEnd(tree.text, { start, end: entryEnd }));
  const indent = " ".repeat(columnOf(tree.text, start));
  return { source: tree.source, span: { start: end, end }, text: `${newlineOf(tree.text)}${indent}${entry}` };
}

/** The entry whose key comes last in `order`; the last entry of all when none of these keys is there. */
function entryBefore(map: YAMLMap, order: readonly string[]): Pair | undefined {
  const rank = (pair: Pair) => order.indexOf(isScalar(pair.key) ? String(pair.key.value) : "");
  const ranked = map.items.filter((pair) => rank(pair) >= 0).sort((a, b) => rank(b) - rank(a));
  return ranked[0] ?? map.items.at(-1);
}
