/**
 * Files of ours that the editor takes for something else, because a setting such as `"files.associations": {"*.yaml":
 * "yaml"}` stands above what extensions say: nothing is checked there, and whoever looks at them thinks that nothing is wrong.
 */

import { ConfigurationTarget, type Disposable, l10n, type TextDocument, workspace } from "vscode";
import type { Dialogs } from "./dialogs.ts";

/** Runs on the message's button. */
export const ASSOCIATE_COMMAND = "accessmap.associate";

/** Patterns of the manifest's language, which win over shorter ones. */
const ASSOCIATIONS = {
  "*.accessmap.yaml": "accessmap",
  "*.accessmap.yml": "accessmap",
  "accessmap.yaml": "accessmap",
  "accessmap.yml": "accessmap",
};

/** Says so once for a window. */
export function watchOtherLanguages(dialogs: Dialogs): Disposable {
  const look = (document: TextDocument) => {
    if (!isTakenForAnother(document)) return;
    subscription.dispose();
    const file = workspace.asRelativePath(document.uri);
    dialogs.tell(
      "warning",
      l10n.t("{0} is not checked: a setting of the editor takes it for {1}.", file, document.languageId),
      { [l10n.t("Let accessmap Check It")]: ASSOCIATE_COMMAND },
    );
  };
  const subscription = workspace.onDidOpenTextDocument(look);
  const first = workspace.textDocuments.find(isTakenForAnother);
  if (first) look(first);
  return subscription;
}

/** Writes the more exact association into the settings of the workspace, beside those that are there. */
export async function associate(): Promise<void> {
  const files = workspace.getConfiguration("files");
  const kept = files.inspect<Readonly<Record<string, string>>>("associations")?.workspaceValue ?? {};
  await files.update("associations", { ...kept, ...ASSOCIATIONS }, ConfigurationTarget.Workspace);
}

/** Plain text may be a matter of a moment: so a file begins whose language is not known yet. */
export function isTakenForAnother({ uri, languageId }: Pick<TextDocument, "uri" | "languageId">): boolean {
  if (uri.scheme !== "file" || languageId === "accessmap" || languageId === "plaintext") return false;
  return /(?:^|\/)(?:[^/]+\.)?accessmap\.ya?ml$/.test(uri.path);
}
