/** What can be folded: entries and list items over several lines, texts over several lines, and blocks of comments. */

import { isMap, isNode, isPair, isScalar, isSeq, type Node } from "yaml";
import { lineStarts, positionAt, type Span } from "../model/text.ts";
import { writtenEnd } from "../syntax/lines.ts";
import { spanOf } from "../syntax/yaml/nodes.ts";
import type { Tree } from "../syntax/yaml/parse.ts";

/** Lines from 0, both included. */
export interface Fold {
  readonly first: number;
  readonly last: number;
  readonly kind: "region" | "comment";
}

/** At most one fold begins on a line: the widest. */
export function foldsOf(tree: Tree): readonly Fold[] {
  const starts = lineStarts(tree.text);
  const folds = new Map<number, Fold>();
  const texts: Span[] = [];

  function add(start: number, end: number, kind: Fold["kind"]): void {
    const trimmed = writtenEnd(tree.text, { start, end });
    const first = positionAt(starts, start).line;
    const last = positionAt(starts, trimmed).line;
    if (last > first && last > (folds.get(first)?.last ?? 0)) folds.set(first, { first, last, kind });
  }

  function visit(node: Node): void {
    if (isScalar(node)) texts.push(spanOf(node));
    if (!isMap(node) && !isSeq(node)) return;
    for (const item of node.items) {
      if (isPair(item)) {
        if (isNode(item.key) && isNode(item.value)) add(spanOf(item.key).start, spanOf(item.value).end, "region");
        if (isNode(item.value)) visit(item.value);
      } else if (isNode(item)) {
        add(spanOf(item).start, spanOf(item).end, "region");
        visit(item);
      }
    }
  }

  if (tree.root) visit(tree.root);
  for (const { start, end } of commentBlocks(tree.text, texts)) add(start, end, "comment");
  return [...folds.values()].sort((a, b) => a.first - b.first);
}

/** Runs of lines that are nothing but a comment. `texts` come in file order; a `#` within one of them is text. */
function commentBlocks(text: string, texts: readonly Span[]): readonly Span[] {
  const blocks: Span[] = [];
  let next = 0;
  for (const { 0: run, index } of text.matchAll(/^[ \t\uFEFF]*#.*(?:\r?\n[ \t]*#.*)*/gm)) {
    while ((texts[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++;
    if ((texts[next]?.start ?? Number.POSITIVE_INFINITY) > index)
      blocks.push({ start: index, end: index + run.length });
  }
  return blocks;
}
