/** The questions that stand between a person and a change, in one place so that tests can answer them. */

import { type QuickPickItem, window } from "vscode";

export interface Dialogs {
  /** A modal warning; true when its button was pressed. */
  confirm(title: string, detail: string, button: string): Promise<boolean>;
  /** One of several; undefined when dismissed. */
  pick<Item extends QuickPickItem>(title: string, items: readonly Item[]): Promise<Item | undefined>;
  /** Text that is not shown while it is typed; undefined when dismissed. */
  askSecret(title: string, prompt: string): Promise<string | undefined>;
}

export const dialogs: Dialogs = {
  confirm: async (title, detail, button) =>
    (await window.showWarningMessage(title, { modal: true, detail }, button)) === button,
  pick: async (title, items) => window.showQuickPick(items, { title, matchOnDescription: true }),
  async askSecret(title, prompt) {
    const text = await window.showInputBox({ title, prompt, password: true, ignoreFocusOut: true, validateInput });
    return text?.trim();
  },
};

function validateInput(text: string): string | undefined {
  return /^\s*[\x21-\x7e]+\s*$/.test(text) ? undefined : "Paste it without spaces inside";
}
