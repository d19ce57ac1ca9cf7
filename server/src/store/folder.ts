/** Makes folders, one after another from the nearest that is there. */

import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes the folder and those above it that are missing, each with `mode`; what is there keeps its own. Rejects with the
 * system's error. Node's own `recursive` never ends where a folder that is there takes no other, such as `/proc` (Node 20 to
 * 24, 2026-11).
 */
export async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await makeOne(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const parent = dirname(path);
    if (!(await isFolder(parent))) await makeFolder(parent, mode);
    await makeOne(path, mode);
  }
}

/** Others may make it at the same time. */
async function makeOne(path: string, mode: number): Promise<void> {
  await mkdir(path, { mode }).catch(async (error: NodeJS.ErrnoException) => {
    if (!(await isFolder(path))) throw error;
  });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
