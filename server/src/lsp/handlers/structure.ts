/** `textDocument/foldingRange` and `textDocument/selectionRange`. */

import {
  type FoldingRange,
  FoldingRangeKind,
  type FoldingRangeParams,
  type SelectionRange,
  type SelectionRangeParams,
} from "vscode-languageserver";
import { treeIn } from "../../core/analysis/snapshot.ts";
import { foldsOf } from "../../core/features/folding.ts";
import { selectionsAt } from "../../core/features/selection.ts";
import { questionAbout, type Session } from "../session.ts";

/** First and last line of each fold, counted from 0. */
export async function onFoldingRanges(session: Session, { textDocument }: FoldingRangeParams): Promise<FoldingRange[]> {
  const question = await questionAbout(session, textDocument.uri);
  const tree = question && treeIn(question.snapshot, question.file);
  if (!tree) return [];
  return foldsOf(tree).map(({ first, last, kind }) => ({
    startLine: first,
    endLine: last,
    ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}),
  }));
}

/** For each position the stretches around it, from the innermost outwards. */
export async function onSelectionRanges(
  session: Session,
  { textDocument, positions }: SelectionRangeParams,
): Promise<SelectionRange[]> {
  const question = await questionAbout(session, textDocument.uri);
  const tree = question && treeIn(question.snapshot, question.file);
  if (!tree) return [];
  const lines = question.project.lines(question.file);
  return positions.map((position) => {
    const spans = selectionsAt(tree, question.document.offsetAt(position));
    const nested = spans.reduceRight<SelectionRange | undefined>(
      (parent, span) => ({ range: lines.toRange(span), ...(parent ? { parent } : {}) }),
      undefined,
    );
    // The protocol wants one answer for each position.
    return nested ?? { range: { start: position, end: position } };
  });
}
