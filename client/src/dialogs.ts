/** What a person is told and asked, in one place so that tests can listen and answer. */

import { commands, l10n, type QuickPickItem, type Uri, window, workspace } from "vscode";

/** Buttons of a message: what they say, and the command each runs, with what it is about. */
export type Actions = Readonly<Record<string, string | readonly [command: string, argument: unknown]>>;

/** Names that fit a text. */
export type FindNames = (text: string) => Promise<readonly { readonly name: string; readonly detail: string }[]>;

export interface Dialogs {
  /** A notification. Returns at once; a button that is pressed later runs its command. */
  tell(kind: "info" | "warning" | "error", message: string, actions?: Actions): void;
  /** A modal warning; true when its button was pressed. */
  confirm(title: string, detail: string, button: string): Promise<boolean>;
  /** One of several; undefined when dismissed. */
  pick<Item extends QuickPickItem>(title: string, items: readonly Item[]): Promise<Item | undefined>;
  /** A name from a list that follows what is typed, or the text itself where nothing fits. Undefined when dismissed. */
  askName(title: string, prompt: string, find: FindNames): Promise<string | undefined>;
  /** A word without spaces; a secret is not shown while it is typed. Undefined when dismissed. */
  askWord(title: string, prompt: string, isSecret: boolean): Promise<string | undefined>;
  /** A key, not shown while it is pasted; `refuse` says what is wrong with it. Undefined when dismissed. */
  askKey(title: string, prompt: string, refuse: (text: string) => string | undefined): Promise<string | undefined>;
  /** A folder on this machine; undefined when dismissed. */
  chooseFolder(title: string): Promise<Uri | undefined>;
  /** The text of a file; `filters` as in the editor's file dialog. Undefined when dismissed. Rejects for what is no small file. */
  chooseText(title: string, filters: Readonly<Record<string, string[]>>): Promise<string | undefined>;
  /** Path of a file to be written. Undefined when dismissed. Rejects for a place that is not on this machine's disk. */
  choosePath(title: string, proposal: Uri, filters: Readonly<Record<string, string[]>>): Promise<string | undefined>;
}

export const dialogs: Dialogs = {
  tell(kind, message, actions = {}) {
    const show = {
      info: window.showInformationMessage,
      warning: window.showWarningMessage,
      error: window.showErrorMessage,
    }[kind];
    void show<string>(message, ...Object.keys(actions)).then((button) => {
      const [command, ...about] = [actions[button ?? ""] ?? []].flat() as [string?, ...unknown[]];
      if (command !== undefined) void commands.executeCommand(command, ...about);
    });
  },
  confirm: async (title, detail, button) =>
    (await window.showWarningMessage(title, { modal: true, detail }, button)) === button,
  pick: async (title, items) => window.showQuickPick(items, { title, matchOnDescription: true }),
  askName,
  async askWord(title, prompt, isSecret) {
    const text = await window.showInputBox({ title, prompt, password: isSecret, ignoreFocusOut: true, validateInput });
    return text?.trim();
  },
  async askKey(title, prompt, refuse) {
    const options = { title, prompt, password: true, ignoreFocusOut: true, validateInput: refuse };
    return (await window.showInputBox(options))?.trim();
  },
  async chooseFolder(title) {
    const options = {
      title,
      canSelectFolders: true,
      canSelectFiles: false,
      canSelectMany: false,
      openLabel: l10n.t("Use"),
    };
    return (await window.showOpenDialog(options))?.[0];
  },
  async chooseText(title, filters) {
    const [file] =
      (await window.showOpenDialog({ title, filters, canSelectMany: false, openLabel: l10n.t("Use") })) ?? [];
    if (!file) return undefined;
    if ((await workspace.fs.stat(file)).size > LARGEST_KEY)
      throw new Error(l10n.t("This file is too large for a key."));
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  },
  async choosePath(title, proposal, filters) {
    const file = await window.showSaveDialog({ title, filters, defaultUri: proposal });
    if (file && file.scheme !== "file") throw new Error(l10n.t("Nothing can be saved to {0}: files.", file.scheme));
    return file?.fsPath;
  },
};

function askName(title: string, prompt: string, find: FindNames): Promise<string | undefined> {
  const picker = window.createQuickPick();
  picker.title = title;
  picker.placeholder = prompt;
  picker.ignoreFocusOut = true;
  // The server has judged already what fits.
  picker.matchOnDescription = true;
  let asked = 0;
  async function look(text: string): Promise<void> {
    const own = ++asked;
    picker.busy = true;
    const found = await find(text).catch(() => []);
    if (own !== asked) return;
    picker.busy = false;
    picker.items = found.map(({ name, detail }) => ({ label: name, description: detail }));
  }
  return new Promise((resolve) => {
    let chosen: string | undefined;
    picker.onDidChangeValue((text) => void look(text));
    picker.onDidAccept(() => {
      chosen = picker.activeItems[0]?.label ?? (picker.value.trim() || undefined);
      picker.hide();
    });
    picker.onDidHide(() => {
      picker.dispose();
      resolve(chosen);
    });
    picker.show();
    void look("");
  });
}

/** Bytes. Key files have some 2,400. */
const LARGEST_KEY = 64 * 1024;

function validateInput(text: string): string | undefined {
  return /^\s*[\x21-\x7e]+\s*$/.test(text) ? undefined : l10n.t("Paste it without spaces inside");
}
