/** What the tests share: the sample project, waiting for an event, the sandbox behind the scenes. */

import { join } from "node:path";
import {
  type CodeAction,
  type CompletionList,
  commands,
  type Diagnostic,
  extensions,
  type Hover,
  languages,
  type Position,
  type Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import type { ExtensionApi } from "../../../client/src/extension.ts";

const LIMIT = 25_000;

/** Waits until `look` answers something. `describe` says, for the failure, what there was instead. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false,
  describe: () => unknown = () => undefined,
  limit = LIMIT,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > end)
      throw new Error(`waited ${limit / 1000} s for ${what}; there is ${JSON.stringify(describe())}`);
    await new Promise((again) => setTimeout(again, 50));
  }
}

export async function activate(): Promise<ExtensionApi> {
  const extension = extensions.getExtension<ExtensionApi>("accessmap.accessmap");
  if (!extension) throw new Error("the extension is not installed");
  const api = await extension.activate();
  api.dialogs.tell = (kind, message) => log(`${kind}: ${message}`);
  return api;
}

/** All systems of the project read and nothing failed. */
export async function untilRead(api: ExtensionApi, limit?: number): Promise<void> {
  const isRead = () => {
    const systems = api.projects.systems();
    return systems.length > 0 && systems.every((system) => system.state === "fresh");
  };
  await until("fresh systems", isRead, () => api.projects.all(), limit);
}

export function samplePath(file: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return Uri.file(join(folder.uri.fsPath, file));
}

/** Opens a file as a person does. `workspace.openTextDocument` would keep it open for minutes after its tab is closed. */
export async function openFile(file: string): Promise<TextDocument> {
  const uri = samplePath(file);
  await commands.executeCommand("vscode.open", uri);
  return until(`${file} to open`, () => {
    const document = window.activeTextEditor?.document;
    return document?.uri.path === uri.path && document;
  });
}

/** A new file of the project with this text, saved. */
export async function writeFile(file: string, text: string): Promise<TextDocument> {
  await workspace.fs.writeFile(samplePath(file), Buffer.from(text));
  return openFile(file);
}

/** Without a question about unsaved text, and whether or not there is such a file. */
export async function closeAndDelete(file: string): Promise<void> {
  const { path } = samplePath(file);
  await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await until(`${file} to close`, () => workspace.textDocuments.every((document) => document.uri.path !== path));
  await workspace.fs.delete(samplePath(file)).then(undefined, () => {});
}

export function findings(document: TextDocument): readonly Diagnostic[] {
  return languages.getDiagnostics(document.uri);
}

/** Rule id of a finding. */
export function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Where a text first stands, a few characters into it. */
export function within(document: TextDocument, text: string, offset = 1): Position {
  const index = document.getText().indexOf(text);
  if (index < 0) throw new Error(`"${text}" is not in ${document.uri.path}`);
  return document.positionAt(index + offset);
}

export function hoversAt({ uri }: TextDocument, position: Position): Thenable<readonly Hover[]> {
  return commands.executeCommand<Hover[]>("vscode.executeHoverProvider", uri, position);
}

export async function hoverAt(document: TextDocument, position: Position): Promise<string> {
  return (await hoversAt(document, position))
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

export async function completionsAt(document: TextDocument, position: Position): Promise<readonly string[]> {
  const list = await commands.executeCommand<CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

export async function quickFixes(document: TextDocument, range: Range): Promise<readonly CodeAction[]> {
  return commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range, "quickfix");
}

/** The sandbox's back door for tests: at a server that goes on when those of Okta and Datadog are down. */
function backDoor(path: string): string {
  const routes = JSON.parse(process.env.ACCESSMAP_LOOPBACK ?? "{}") as Record<string, string>;
  const origin = routes["https://login.microsoftonline.com"];
  if (!origin) throw new Error("ACCESSMAP_LOOPBACK has no route for Microsoft's login");
  return `${origin}/__sandbox/${path}`;
}

/** Everything the sandbox holds, as text to compare. */
export async function sandboxState(): Promise<string> {
  return (await fetch(backDoor("state"))).text();
}

export async function injectFault(fault: object): Promise<void> {
  const response = await fetch(backDoor("faults"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
}

export async function clearFaults(): Promise<void> {
  await fetch(backDoor("faults"), { method: "DELETE" });
}

/** A line of the run's own output; the runner shows lines with this mark. */
export function log(text: string): void {
  console.log(`[accessmap] ${text}`);
}
