/** `accessmap format`: keys in the format's order and tidy blanks, as the editor formats; what a file says stays the same. */

import { format as formatText } from "../core/features/formatting.ts";
import { applyEdits } from "../core/syntax/edit.ts";
import { isMappingFile, PROJECT_FILE } from "../workspace/discover.ts";
import { chooser } from "./support/collect.ts";
import { EXIT } from "./support/exit.ts";
import { openProject, type ProjectOptions } from "./support/project.ts";
import { type RewriteOptions, rewrite } from "./support/rewrite.ts";
import type { Terminal } from "./support/terminal.ts";

export interface FormatOptions extends ProjectOptions, RewriteOptions {}

/** Files with form errors are left alone. */
export async function format(paths: readonly string[], options: FormatOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject({ ...options, live: false }, terminal);
  const isWanted = chooser(workspace, paths);
  const before = workspace.texts();
  const after = [...before]
    .filter(([file]) => isWanted(file) && (file === PROJECT_FILE || isMappingFile(file)))
    .map(([file, text]) => [file, applyEdits(text, formatText(file, text))] as const);
  const code = await rewrite(workspace, before, new Map(after), options, terminal);
  const unreadable = workspace.unreadable();
  for (const { file, message } of unreadable) terminal.note(`${file} ${message}`);
  return unreadable.length > 0 ? EXIT.usage : code;
}
