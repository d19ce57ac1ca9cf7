/** `accessmap/purge`: deletes what is kept of live systems for this workspace, and what its machine shares. */

import { purge } from "../../workspace/purge.ts";
import type { PurgeResult } from "../protocol.ts";
import type { Session } from "../session.ts";

/** What was deleted, a line each; empty where this session keeps nothing on disk. */
export async function onPurge({ storage }: Session): Promise<PurgeResult> {
  return storage ? purge(storage) : [];
}
