/** `accessmap purge`: deletes what earlier runs kept of live systems and of compiled code, and says what is gone. */

import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { purge as purgeStorage } from "../workspace/purge.ts";
import { chooseStorage, compiledFolder } from "../workspace/storage.ts";
import { EXIT } from "./support/exit.ts";
import type { Terminal } from "./support/terminal.ts";

/** Prints what it deleted. Files of a project are none of it. */
export async function purge(terminal: Terminal): Promise<number> {
  const storage = chooseStorage({ ...process.env, ACCESSMAP_LOOPBACK: undefined });
  const gone = [...(storage ? await purgeStorage(storage) : []), ...(await removeFolder(compiledFolder(process.env)))];
  for (const path of gone) terminal.print(`deleted ${path}`);
  terminal.print(gone.length === 0 ? "Nothing was kept." : `${gone.length} deleted.`);
  terminal.note("An editor keeps its own: there, run the command accessmap: Purge Stored Data.");
  return EXIT.clean;
}

/** Nobody but Node writes there, and what is of older versions of either is of no use to anybody. */
async function removeFolder(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) return [];
  await rm(path, { recursive: true });
  return [path];
}
