/** `textDocument/inlayHint` and `textDocument/documentLink`: what stands beside the text and behind it. */

import type { DocumentLink, DocumentLinkParams, InlayHint, InlayHintParams } from "vscode-languageserver";
import { documentLinks } from "../../core/features/documentLinks.ts";
import { inlayHints } from "../../core/features/inlayHints.ts";
import { printable } from "../../core/model/printable.ts";
import { questionAbout, type Session } from "../session.ts";

/** Hints within the range alone, so that a long file costs what is on the screen. */
export async function onInlayHint(session: Session, { textDocument, range }: InlayHintParams): Promise<InlayHint[]> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return [];
  const { document, project, file, snapshot } = question;
  const lines = project.lines(file);
  const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  return inlayHints(snapshot, file, span).map(({ offset, label, tooltip }) => ({
    position: lines.toPosition(offset),
    label: printable(label),
    tooltip,
    paddingLeft: true,
  }));
}

/** Links to the vendors' own pages of what the file names. */
export async function onDocumentLinks(session: Session, { textDocument }: DocumentLinkParams): Promise<DocumentLink[]> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return [];
  const lines = question.project.lines(question.file);
  return documentLinks(question.snapshot, question.file).map(({ span, url, tooltip }) => ({
    range: lines.toRange(span),
    target: url,
    tooltip,
  }));
}
