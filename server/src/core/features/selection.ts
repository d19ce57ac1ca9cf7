/** What a selection grows to, step by step: word, value, entry or item, list, mapping, and at last the file. */

import { isMap, isNode, isPair, isScalar, isSeq, type Node } from "yaml";
import { contains, type Span } from "../model/text.ts";
import { writtenEnd } from "../syntax/lines.ts";
import { spanOf } from "../syntax/yaml/nodes.ts";
import type { Tree } from "../syntax/yaml/parse.ts";

/** Innermost first; each lies within the next and is smaller than it. */
export function selectionsAt(tree: Tree, offset: number): readonly Span[] {
  const wide: Span = { start: 0, end: tree.text.length };
  const spans = [wide];

  /** Extents of blocks reach over blank lines and comments behind them: those are nobody's. */
  function add(extent: Span): boolean {
    const span = { start: extent.start, end: writtenEnd(tree.text, extent) };
    if (!contains(span, offset)) return false;
    const outer = spans.at(-1) ?? wide;
    const isInside = outer.start <= span.start && span.end <= outer.end;
    if (isInside && span.end - span.start < outer.end - outer.start) spans.push(span);
    return true;
  }

  for (let node = tree.root; node && add(spanOf(node)); ) {
    if (isScalar(node)) addText(node);
    node = childAt(node);
  }
  return spans.reverse();

  function addText(node: Node): void {
    const { start, end } = spanOf(node);
    if (/^["']/.test(tree.text.charAt(start))) add({ start: start + 1, end: end - 1 });
  }

  function childAt(node: Node): Node | null {
    if (!isMap(node) && !isSeq(node)) return null;
    for (const item of node.items) {
      const [head, tail] = isPair(item) ? [item.key, item.value] : [item, item];
      if (!isNode(head)) continue;
      const [key, value] = [spanOf(head), isNode(tail) ? spanOf(tail) : spanOf(head)];
      if (offset < key.start || !add({ start: key.start, end: Math.max(key.end, value.end) })) continue;
      if (contains(key, offset)) return head;
      return isNode(tail) ? tail : null;
    }
    return null;
  }
}
