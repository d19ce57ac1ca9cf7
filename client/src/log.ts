/** The extension's log in the Output panel: what was asked and how it went, never a secret. */

import { type LogOutputChannel, window } from "vscode";
import { redactText } from "../../server/src/http/redact.ts";
import { Advice } from "./advice.ts";

/** One channel for the extension and the language server, so that a report needs one copy. */
export function openLog(): LogOutputChannel {
  return window.createOutputChannel("accessmap", { log: true });
}

/** Message of anything thrown, on one line and without secrets. */
export function describeError(error: unknown): string {
  if (error instanceof Advice) return error.message;
  return redactText(error instanceof Error ? error.message : String(error));
}
