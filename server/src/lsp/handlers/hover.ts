/** `textDocument/hover`. */

import type { Hover, HoverParams } from "vscode-languageserver";
import { hover } from "../../core/features/hover.ts";
import { toMarkup } from "../convert.ts";
import { questionAbout, type Session } from "../session.ts";

/** Null where there is nothing to say. */
export async function onHover(session: Session, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return null;
  const { document, file, snapshot, text } = question;
  const found = hover(snapshot, file, text, document.offsetAt(position));
  if (!found) return null;
  const { start, end } = found.span;
  return {
    contents: toMarkup(found.markdown, session.client),
    range: { start: document.positionAt(start), end: document.positionAt(end) },
  };
}
