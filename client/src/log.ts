/** The extension's log in the Output panel: what was asked and how it went, never a secret. */

import { type Extension, env, type LogOutputChannel, version, window, workspace } from "vscode";
import { messageOf } from "../../server/src/core/model/thrown.ts";
import { redactText } from "../../server/src/http/redact.ts";
import { Advice } from "./advice.ts";

/** One channel for the extension and the language server, so that a report needs one copy. It begins with where it is from. */
export function openLog(extension: Extension<unknown>): LogOutputChannel {
  const log = window.createOutputChannel("accessmap", { log: true });
  const { node } = process.versions;
  const where = [`${process.platform}-${process.arch}`, env.remoteName ?? "local"].join(", ");
  const trust = workspace.isTrusted ? "trusted" : "untrusted";
  log.info(
    `accessmap ${extension.packageJSON.version}, VS Code ${version}, Node ${node}, ${where}, workspace ${trust}`,
  );
  return log;
}

/** Message of anything thrown, on one line and without secrets. */
export function describeError(error: unknown): string {
  if (error instanceof Advice) return error.message;
  return redactText(messageOf(error));
}
