/** Span to node: where a span of text stands in the tree, found by bisection, so that 10,000 entries cost a few steps. */

import { isMap, isNode, isPair, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { Span } from "../../model/text.ts";
import type { Tree } from "./parse.ts";

/** A node with the collection it stands in; the root has none. */
export interface Found {
  readonly node: Node;
  readonly owner?: YAMLMap | YAMLSeq;
  /** Position in the owner. */
  readonly index: number;
  readonly parent?: Found;
}

/** The node that covers exactly this span, keys included; undefined when there is none. Aliases are not followed. */
export function findNode(tree: Tree, span: Span): Found | undefined {
  let found: Found | undefined = tree.root ? { node: tree.root, index: 0 } : undefined;
  while (found) {
    const range = found.node.range;
    if (range && range[0] === span.start && range[1] === span.end) return found;
    found = step(found, span);
  }
  return undefined;
}

function step(parent: Found, span: Span): Found | undefined {
  const { node } = parent;
  if (!isMap(node) && !isSeq(node)) return undefined;
  const index = lastStartingBy(node.items, span.start);
  const child = node.items[index];
  for (const candidate of isPair(child) ? [child.value, child.key] : [child]) {
    const start = isNode(candidate) ? candidate.range?.[0] : undefined;
    if (start !== undefined && start <= span.start) return { node: candidate as Node, owner: node, index, parent };
  }
  return undefined;
}

/** Index of the last child that starts at or before an offset; -1 when none does. Children follow their text. */
function lastStartingBy(items: readonly unknown[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(items[middle]) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function startOf(child: unknown): number {
  const first = isPair(child) ? ((child as Pair).key ?? child.value) : child;
  return isNode(first) ? (first.range?.[0] ?? 0) : 0;
}
