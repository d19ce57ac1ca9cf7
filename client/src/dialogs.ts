/** What a person is told and asked, in one place so that tests can listen and answer. */

import { commands, type QuickPickItem, window } from "vscode";

/** Buttons of a message: what they say, and the command each runs. */
export type Actions = Readonly<Record<string, string>>;

export interface Dialogs {
  /** A notification. Returns at once; a button that is pressed later runs its command. */
  tell(kind: "info" | "warning" | "error", message: string, actions?: Actions): void;
  /** A modal warning; true when its button was pressed. */
  confirm(title: string, detail: string, button: string): Promise<boolean>;
  /** One of several; undefined when dismissed. */
  pick<Item extends QuickPickItem>(title: string, items: readonly Item[]): Promise<Item | undefined>;
  /** A word without spaces; a secret is not shown while it is typed. Undefined when dismissed. */
  askWord(title: string, prompt: string, isSecret: boolean): Promise<string | undefined>;
}

export const dialogs: Dialogs = {
  tell(kind, message, actions = {}) {
    const show = {
      info: window.showInformationMessage,
      warning: window.showWarningMessage,
      error: window.showErrorMessage,
    }[kind];
    void show<string>(message, ...Object.keys(actions)).then((button) => {
      const command = actions[button ?? ""];
      if (command !== undefined) void commands.executeCommand(command);
    });
  },
  confirm: async (title, detail, button) =>
    (await window.showWarningMessage(title, { modal: true, detail }, button)) === button,
  pick: async (title, items) => window.showQuickPick(items, { title, matchOnDescription: true }),
  async askWord(title, prompt, isSecret) {
    const text = await window.showInputBox({ title, prompt, password: isSecret, ignoreFocusOut: true, validateInput });
    return text?.trim();
  },
};

function validateInput(text: string): string | undefined {
  return /^\s*[\x21-\x7e]+\s*$/.test(text) ? undefined : "Paste it without spaces inside";
}
