/** Which journals there are. */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Paths of all journals in a folder, the latest last; none when there is no folder. */
export async function listJournals(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => join(folder, name));
}

/** The same as long as no journal came or grew. */
export async function journalsMark(folder: string): Promise<string> {
  const paths = await listJournals(folder);
  const last = paths.at(-1);
  return last === undefined ? "" : `${paths.length} ${last} ${(await stat(last)).size}`;
}
