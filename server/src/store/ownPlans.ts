/**
 * Which saved plans are the person's own: each has a mark in their storage. A plan's hashes tell damage from haste, but
 * whoever writes the file can compute them, so a file that came with a repository may do anything, say anything of it, and
 * lack the refusals of guards.
 */

import { readdir, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SealedPlan } from "../core/sync/plan.ts";
import { makeFolder } from "./folder.ts";
import { digestOf, savePlan } from "./planFile.ts";
import { PRIVATE_FILE, PRIVATE_FOLDER } from "./wholeFile.ts";

/** Longer than any plan holds, in milliseconds. */
const OLDEST_MS = 2 * 24 * 60 * 60 * 1000;

/** Saves a plan as this person's. `storage` is `Workspace.applies`. Rejects with the system's error of the plan's file. */
export async function saveOwnPlan(path: string, sealed: SealedPlan, storage: string | undefined): Promise<void> {
  await savePlan(path, sealed);
  // Without its mark the plan is compared with one made anew, as anybody's is.
  if (storage !== undefined) await mark(join(storage, "plans"), sealed).catch(() => {});
}

/** True when this person saved this very plan on this machine. Without a storage it is a drill, which can harm nobody. */
export async function isOwnPlan(sealed: SealedPlan, storage: string | undefined): Promise<boolean> {
  if (storage === undefined) return true;
  return stat(join(storage, "plans", digestOf(sealed))).then(
    () => true,
    () => false,
  );
}

async function mark(folder: string, sealed: SealedPlan): Promise<void> {
  await makeFolder(folder, PRIVATE_FOLDER);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Another run may sweep at the same time.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - OLDEST_MS) await unlink(path).catch(() => {});
  }
  await writeFile(join(folder, digestOf(sealed)), "", { mode: PRIVATE_FILE });
}
