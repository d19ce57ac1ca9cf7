/** *New Project*: asks what `accessmap init` asks, and writes accessmap.yaml and a first mapping file. */

import { basename } from "node:path";
import { commands, l10n, Uri, window, workspace } from "vscode";
import {
  type NewProjectParams,
  type NewProjectQuestion,
  type NewProjectResult,
  newProjectRequest,
} from "../../server/src/lsp/protocol.ts";
import type { Dialogs } from "./dialogs.ts";
import { MISNAMED, PROJECT_FILE, sayMisnamed } from "./projectFile.ts";
import type { Server } from "./server/languageClient.ts";
import type { AskStep } from "./steps.ts";
import { markDone } from "./walkthrough.ts";

export interface NewProjectTools {
  readonly server: Pick<Server, "request">;
  readonly dialogs: Dialogs;
  readonly askStep: AskStep;
  readonly ready: () => Promise<void>;
}

type Answers = (readonly [key: string, answer: string])[];
type Files = NewProjectResult["files"];

/**
 * Writes into an empty place alone: a project that is there is opened and left as it is. Opening another folder ends
 * this extension host, so nothing follows it.
 */
export async function newProject(tools: NewProjectTools): Promise<void> {
  const { dialogs } = tools;
  await tools.ready();
  const folder = await chooseFolder(dialogs);
  if (!folder) return;
  const project = Uri.joinPath(folder, PROJECT_FILE);
  if (await exists(project)) {
    await window.showTextDocument(project);
    dialogs.tell("info", l10n.t("There is an accessmap.yaml in this folder already; it was left as it is."));
    return;
  }
  const misnamed = Uri.joinPath(folder, MISNAMED);
  if (await exists(misnamed)) {
    await window.showTextDocument(misnamed);
    dialogs.tell("info", sayMisnamed(misnamed));
    return;
  }
  const files = await askAll(tools, basename(folder.fsPath));
  if (!files) return;
  await writeNew(folder, files);
  markDone("begun");
  const isOpen = workspace.getWorkspaceFolder(folder) !== undefined;
  if (!isOpen) {
    await commands.executeCommand("vscode.openFolder", folder);
    return;
  }
  await window.showTextDocument(project, { preview: false });
  dialogs.tell("info", l10n.t("The project is there. Sign in, then import what is live now into mapping files."), {
    [l10n.t("Sign In")]: "accessmap.signIn",
    [l10n.t("Import Current Access")]: "accessmap.importAccess",
  });
}

/** The files, once every question has an answer; undefined when dismissed. */
export async function askAll(
  { server, askStep }: Pick<NewProjectTools, "server" | "askStep">,
  folder: string,
): Promise<Files | undefined> {
  const answers: Answers = [];
  for (;;) {
    const params: NewProjectParams = { folder, answers };
    const { question, files } = await server.request(newProjectRequest, params);
    if (!question) return files;
    const answer = await askStep(toStep(question, answers.length + 1));
    if (answer === undefined) return undefined;
    if (answer === "back") answers.pop();
    else answers.push([question.key, answer.answer]);
  }
}

function toStep({ text, choices, suggestion, pattern, example }: NewProjectQuestion, number: number) {
  const fits = pattern === undefined ? undefined : new RegExp(pattern);
  return {
    title: l10n.t("New Project"),
    number,
    prompt: text,
    refuse(answer: string) {
      if (answer === "") return suggestion === "" ? undefined : l10n.t("Something like {0}", example ?? "");
      return fits && !fits.test(answer) ? l10n.t("Something like {0}", example ?? "") : undefined;
    },
    ...(choices && { choices }),
    ...(suggestion !== undefined && { suggestion }),
    ...(example !== undefined && { example }),
  };
}

async function chooseFolder(dialogs: Dialogs): Promise<Uri | undefined> {
  const open = workspace.workspaceFolders ?? [];
  if (open.length > 1) {
    const rows = open.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }));
    return (await dialogs.pick(l10n.t("New Project: in which folder?"), rows))?.uri;
  }
  const [only] = open;
  return only ? only.uri : dialogs.chooseFolder(l10n.t("New Project: choose a folder in git"));
}

/** Files that are there are left alone. */
async function writeNew(folder: Uri, files: Files): Promise<void> {
  for (const [path, text] of files) {
    const uri = Uri.joinPath(folder, path);
    if (!(await exists(uri))) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
}

function exists(uri: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}
