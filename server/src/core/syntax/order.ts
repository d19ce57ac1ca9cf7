/** Entries of mappings in the order in which the format's schema names their keys, moved as whole lines or, in braces, as words. */

import { isMap, isNode, isPair, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import type { Edit } from "../model/problem.ts";
import type { Source, Span } from "../model/text.ts";
import { applyEdits } from "./edit.ts";
import { columnOf, lineStart, writtenEnd } from "./lines.ts";
import { type Format, schemaAt } from "./schema.ts";
import { findNode } from "./yaml/find.ts";
import { spanOf } from "./yaml/nodes.ts";
import { type Tree, treeOf } from "./yaml/parse.ts";

interface Piece {
  readonly rank: number;
  /** The entry's lines without the last line break, with the comments above it. */
  readonly text: string;
  readonly hasComment: boolean;
}

/** Lines to replace by the same lines in another order. */
export type Reordering = Pick<Edit, "span" | "text">;

/** The text with the outermost mappings within a span that are out of order put into order; the same text when none can be. */
export function reorder(tree: Tree, format: Format, within: Span): string {
  const moves: Reordering[] = [];
  visit(tree.root, []);
  return applyEdits(tree.text, moves);

  function visit(node: Node | null, path: readonly (string | number)[]): void {
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) if (isNode(item)) visit(item, [...path, index]);
    }
    if (!isMap(node)) return;
    const move = isIn(node) && moveIn(tree.text, node, Object.keys(schemaAt(format, path)?.properties ?? {}));
    if (move) {
      moves.push(move);
      return;
    }
    for (const { key, value } of node.items)
      if (isScalar(key) && isNode(value)) visit(value, [...path, String(key.value)]);
  }

  function isIn(node: Node): boolean {
    return within.start <= spanOf(node).start && writtenEnd(tree.text, spanOf(node)) <= within.end;
  }
}

/** What would put the keys of the mapping with this span into order; undefined wherever `moveIn` declines. */
export function sortKeys(source: Source, span: Span, order: readonly string[]): Reordering | undefined {
  const node = findNode(treeOf(source), span)?.node;
  return isMap(node) ? moveIn(source.text, node, order) : undefined;
}

/** Undefined when the mapping is in order, or when it is not plain which lines belong to which entry. */
function moveIn(text: string, map: YAMLMap, order: readonly string[]): Reordering | undefined {
  const ranks = map.items.map(({ key }) => (isScalar(key) ? order.indexOf(String(key.value)) : -1));
  const isSorted = ranks.every((rank, index) => index === 0 || rank > (ranks[index - 1] ?? 0));
  if (isSorted || ranks.includes(-1) || new Set(ranks).size < ranks.length) return undefined;
  const [first, last] = [map.items[0], map.items.at(-1)];
  if (!isPair(first) || !isNode(first.key) || !last) return undefined;
  const { start } = spanOf(first.key);
  const end = map.flow ? spanOfPair(last).end : endOf(text, last);
  // An anchor must stay above its aliases.
  if (/(^|[\s[{,])[&*][^\s,]/.test(text.slice(start, end))) return undefined;
  if (map.flow) return moveInBraces(text, map, ranks, { start, end });
  const column = columnOf(text, start);
  const pieces = piecesOf(text, map, ranks, column);
  if (!pieces || isComment(text, end + 1, column)) return undefined;
  const sorted = [...pieces].sort((one, other) => one.rank - other.rank);
  // The first entry may stand behind a dash, where a comment has no room; the file's first comment may be about it all.
  if (sorted[0]?.hasComment || (column === 0 && isComment(text, lineBefore(text, start), 0))) return undefined;
  return { span: { start, end }, text: sorted.map((piece) => piece.text).join(`\n${" ".repeat(column)}`) };
}

/** What stands between two entries stays where it is. Over several lines a comment could be about any of them. */
function moveInBraces(
  text: string,
  { items }: YAMLMap,
  ranks: readonly number[],
  { start, end }: Span,
): Reordering | undefined {
  if (/[\r\n]/.test(text.slice(start, end))) return undefined;
  const spans = items.map(spanOfPair);
  const sorted = [...spans].sort((one, other) => (ranks[spans.indexOf(one)] ?? 0) - (ranks[spans.indexOf(other)] ?? 0));
  const parts = sorted.map((span, index) => {
    const between = text.slice(spans[index]?.end ?? end, spans[index + 1]?.start ?? end);
    return text.slice(span.start, span.end) + between;
  });
  return { span: { start, end }, text: parts.join("") };
}

function piecesOf(text: string, map: YAMLMap, ranks: readonly number[], column: number): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const indent = " ".repeat(column);
  let from = -1;
  for (const [index, pair] of map.items.entries()) {
    const start = isNode(pair.key) ? spanOf(pair.key).start : -1;
    if (start < 0 || columnOf(text, start) !== column) return undefined;
    const above = index === 0 ? "" : text.slice(from, start - column);
    const comments = above === "" ? [] : above.slice(0, -1).split("\n");
    // Only comments in the entries' own column are the next entry's; empty lines part what belongs together.
    if (
      comments.some((line) => !line.startsWith(`${indent}#`)) ||
      (index > 0 && text.slice(start - column, start) !== indent)
    )
      return undefined;
    const end = endOf(text, pair);
    const own =
      above.slice(comments.length > 0 ? column : 0) + (comments.length > 0 ? indent : "") + text.slice(start, end);
    pieces.push({ rank: ranks[index] ?? 0, text: own, hasComment: comments.length > 0 });
    from = end + 1;
  }
  return pieces;
}

function spanOfPair({ key, value }: YAMLMap["items"][number]): Span {
  const start = isNode(key) ? spanOf(key).start : 0;
  return { start, end: Math.max(isNode(key) ? spanOf(key).end : 0, isNode(value) ? spanOf(value).end : 0) };
}

/** End of the line on which the entry's own text ends, so that a comment behind it stays with it. */
function endOf(text: string, pair: YAMLMap["items"][number]): number {
  const next = text.indexOf("\n", writtenEnd(text, spanOfPair(pair)));
  return next < 0 ? text.length : next;
}

function isComment(text: string, line: number, column: number): boolean {
  return (
    line < text.length &&
    /^[ \t\uFEFF]*#/.test(text.slice(line, line + 200)) &&
    text.indexOf("#", line) - line >= column
  );
}

function lineBefore(text: string, offset: number): number {
  const end = text.lastIndexOf("\n", offset - 1);
  return end < 0 ? text.length : lineStart(text, end);
}
