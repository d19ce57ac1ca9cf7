/** What a command is about: an organization, by the project that names it, and what to call it where two projects name one alike. */

import { relative, sep } from "node:path";
import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { Target } from "../../server/src/lsp/protocol.ts";
import type { Current } from "./current.ts";
import type { Dialogs } from "./dialogs.ts";
import type { Projects } from "./projects.ts";

export type { Target };

/** Lenses, rows and the access map say which organization of which project; menus hand over a document, the palette nothing. */
export function targetIn(argument: unknown): Target | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  const { folder, organization } = argument as Partial<Target>;
  return typeof folder === "string" && typeof organization === "string" ? { folder, organization } : undefined;
}

/** The same for the same organization of the same project. */
export function keyOf({ folder, organization }: Target): string {
  return `${folder}\n${organization}`;
}

/** The one asked for, else the only one, else the one chosen for this window, else whichever the person picks now. */
export async function chooseTarget(
  { projects, dialogs, current }: { readonly projects: Projects; readonly dialogs: Dialogs; readonly current: Current },
  title: string,
  wanted?: Target,
): Promise<Target | undefined> {
  if (wanted) return wanted;
  const targets = organizationsIn(projects).toSorted((a, b) => nearness(b) - nearness(a));
  const chosen = currentOf(targets, current) ?? (targets.length > 1 ? await dialogs.pick(title, targets) : targets[0]);
  return chosen && { folder: chosen.folder, organization: chosen.organization };
}

/** 1 for an organization of the project whose file is in front, which is what most people mean; else 0. */
function nearness({ folder }: Target): number {
  const file = window.activeTextEditor?.document.uri;
  return file && liesIn(file, folder) ? 1 : 0;
}

/** True for a file on disk below the folder. */
export function liesIn({ scheme, fsPath }: Uri, folder: string): boolean {
  return scheme === "file" && fsPath.startsWith(folder + sep);
}

/** Organizations of the window as rows to pick from. */
export function organizationsIn(projects: Projects): readonly (Target & QuickPickItem)[] {
  return projects
    .all()
    .flatMap(({ folder, systems }) =>
      systems
        .filter(({ kind }) => kind === "organization")
        .map(({ name, origin }) => ({ label: name, description: origin, detail: folder, folder, organization: name })),
    );
}

/** The one chosen for this window, if it is still there. */
export function currentOf<T extends Target>(targets: readonly T[], current: Current): T | undefined {
  const chosen = current.get();
  return targets.find(({ folder, organization }) => folder === chosen?.folder && organization === chosen.organization);
}

/** `prod`; `prod (acme-access)` where another project of the window has a `prod` too. */
export function nameOf(projects: Projects, { folder, organization }: Target): string {
  const project = projectOf(projects, { folder, organization });
  return project === undefined ? organization : `${organization} (${project})`;
}

/** A title with the project behind it, where the title alone could mean two organizations. */
export function withProject(projects: Projects, target: Target, title: string): string {
  const project = projectOf(projects, target);
  return project === undefined ? title : l10n.t("{0} of the project {1}", title, project);
}

function projectOf(projects: Projects, { folder, organization }: Target): string | undefined {
  const others = organizationsIn(projects).some(
    (other) => other.organization === organization && other.folder !== folder,
  );
  return others ? projectName(folder) : undefined;
}

/** Name of a project's folder as the window calls it: `acme-access`, `repository/access`. */
export function projectName(folder: string): string {
  const root = workspace.getWorkspaceFolder(Uri.file(folder));
  if (!root) return folder;
  const inside = relative(root.uri.fsPath, folder).split(sep).join("/");
  return inside === "" ? root.name : `${root.name}/${inside}`;
}
