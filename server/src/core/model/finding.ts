/** A finding where it was made: its spans count in sources, so that an edit elsewhere in the file leaves it as it is. */

import type { Edit, Fix, Holding, Problem, Severity } from "./problem.ts";
import type { Place, Source, Span, Spot } from "./text.ts";
import type { Instant } from "./time.ts";

/** An edit of a source. */
export interface SourceEdit extends Spot {
  readonly text: string;
  /** Takes out the whole entry that the source stands for; with the only one its list goes too. */
  readonly removesEntry?: true;
}

export type SourceFix = Fix<SourceEdit>;

/** See `Problem`, which is the same in the coordinates of whole files. */
export interface Finding extends Spot {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fixes: readonly SourceFix[];
  readonly related: readonly (Spot & { readonly message: string })[];
  /** See `Problem`. */
  readonly about?: readonly Holding[];
  /** See `Problem`. */
  readonly inherited?: true;
  readonly asOf?: Instant;
}

/** Offset at which a source starts in its file. */
export type StartOf = (source: Source) => number;

/** `editOf` may know better what an edit means in the whole file. */
export function toProblem(finding: Finding, startOf: StartOf, editOf = toEdit): Problem {
  const { rule, severity, message, asOf, about, inherited } = finding;
  return {
    rule,
    severity,
    place: toPlace(finding, startOf),
    message,
    fixes: finding.fixes.map((fix): Fix => ({ ...fix, edits: fix.edits.map((edit) => editOf(edit, startOf)) })),
    related: finding.related.map((related) => ({ place: toPlace(related, startOf), message: related.message })),
    ...(about ? { about } : {}),
    ...(inherited ? { inherited } : {}),
    ...(asOf === undefined ? {} : { asOf }),
  };
}

/** The edit in its file. */
export function toEdit(edit: SourceEdit, startOf: StartOf): Edit {
  return { ...toPlace(edit, startOf), text: edit.text };
}

function toPlace({ source, span }: Spot, startOf: StartOf): Place {
  return { file: source.file, span: shift(span, startOf(source)) };
}

/** The span moved by so many characters. */
export function shift({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
