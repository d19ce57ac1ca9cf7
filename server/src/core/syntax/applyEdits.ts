/** Edits of a text, applied at once. */

import type { Edit } from "../model/problem.ts";

/**
 * The text after edits whose spans all count in it as it was. Edits at one place keep their order. None may overlap: that
 * is a mistake of whoever made them, and throws.
 */
export function applyEdits(text: string, edits: readonly Omit<Edit, "file">[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: put } of sorted) {
    if (span.start < at) throw new Error(`edits overlap at ${span.start}`);
    parts.push(text.slice(at, span.start), put);
    at = span.end;
  }
  return parts.join("") + text.slice(at);
}
