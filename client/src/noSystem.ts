/** What a command that needs a system says in a window without one: there is no project, or one that names no system. */

import { l10n, workspace } from "vscode";
import type { Actions, Dialogs } from "./dialogs.ts";

/** A project file that cannot be read names nothing either; *New Project* would only say that it is there already. */
export async function tellNoSystem(dialogs: Pick<Dialogs, "tell">): Promise<void> {
  const [file] = await workspace.findFiles("**/accessmap.yaml", "**/node_modules/**", 1);
  const why = file
    ? l10n.t("{0} names no system, or cannot be read. See what is wrong with it.", workspace.asRelativePath(file))
    : l10n.t("No folder of this window has an accessmap.yaml. Begin a project, or try the sample.");
  const begin: Actions = file
    ? { [l10n.t("Open File")]: ["vscode.open", file] }
    : { [l10n.t("New Project")]: "accessmap.newProject" };
  dialogs.tell("info", why, { ...begin, [l10n.t("Open Sample Workspace")]: "accessmap.openSample" });
}
