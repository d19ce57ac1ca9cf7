/** Fixes of findings as edits: those that overlap a selection, and all that are safe to apply together. */

import { push } from "../model/maps.ts";
import type { Edit, Fix, Problem } from "../model/problem.ts";
import type { Span } from "../model/text.ts";

export interface CodeAction {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly isPreferred: boolean;
  readonly problem: Problem;
  readonly fix: Fix;
}

/** Fixes of the findings that touch `span`, preferred ones first. `problems` are those of one file. */
export function fixesAt(problems: readonly Problem[], span: Span): readonly CodeAction[] {
  const touched = problems.filter(({ place }) => place.span.start <= span.end && span.start <= place.span.end);
  const actions = touched.flatMap((problem) => problem.fixes.map((fix) => toAction(problem, fix)));
  return [...actions.filter((action) => action.isPreferred), ...actions.filter((action) => !action.isPreferred)];
}

/**
 * The safe fix of every finding that has one: a safe fix cannot change who gets what. Where two would touch the same text
 * the first one wins; the other is still there after the next check.
 */
export function safeFixes(problems: readonly Problem[]): readonly { readonly problem: Problem; readonly fix: Fix }[] {
  const chosen: { problem: Problem; fix: Fix }[] = [];
  const taken = new Map<string, Edit[]>();
  for (const problem of problems) {
    const safe = problem.fixes.filter((fix) => fix.safe);
    const fix = safe.find((candidate) => candidate.preferred) ?? safe[0];
    if (!fix || fix.edits.some((edit) => taken.get(edit.file)?.some((other) => overlaps(edit, other)))) continue;
    chosen.push({ problem, fix });
    for (const edit of fix.edits) push(taken, edit.file, edit);
  }
  return chosen;
}

/** The edits of all safe fixes as one list. */
export function fixAllSafe(problems: readonly Problem[]): readonly Edit[] {
  return safeFixes(problems).flatMap(({ fix }) => fix.edits);
}

function toAction(problem: Problem, fix: Fix): CodeAction {
  return { title: fix.title, edits: fix.edits, isPreferred: fix.preferred === true, problem, fix };
}

/** For edits of one file. Two insertions at one place overlap as well: their order would be a guess. */
function overlaps(a: Edit, b: Edit): boolean {
  const touchesAtPoint = a.span.start === b.span.start;
  return touchesAtPoint || (a.span.start < b.span.end && b.span.start < a.span.end);
}
