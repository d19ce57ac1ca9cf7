/** `textDocument/codeLens`: lines to read; they run nothing. */

import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { codeLenses } from "../../core/features/codeLens.ts";
import { questionAbout, type Session } from "../session.ts";

export async function onCodeLens(session: Session, { textDocument }: CodeLensParams): Promise<CodeLens[]> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return [];
  const lines = question.project.lines(question.file);
  return codeLenses(question.snapshot, question.file).map(({ span, title }) => ({
    range: lines.toRange(span),
    command: { title, command: "" },
  }));
}
