/** Read-only views of YAML nodes: entries, items and text, with spans, aliases followed within a budget. */

import { isAlias, isMap, isPair, isScalar, isSeq, type Node } from "yaml";
import { fitted } from "../../model/fitted.ts";
import type { Span, Spanned } from "../../model/text.ts";
import { resolveAlias } from "./aliases.ts";
import type { Tree } from "./parse.ts";

/** A key with its value. `span` covers both. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node | null;
  readonly span: Span;
}

/** The extent of a node. That of a block reaches over the blank lines and comments behind it, see `writtenEnd`. */
export function spanOf(node: Node): Span {
  const range = node.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

/** The node an alias stands for. An alias of an alias is followed once: YAML has no others. */
export function follow(tree: Tree, node: Node | null): Node | null {
  if (!isAlias(node)) return node;
  return (tree.document && resolveAlias(tree.document, node)) ?? null;
}

/** Entries of a mapping node in source order; empty for anything else. Keys that are not text are left out. */
export function entriesOf(tree: Tree, node: Node | null): Entry[] {
  const map = follow(tree, node);
  if (!isMap(map)) return [];
  const entries: Entry[] = [];
  for (const pair of map.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const value = (pair.value ?? null) as Node | null;
    const keySpan = spanOf(pair.key);
    const end = value?.range ? Math.max(value.range[1], keySpan.end) : keySpan.end;
    entries.push({ key: String(pair.key.value ?? ""), keySpan, value, span: { start: keySpan.start, end } });
  }
  return entries;
}

/** The last entry with this key, as YAML readers see it. */
export function entry(tree: Tree, node: Node | null, key: string): Entry | undefined {
  return entriesOf(tree, node).findLast((candidate) => candidate.key === key);
}

/** Keys of the mapping under a key of the root: names as they are written, usable or not. */
export function keysUnder(tree: Tree, key: string): readonly string[] {
  return entriesOf(tree, entry(tree, tree.root, key)?.value ?? null).map((item) => item.key);
}

/** Items of a list node; empty for anything else. */
export function itemsOf(tree: Tree, node: Node | null): Node[] {
  const list = follow(tree, node);
  if (!isSeq(list)) return [];
  return list.items.filter((item): item is Node => item !== null && !isPair(item));
}

/** A text scalar with the place it is written at, which for an alias is the alias. Numbers and booleans are no text. */
export function textOf(tree: Tree, node: Node | null | undefined): Spanned<string> | undefined {
  const scalar = follow(tree, node ?? null);
  if (!node || !isScalar(scalar) || typeof scalar.value !== "string" || scalar.value === "") return undefined;
  return { value: scalar.value, span: spanOf(node) };
}

/** Text under a key. */
export function textAt(tree: Tree, node: Node | null, key: string): Spanned<string> | undefined {
  return textOf(tree, entry(tree, node, key)?.value);
}

/** All text items of the list under a key. */
export function textsAt(tree: Tree, node: Node | null, key: string): readonly Spanned<string>[] {
  return textsIn(tree, entry(tree, node, key)?.value ?? null);
}

/** All text items of a list node. */
export function textsIn(tree: Tree, list: Node | null): readonly Spanned<string>[] {
  const found: Spanned<string>[] = [];
  for (const item of itemsOf(tree, list)) {
    const text = textOf(tree, item);
    if (text) found.push(text);
  }
  return fitted(found);
}

/** A whole number under a key. */
export function numberAt(tree: Tree, node: Node | null, key: string): number | undefined {
  const value = follow(tree, entry(tree, node, key)?.value ?? null);
  return isScalar(value) && typeof value.value === "number" ? value.value : undefined;
}
