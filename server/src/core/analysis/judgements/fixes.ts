/** Fixes that several rules offer. A fix that cannot be made as an edit is left out, never offered broken. */

import type { SourceFix } from "../../model/finding.ts";
import type { Mapping, Suppression } from "../../model/mapping.ts";
import type { Source, Span } from "../../model/text.ts";
import { insertEntry, removeItem, replaceScalar } from "../../syntax/edit.ts";

/** Order of keys that a reader is used to; the formatter keeps the same. */
export const MAPPING_KEYS = ["group", "bundles", "roles", "teams", "hoop", "reason", "owner", "until", "allow"];
const SUPPRESSION_KEYS = ["rule", "reason", "until"];

/** `Change to "…"` for each name, the first one preferred. */
export function changeTo(source: Source, span: Span, names: readonly string[]): readonly SourceFix[] {
  return names.map((name, index) => ({
    title: `Change to "${name}"`,
    edits: [replaceScalar(source, span, name)],
    ...(index === 0 ? { preferred: true } : {}),
  }));
}

/** Removes a list item: a role, a team, a suppression or a whole mapping. */
export function remove(source: Source, title: string, item: Span, more: Partial<SourceFix> = {}): readonly SourceFix[] {
  const edit = removeItem(source, item);
  return edit ? [{ title, edits: [edit], ...more }] : [];
}

/** Adds a key to a mapping; `value` is YAML text and may be empty, for a person to fill in. */
export function addToMapping(
  source: Source,
  mapping: Mapping,
  title: string,
  key: string,
  value: string,
): readonly SourceFix[] {
  const edit = insertEntry(source, mapping.span, key, value, MAPPING_KEYS);
  return edit ? [{ title, edits: [edit] }] : [];
}

/** The same for a suppression (an entry of `allow`). */
export function addToSuppression(
  source: Source,
  suppression: Suppression,
  title: string,
  key: string,
  value: string,
): readonly SourceFix[] {
  const edit = insertEntry(source, suppression.span, key, value, SUPPRESSION_KEYS);
  return edit ? [{ title, edits: [edit] }] : [];
}

/** `; did you mean "…"?` or another way out. */
export function hint(names: readonly string[], otherwise: string): string {
  const [best] = names;
  return best === undefined ? `; ${otherwise}` : `; did you mean "${best}"?`;
}
