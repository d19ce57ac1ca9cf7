/** Whether somebody runs what lies in `dist`, which each build empties. */

import { join } from "node:path";
import { checkSync } from "proper-lockfile"; // proper-lockfile: a lock that a killed run does not leave behind for ever

/** Held by an editor run for as long as it takes; not in `dist` itself. */
export const lockOf = (root) => join(root, "node_modules/.editor-run.lock");

/** True while an editor run is at work, or was killed less than ten seconds ago. */
export const isInUse = (root) => checkSync(root, { lockfilePath: lockOf(root) });
