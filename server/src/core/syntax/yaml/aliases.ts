/** Aliases to the nodes they stand for. The library walks the whole document for each alias; this walks it once. */

import { type Alias, type Document, isAlias, isCollection, isNode, isPair, type Node } from "yaml";

const known = new WeakMap<Document.Parsed, ReadonlyMap<Alias, Node>>();

/** The last node before the alias that carries its anchor; undefined when none does. */
export function resolveAlias(document: Document.Parsed, alias: Alias): Node | undefined {
  let aliases = known.get(document);
  if (!aliases) {
    aliases = collect(document.contents);
    known.set(document, aliases);
  }
  return aliases.get(alias);
}

/** Walks in source order with a stack of its own: a hostile file may be nested as deep as the parser bears. */
function collect(root: Node | null): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const aliases = new Map<Alias, Node>();
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (isPair(node)) stack.push(node.value, node.key);
    if (!isNode(node)) continue;
    if (isAlias(node)) {
      const found = anchors.get(node.source);
      if (found) aliases.set(node, found);
      continue;
    }
    if (node.anchor) anchors.set(node.anchor, node);
    if (isCollection(node)) for (let index = node.items.length - 1; index >= 0; index--) stack.push(node.items[index]);
  }
  return aliases;
}
