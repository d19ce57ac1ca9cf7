/** Findings of a dry run while the file under them is edited: lines below an edit move, lines that it touches lose theirs. Pure. */

import type { PlanViewNote } from "../../../server/src/lsp/protocol/planView.ts";

/** An edit of whole or parts of lines, counted from 0: `first` to `last` gave way to `lines` line ends. */
export interface LineEdit {
  readonly first: number;
  readonly last: number;
  /** Line ends in the new text. */
  readonly lineEnds: number;
  /** The edit begins at the start of `first` and leaves the rest of `last` as it is. */
  readonly isWholeLines: boolean;
}

/** `edits` do not overlap and count in the text before all of them, as an editor tells them. */
export function moveNotes(notes: readonly PlanViewNote[], edits: readonly LineEdit[]): readonly PlanViewNote[] {
  return notes.flatMap((note): PlanViewNote[] => {
    if (edits.some((edit) => touches(edit, note))) return [];
    const by = edits
      .filter(({ last }) => last <= note.start.line)
      .reduce((sum, { first, last, lineEnds }) => sum + lineEnds - (last - first), 0);
    if (by === 0) return [note];
    const move = ({ line, character }: PlanViewNote["start"]) => ({ line: line + by, character });
    return [{ ...note, start: move(note.start), end: move(note.end) }];
  });
}

/** Whole lines put in above a line, or taken out, leave it as it is. */
function touches({ first, last, isWholeLines }: LineEdit, { start, end }: PlanViewNote): boolean {
  return first <= end.line && (isWholeLines ? last - 1 : last) >= start.line;
}
