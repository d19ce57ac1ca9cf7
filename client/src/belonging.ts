/**
 * Whether the file in front is checked at all, beside the name of its language: what lies outside of the window's projects,
 * or on no disk, has no findings, and would pass for right.
 */

import { type Disposable, LanguageStatusSeverity, l10n, languages, type TextDocument, window, workspace } from "vscode";
import type { ProjectStatus } from "../../server/src/lsp/protocol.ts";
import type { Projects } from "./projects.ts";
import { liesIn, projectName } from "./targets.ts";

/** `known` settles when the projects of the window are known. */
export function showBelonging(projects: Projects, known: Promise<void>): Disposable {
  const item = languages.createLanguageStatusItem("accessmap.project", { language: "accessmap" });
  item.name = l10n.t("Project");
  item.text = l10n.t("Looking for its project");
  item.busy = true;
  const update = () => {
    const document = window.activeTextEditor?.document;
    if (item.busy || document?.languageId !== "accessmap") return;
    const project = projectOf(document, projects.all());
    item.severity = project ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
    item.text = project ? projectName(project.folder) : l10n.t("Not checked");
    item.detail = project ? l10n.t("the project it belongs to") : whyNot(document);
  };
  known.then(
    () => {
      item.busy = false;
      update();
    },
    () => {},
  );
  const subscriptions = [
    item,
    projects.onDidChange(update),
    window.onDidChangeActiveTextEditor(update),
    // Also when somebody gives the file in front another language.
    workspace.onDidOpenTextDocument(update),
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** The innermost one whose folder the file lies in. */
export function projectOf(
  { uri }: Pick<TextDocument, "uri">,
  projects: readonly ProjectStatus[],
): ProjectStatus | undefined {
  return projects.filter(({ folder }) => liesIn(uri, folder)).toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

function whyNot({ uri }: TextDocument): string {
  return uri.scheme === "file"
    ? l10n.t("no accessmap.yaml of this window that names a system covers it")
    : l10n.t("only files on disk are checked");
}
