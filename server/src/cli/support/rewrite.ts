/** Writes new texts of a project's files, or shows them as a diff and writes nothing. */

import { lstat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createTwoFilesPatch } from "diff"; // diff: the usual line differences in the usual form; the core compares trees, not lines
import { countOf } from "../../core/analysis/words.ts";
import { SHARED_FILE, writeWhole } from "../../store/wholeFile.ts";
import { leadsOut, readText } from "../../workspace/discover.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { EXIT, Exit, orUnwritable } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export interface RewriteOptions {
  /** Shows what would change and fails if anything would. */
  readonly check?: boolean;
}

/**
 * Returns the exit code. `before` is what was read from disk; what is another text by now is not written over, and neither
 * is a file that is there by now though it was new.
 */
export async function rewrite(
  { folder }: Pick<Workspace, "folder">,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  { check }: RewriteOptions,
  terminal: Terminal,
): Promise<number> {
  const changed = [...after].filter(([file, text]) => before.get(file) !== text);
  if (check) {
    for (const [file, text] of changed) terminal.print(difference(file, before.get(file), text, terminal.color));
    terminal.note(`${countOf(changed.length, "file")} would change.`);
    return changed.length > 0 ? EXIT.findings : EXIT.clean;
  }
  for (const [file, text] of changed) {
    await replace(folder, file, before.get(file), text);
    terminal.print(file);
  }
  terminal.note(`${countOf(changed.length, "file")} changed.`);
  return EXIT.clean;
}

async function replace(folder: string, file: string, before: string | undefined, text: string): Promise<void> {
  const path = join(folder, file);
  if (before === undefined) return create(folder, file, text);
  if ((await readText(folder, file)) !== before)
    throw new Exit(EXIT.usage, `${file} changed in the meantime and was left as it is; run this again`);
  const { mode } = await lstat(path).then((found) => {
    if (found.isSymbolicLink()) throw new Exit(EXIT.usage, `${file} is a link and was left as it is`);
    return found;
  });
  await orUnwritable(file, writeWhole(path, text, mode & 0o777));
}

/** Makes a file of the project in `folder`. Ends the command when it is there, or would lie elsewhere. */
export async function create(folder: string, file: string, text: string): Promise<void> {
  const path = join(folder, file);
  if (await leadsOut(folder, dirname(file)))
    throw new Exit(EXIT.usage, `${dirname(file)} is a link that leads out of the project; ${file} was not written`);
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new Exit(EXIT.usage, `${file} is there by now and was left as it is; run this again`);
  await orUnwritable(file, writeWhole(path, text, SHARED_FILE));
}

function difference(file: string, before: string | undefined, after: string, color: Terminal["color"]): string {
  const from = before === undefined ? "/dev/null" : `a/${file}`;
  const lines = createTwoFilesPatch(from, `b/${file}`, before ?? "", after, "", "", { context: 3 })
    .trimEnd()
    .split("\n")
    .filter((line) => !/^=+$/.test(line))
    // A mark at the start of a file stays there, and is nothing to look at.
    .map((line) => line.replace(/\r$/, "").replace(/^([ +-])\ufeff/, "$1"));
  return lines
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return color.bold(line);
      if (line.startsWith("@@")) return color.cyan(line);
      return line.startsWith("+") ? color.green(line) : line.startsWith("-") ? color.red(line) : line;
    })
    .join("\n");
}
