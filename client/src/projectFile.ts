/** The project file as the editor finds it, and what people call it by mistake. */

import { l10n, type Uri, workspace } from "vscode";

export const PROJECT_FILE = "accessmap.yaml";

/** Not read by anything; whoever has it has a project all the same, and needs no new one. */
export const MISNAMED = "accessmap.yml";

/** What is said of a file of that name. */
export function sayMisnamed(file: Uri): string {
  return l10n.t(
    "{0} is not read: the project file is called accessmap.yaml. Rename it.",
    workspace.asRelativePath(file),
  );
}
