/** *Import Current Access*: what the live organization gives, written into mapping files that can be looked at and undone. */

import { l10n, Range, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { type ImportParams, type ImportResult, importRequest } from "../../server/src/lsp/protocol.ts";
import type { PlanTools } from "./plan/plans.ts";
import { askWithProgress } from "./server/work.ts";
import { chooseTarget, nameOf } from "./targets.ts";
import { markDone } from "./walkthrough.ts";

/**
 * Undefined when somebody changed their mind, or when the import failed and has said so. Files are changed in the
 * editor and saved, never behind its back.
 */
export async function importAccess(tools: PlanTools): Promise<ImportResult | undefined> {
  const { dialogs, server } = tools;
  const target = await chooseTarget(tools, l10n.t("Import the current access of"));
  if (!target) return undefined;
  const params: ImportParams = target;
  const title = l10n.t("Importing {0}", nameOf(tools.projects, target));
  const result = await askWithProgress(server, title, importRequest, params);
  if (!result) return undefined;
  const [first] = await write(result.files);
  if (first) markDone("imported");
  if (first) await window.showTextDocument(first, { preview: false });
  dialogs.tell(
    "info",
    first ? l10n.t("Imported: {0}. Look at it, then run Dry Run.", result.summary) : `${result.summary}.`,
    first ? { [l10n.t("Dry Run")]: ["accessmap.dryRun", target] } : {},
  );
  return result;
}

/** Through the editor, so that one undo takes it back; saved, so that the next dry run is about it. */
async function write(files: ImportResult["files"]): Promise<readonly Uri[]> {
  const edit = new WorkspaceEdit();
  const uris = files.map(({ uri }) => Uri.parse(uri, true));
  for (const [index, { text, isNew }] of files.entries()) {
    const uri = uris[index] as Uri;
    if (isNew) edit.createFile(uri, { contents: new TextEncoder().encode(text) });
    else {
      const document = await workspace.openTextDocument(uri);
      edit.replace(uri, new Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
    }
  }
  if (!(await workspace.applyEdit(edit))) throw new Error(l10n.t("The editor refused to write the mapping files."));
  for (const document of workspace.textDocuments)
    if (document.isDirty && uris.some((uri) => uri.toString() === document.uri.toString())) await document.save();
  return uris;
}
