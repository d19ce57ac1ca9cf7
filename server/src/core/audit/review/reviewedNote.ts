/** Who reviewed an entry, when, and with what result: a comment above it. A later review replaces it. */

import type { Edit } from "../../model/problem.ts";
import { columnOf, newlineOf } from "../../syntax/lines.ts";
import type { Decision } from "./decisions.ts";
import { newEnd } from "./edits.ts";

const MARK = /^[ \t]*# Reviewed (\d{4}-\d{2}-\d{2}) by (.*?): (.*)$/;

/**
 * Adds what was decided to the comment above the entry that begins at `at`, behind its dash. An entry inside `[ ]` has no
 * line of its own and gets none. What the comment says already is not said twice.
 */
export function reviewedNote(text: string, at: number, decision: Decision): Pick<Edit, "span" | "text"> | undefined {
  const start = at - columnOf(text, at);
  const indent = /^([ \t]*)-[ \t]+$/.exec(text.slice(start, at))?.[1];
  if (indent === undefined) return undefined;
  const { from, notes } = notesAbove(text, start);
  const { date, reviewer } = decision;
  const own = notes.find((note) => note.date === date && note.reviewer === reviewer);
  const clause = describe(decision);
  if (own?.result.split("; ").includes(clause)) return undefined;
  const result = own ? `${own.result}; ${clause}` : clause;
  const others = notes.filter((note) => note.date === date && note !== own);
  const lines = [...others, { date, reviewer, result }].map(
    (note) => `${indent}# Reviewed ${note.date} by ${note.reviewer}: ${note.result}${newlineOf(text)}`,
  );
  return { span: { start: from, end: start }, text: lines.join("") };
}

/** Takes the comments above an entry away, which goes: they would stand above the next one. */
export function withoutNotes(text: string, at: number): Pick<Edit, "span" | "text"> | undefined {
  const start = at - columnOf(text, at);
  const { from, notes } = notesAbove(text, start);
  return notes.length > 0 ? { span: { start: from, end: start }, text: "" } : undefined;
}

interface Note {
  readonly date: string;
  readonly reviewer: string;
  readonly result: string;
}

/** Comments of this kind directly above a line, in their order, and where they begin. */
function notesAbove(text: string, start: number): { readonly from: number; readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  let from = start;
  while (from > 0) {
    const before = text.lastIndexOf("\n", from - 2) + 1;
    const [, date, reviewer, result] = MARK.exec(text.slice(before, from).trimEnd()) ?? [];
    if (date === undefined || reviewer === undefined || result === undefined) break;
    notes.unshift({ date, reviewer, result });
    from = before;
  }
  return { from, notes };
}

function describe(decided: Decision): string {
  const { decision, access, change, comment } = decided;
  const how = newEnd(decided) === undefined ? `to ${change}` : change;
  const what = decision === "change" ? `change ${access} ${how}` : `${decision} ${access}`;
  return comment === "" ? what : `${what} (${comment.replaceAll("; ", ", ")})`;
}
