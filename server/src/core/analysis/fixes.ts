/** Fixes that several rules offer. A fix that cannot be made as an edit is left out, never offered broken. */

import type { Mapping, Suppression } from "../model/mapping.ts";
import type { Fix } from "../model/problem.ts";
import type { Span } from "../model/text.ts";
import { insertEntry, removeItem, replaceScalar } from "../syntax/edit.ts";
import { nearestFew } from "../syntax/nearest.ts";
import type { Tree } from "../syntax/parse.ts";

/** Order of keys that a reader is used to; the formatter keeps the same. */
const MAPPING_KEYS = ["group", "bundles", "roles", "teams", "reason", "owner", "until", "allow"];
const SUPPRESSION_KEYS = ["rule", "reason", "until"];

/** `Change to "…"` for each name, the first one preferred. */
export function changeTo(tree: Tree, span: Span, names: readonly string[]): readonly Fix[] {
  return names.map((name, index) => ({
    title: `Change to "${name}"`,
    edits: [replaceScalar(tree, span, name)],
    ...(index === 0 ? { preferred: true } : {}),
  }));
}

/** Removes a list item: a role, a team, a suppression or a whole mapping. */
export function remove(tree: Tree, title: string, item: Span, more: Partial<Fix> = {}): readonly Fix[] {
  const edit = removeItem(tree, item);
  return edit ? [{ title, edits: [edit], ...more }] : [];
}

/** Adds a key to a mapping; `value` is YAML text and may be empty, for a person to fill in. */
export function addToMapping(tree: Tree, mapping: Mapping, title: string, key: string, value: string): readonly Fix[] {
  const edit = insertEntry(tree, mapping.span, key, value, MAPPING_KEYS);
  return edit ? [{ title, edits: [edit] }] : [];
}

export function addToSuppression(
  tree: Tree,
  suppression: Suppression,
  title: string,
  key: string,
  value: string,
): readonly Fix[] {
  const edit = insertEntry(tree, suppression.span, key, value, SUPPRESSION_KEYS);
  return edit ? [{ title, edits: [edit] }] : [];
}

/** Findings of one file that get suggestions: a wall of unknown names has another cause than typing. */
const MOST_SUGGESTIONS = 50;

/** A source of near names for one file; it runs dry, since comparing 10,000 names with 20,000 is no answer in time. */
export function suggestions(): (text: string, names: Iterable<string>) => readonly string[] {
  let left = MOST_SUGGESTIONS;
  return (text, names) => (left-- > 0 ? nearestFew(text, names, 3) : []);
}

/** `; did you mean "…"?` or another way out. */
export function hint(names: readonly string[], otherwise: string): string {
  const [best] = names;
  return best === undefined ? `; ${otherwise}` : `; did you mean "${best}"?`;
}
