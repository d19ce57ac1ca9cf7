/** `accessmap purge`: deletes what earlier runs kept of live systems, and says what is gone. */

import { purge as purgeStorage } from "../workspace/purge.ts";
import { chooseStorage } from "../workspace/storage.ts";
import { EXIT } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export async function purge(terminal: Terminal): Promise<number> {
  const storage = chooseStorage({ ...process.env, ACCESSMAP_LOOPBACK: undefined });
  const gone = storage ? await purgeStorage(storage) : [];
  for (const path of gone) terminal.print(`deleted ${path}`);
  terminal.print(gone.length === 0 ? "Nothing was kept." : `${gone.length} deleted.`);
  terminal.note("An editor keeps its own: there, run the command accessmap: Purge Stored Data.");
  return EXIT.clean;
}
