/** How deep a file is nested, measured without recursion before anything recurses over it. */

import type { CST } from "yaml";

/** Levels that any of our formats needs, many times over. */
const DEEPEST = 100;

/**
 * True when documents are nested deeper than any sound file. The composer must never see such a file: it recurses until
 * the stack is exhausted, and a regular expression that is first compiled there ends the whole process. (V8, Node 20)
 */
export function isTooDeep(documents: readonly CST.Token[]): boolean {
  const stack = documents.map((token) => ({ token, depth: 0 }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.depth > DEEPEST) return true;
    for (const token of childrenOf(top.token)) stack.push({ token, depth: top.depth + 1 });
  }
  return false;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!("items" in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((child) => child !== undefined && child !== null));
}
