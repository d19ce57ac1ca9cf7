/** JSON pointers, as schema validators give them, to places in a file. */

import { isAlias, isMap, isPair, isScalar, isSeq, type Node } from "yaml";
import type { Span } from "../model/text.ts";
import { follow, spanOf } from "./yaml/nodes.ts";
import type { Tree } from "./yaml/parse.ts";

export interface Located {
  readonly node: Node | null;
  readonly span: Span;
  /** The last name on the way; for a list item, the list's. */
  readonly name: string;
  readonly text: string;
  readonly isItem: boolean;
  /** A dash with nothing behind it. */
  readonly isEmptyItem: boolean;
  readonly isBrokenAlias: boolean;
}

/** What a JSON pointer names. `rootName` is the key that the tree's root is the value of, where it is no whole file. */
export function locatePointer(tree: Tree, pointer: string, rootName = ""): Located {
  let node: Node | null = tree.root;
  let span: Span = node ? spanOf(node) : { start: 0, end: 0 };
  let name = rootName;
  let isItem = false;
  let isEmptyItem = false;
  for (const part of pointer.split("/").slice(1)) {
    const segment = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const here = follow(tree, node);
    let child: Node | null = null;
    if (isSeq(here)) {
      child = (here.items[Number(segment)] ?? null) as Node | null;
    } else if (isMap(here)) {
      const pair = here.items.findLast(
        (candidate) => isPair(candidate) && isScalar(candidate.key) && String(candidate.key.value ?? "") === segment,
      );
      name = segment;
      if (pair && isScalar(pair.key)) span = spanOf(pair.key);
      child = (pair?.value ?? null) as Node | null;
    }
    node = child;
    // An empty value has no extent of its own: then the key or the dash is the place.
    isItem = isSeq(here);
    isEmptyItem = isItem && isScalar(child) && child.value === null && child.source === "";
    const dash = isEmptyItem && child?.range ? tree.text.lastIndexOf("-", child.range[0] - 1) : -1;
    if (dash >= 0) span = { start: dash, end: dash + 1 };
    else if (child?.range && child.range[1] > child.range[0]) span = spanOf(child);
  }
  if (pointer === "") span = firstLine(tree.text);
  const found = follow(tree, node);
  const text = tree.text.slice(span.start, span.end);
  return { node: found, span, name, text, isItem, isEmptyItem, isBrokenAlias: isAlias(node) && found === null };
}

function firstLine(text: string): Span {
  const end = text.indexOf("\n");
  return { start: 0, end: end < 0 ? text.length : end };
}
