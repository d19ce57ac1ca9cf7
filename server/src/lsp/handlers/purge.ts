/** `accessmap/purge`: deletes what is kept of live systems for this workspace, and what its machine shares. */

import { purge } from "../../workspace/purge.ts";
import type { PurgeResult } from "../protocol.ts";
import type { Session } from "../session.ts";

export async function onPurge({ storage }: Session): Promise<PurgeResult> {
  return storage ? purge(storage) : [];
}
