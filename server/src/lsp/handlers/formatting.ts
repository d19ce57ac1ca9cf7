/** `textDocument/formatting`; the editor's indentation settings do not count, for order and form are the format's own. */

import type { DocumentFormattingParams, TextEdit } from "vscode-languageserver";
import { format } from "../../core/features/formatting.ts";
import { questionAbout, type Session } from "../session.ts";

export async function onFormatting(session: Session, { textDocument }: DocumentFormattingParams): Promise<TextEdit[]> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return [];
  const { document, file, text } = question;
  return format(file, text).map(({ span, text: newText }) => ({
    range: { start: document.positionAt(span.start), end: document.positionAt(span.end) },
    newText,
  }));
}
