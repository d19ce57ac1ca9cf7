/** Which steps of the walkthrough are done: by what came of them, since a command may be refused or called off. */

import { commands } from "vscode";

/** Context keys that the manifest's completion events look for. */
const KEYS = {
  planned: "accessmap.hasPlanned",
  synced: "accessmap.hasSynced",
  begun: "accessmap.hasBegun",
  signedIn: "accessmap.hasSignedIn",
  imported: "accessmap.hasImported",
} as const;

/** The editor remembers it in all windows. */
export function markDone(step: keyof typeof KEYS): void {
  void commands.executeCommand("setContext", KEYS[step], true);
}
