/**
 * `textDocument/formatting` and `textDocument/rangeFormatting`; the editor's indentation settings do not count, for order and
 * form are the format's own.
 */

import type { DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit } from "vscode-languageserver";
import { format } from "../../core/features/formatting.ts";
import { questionAbout, type Session } from "../session.ts";

/** The whole file, or what a selection touches. No edit at all where the text cannot be read to its end. */
export async function onFormatting(
  session: Session,
  { textDocument, range }: DocumentFormattingParams & Partial<Pick<DocumentRangeFormattingParams, "range">>,
): Promise<TextEdit[]> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return [];
  const { document, file, text } = question;
  const selection = range && { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  return format(file, text, selection).map(({ span, text: newText }) => ({
    range: { start: document.positionAt(span.start), end: document.positionAt(span.end) },
    newText,
  }));
}
