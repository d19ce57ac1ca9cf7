/** Deletes what is kept of live systems on this disk. Plans, journals and credentials are not touched. */

import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { listInventories } from "../store/inventoryCache.ts";
import { RATE_BUDGET_FILE } from "../store/rateBudget.ts";
import type { Storage } from "./storage.ts";

/** Paths of the files that are gone now. Rejects with the system's error when one cannot be deleted. */
export async function purge({ inventories, shared }: Storage): Promise<readonly string[]> {
  const files = [...(await listInventories(inventories)), join(shared, RATE_BUDGET_FILE)];
  const gone: string[] = [];
  for (const path of files) {
    const isGone = await unlink(path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
        return false;
      },
    );
    if (isGone) gone.push(path);
  }
  return gone;
}
