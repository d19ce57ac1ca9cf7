/** What a command that needs a system says in a window without one: there is no project, or one that names no system. */

import { l10n, type Uri, workspace } from "vscode";
import type { Actions, Dialogs } from "./dialogs.ts";
import { MISNAMED, PROJECT_FILE, sayMisnamed } from "./projectFile.ts";

/** A project file that cannot be read names nothing either; *New Project* would only say that it is there already. */
export async function tellNoSystem(dialogs: Pick<Dialogs, "tell">): Promise<void> {
  const tell = (why: string, begin: Actions) =>
    dialogs.tell("info", why, { ...begin, [l10n.t("Open Sample Workspace")]: "accessmap.openSample" });
  const open = (file: Uri): Actions => ({ [l10n.t("Open File")]: ["vscode.open", file] });
  const file = await find(PROJECT_FILE);
  if (file) {
    const path = workspace.asRelativePath(file);
    return tell(l10n.t("{0} names no system, or cannot be read. See what is wrong with it.", path), open(file));
  }
  const misnamed = await find(MISNAMED);
  if (misnamed) return tell(sayMisnamed(misnamed), open(misnamed));
  tell(l10n.t("No folder of this window has an accessmap.yaml. Begin a project, or try the sample."), {
    [l10n.t("New Project")]: "accessmap.newProject",
  });
}

async function find(name: string): Promise<Uri | undefined> {
  return (await workspace.findFiles(`**/${name}`, "**/node_modules/**", 1))[0];
}
