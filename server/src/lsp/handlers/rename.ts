/** `textDocument/prepareRename` and `textDocument/rename`; a refusal is an error whose words the editor shows. */

import type { PrepareRenameParams, Range, RenameParams, WorkspaceEdit } from "vscode-languageserver";
import { prepareRename, renameAt } from "../../core/features/rename.ts";
import { toWorkspaceEdit } from "../convert.ts";
import { failed } from "../guard.ts";
import { questionAbout, type Session } from "../session.ts";

/** The range and name that would be changed; null outside of any project. */
export async function onPrepareRename(
  session: Session,
  { textDocument, position }: PrepareRenameParams,
): Promise<{ range: Range; placeholder: string } | null> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return null;
  const { snapshot, file, document, project } = question;
  const found = prepareRename(snapshot, file, document.offsetAt(position));
  if ("refused" in found) throw failed(found.refused);
  return { range: project.lines(file).toRange(found.span), placeholder: found.name };
}

/** Edits in all files of the project that use the name. */
export async function onRename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): Promise<WorkspaceEdit | null> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return null;
  const { snapshot, file, document, project } = question;
  const renamed = renameAt(snapshot, file, document.offsetAt(position), newName);
  if ("refused" in renamed) throw failed(renamed.refused);
  return toWorkspaceEdit(renamed.edits, project, session.client.versionedEdits);
}
