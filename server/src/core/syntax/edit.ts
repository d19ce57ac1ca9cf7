/** Spans and texts for edits that keep comments and layout. */

import { isMap, isPair, isSeq, type Node } from "yaml";
import type { Edit } from "../model/problem.ts";
import type { Span } from "../model/text.ts";
import { spanOf } from "./nodes.ts";
import type { Tree } from "./parse.ts";

/** A scalar as YAML text: plain where that reads back as the same text, else in double quotes. */
export function quote(text: string): string {
  const plain = /^[A-Za-z_][\w .@/+-]*$/.test(text) && !/\s$/.test(text) && !/^(true|false|null|~)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** Replaces a scalar, keeping the quotes that were there where they still fit. */
export function replaceScalar(tree: Tree, span: Span, text: string): Edit {
  const old = tree.text.slice(span.start, span.end);
  const single = old.startsWith("'") && !text.includes("'") && !text.includes("\n");
  const double = old.startsWith('"');
  return { file: tree.file, span, text: single ? `'${text}'` : double ? JSON.stringify(text) : quote(text) };
}

/** The lines of the entry whose key is `key`, line break included; undefined inside a flow mapping `{ }`. */
export function lineEntrySpan(tree: Tree, key: Node): Span | undefined {
  const found = findOwner(tree.root, key);
  if (!found || found.flow) return undefined;
  return wholeLines(tree.text, { start: spanOf(key).start, end: Math.max(found.end, spanOf(key).end) });
}

/** Widens a span to whole lines, from the start of its first line to the start of the line after its last. */
export function wholeLines(text: string, span: Span): Span {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const trimmedEnd = span.start + text.slice(span.start, span.end).trimEnd().length;
  const next = text.indexOf("\n", trimmedEnd);
  return { start, end: next < 0 ? text.length : next + 1 };
}

/** Column of an offset within its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** The file's own line break. */
export function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Removes one item of a list with its comma or line; undefined when the span is no list item. */
export function removeItem(tree: Tree, item: Span): Edit | undefined {
  const list = findList(tree.root, item);
  if (!list) return undefined;
  const index = list.items.findIndex((node) => node.start === item.start);
  if (index < 0) return undefined;
  if (!list.flow) {
    // A dash stands on the item's own line: take the line.
    const span = wholeLines(tree.text, item);
    return { file: tree.file, span, text: "" };
  }
  const next = list.items[index + 1];
  const previous = list.items[index - 1];
  const span = next ? { start: item.start, end: next.start } : previous ? { start: previous.end, end: item.end } : item;
  return { file: tree.file, span, text: "" };
}

function findOwner(node: Node | null, key: Node): { end: number; flow: boolean } | undefined {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const value = (pair.value ?? null) as Node | null;
      if (pair.key === key) return { end: value?.range?.[1] ?? spanOf(key).end, flow: node.flow === true };
      const inner = findOwner(value, key);
      if (inner) return inner;
    }
  }
  if (isSeq(node)) {
    for (const item of node.items) {
      const inner = findOwner(item as Node | null, key);
      if (inner) return inner;
    }
  }
  return undefined;
}

function findList(node: Node | null, item: Span): { items: Span[]; flow: boolean } | undefined {
  if (node?.range && (node.range[0] > item.start || node.range[2] < item.end)) return undefined;
  if (isSeq(node)) {
    const items = node.items.filter((child): child is Node => child !== null && !isPair(child)).map(spanOf);
    if (items.some((span) => span.start === item.start && span.end === item.end))
      return { items, flow: node.flow === true };
    for (const child of node.items) {
      const inner = isPair(child) ? undefined : findList(child as Node | null, item);
      if (inner) return inner;
    }
  }
  if (isMap(node)) {
    for (const pair of node.items) {
      const inner = findList((pair.value ?? null) as Node | null, item);
      if (inner) return inner;
    }
  }
  return undefined;
}
