/** Tree to plain values for the schema validators, with duplicate keys reported on the way. */

import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from "yaml";
import type { Finding } from "../model/finding.ts";
import type { Span, Spot } from "../model/text.ts";
import { lineEntrySpan } from "./edit.ts";
import { formProblem } from "./formProblem.ts";
import { follow, spanOf } from "./yaml/nodes.ts";
import type { Tree } from "./yaml/parse.ts";

/** Limits that keep a hostile file cheap: aliases followed in one file, and levels that any of our formats needs. */
const MOST_ALIASES = 100;
const DEEPEST = 24;

export interface Values {
  readonly value: unknown;
  /** False when aliases were too many to follow: then nulls stand for them, of which nothing is to be said. */
  readonly isWhole: boolean;
  readonly problems: readonly Finding[];
}

/** The values of a tree as JSON has them. Of a key that stands twice the later one counts. */
export function toValues(tree: Tree): Values {
  const problems: Finding[] = [];
  const spotOf = (node: Node): Spot => ({ source: tree.source, span: spanOf(node) });
  let aliases = 0;

  function visit(node: Node | null, depth: number): unknown {
    if (node === null || depth > DEEPEST) return null;
    if (isAlias(node)) {
      aliases++;
      if (aliases === MOST_ALIASES + 1)
        problems.push(
          formProblem("yaml/syntax", spotOf(node), `A file may use ${MOST_ALIASES} aliases; write this value out`),
        );
      if (aliases > MOST_ALIASES) return null;
      const found = follow(tree, node);
      if (!found)
        problems.push(formProblem("yaml/syntax", spotOf(node), `No anchor "&${node.source}" stands before this alias`));
      return visit(found, depth + 1);
    }
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => (isPair(item) ? null : visit(item as Node | null, depth + 1)));
    if (!isMap(node)) return null;
    const object: Record<string, unknown> = Object.create(NOTHING);
    let first: ReadonlyMap<string, Node> | undefined;
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = textOfKey(pair.key);
      if (key in object) {
        first ??= firstKeys(node);
        const earlier = first.get(key) ?? pair.key;
        problems.push(repeatedKey(key, spotOf(pair.key), spotOf(earlier), lineEntrySpan(tree, pair.key)));
      }
      object[key] = visit((pair.value ?? null) as Node | null, depth + 1);
    }
    return object;
  }

  const value = visit(tree.root, 0);
  return { value, isWhole: aliases <= MOST_ALIASES, problems };
}

/** What objects of keys inherit, so that every key is their own. Without any prototype they would be large ones to V8. */
const NOTHING: object = Object.freeze(Object.create(null));

function textOfKey({ value }: Scalar): string {
  return String(value ?? "");
}

/** The node that each key of a map first stands at. */
function firstKeys({ items }: YAMLMap): ReadonlyMap<string, Node> {
  const first = new Map<string, Node>();
  for (const { key } of items) {
    if (isScalar(key) && !first.has(textOfKey(key))) first.set(textOfKey(key), key);
  }
  return first;
}

/** `lines` are those that go with the later key where somebody removes it. */
export function repeatedKey(key: string, later: Spot, first: Spot, lines?: Span): Finding {
  const message = `"${key}" stands here twice; only the later one would count`;
  const fixes = lines
    ? [{ title: `Remove the later "${key}"`, edits: [{ source: later.source, span: lines, text: "" }] }]
    : [];
  return {
    ...formProblem("yaml/duplicate-key", later, message, fixes),
    related: [{ source: first.source, span: first.span, message: "first one" }],
  };
}
