/** Writes files so that a crash leaves the old one or the new one, never half of either. */

import { randomBytes } from "node:crypto";
import { open, rename, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./folder.ts";

/** Plans and journals name people and what they may do: only their owner reads them. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;
/** What is committed is for everybody whom the user's own mask lets in. */
export const SHARED_FILE = 0o666;
const SHARED_FOLDER = 0o777;

/**
 * Replaces the file at `path`, creating its folder if need be, for whom the file is. Long texts may come in parts. A link at `path` is replaced,
 * never followed: a repository must not choose where we write. Rejects with the system's error.
 */
export async function writeWhole(
  path: string,
  text: string | AsyncIterable<string>,
  mode = PRIVATE_FILE,
): Promise<void> {
  const folder = dirname(path);
  await makeFolder(folder, mode === PRIVATE_FILE ? PRIVATE_FOLDER : SHARED_FOLDER);
  const draft = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    const file = await open(draft, "wx", mode);
    try {
      await writeFile(file, text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw error;
  }
  await syncFolder(folder);
}

/** Makes the folder's entries durable. Windows cannot open folders and needs no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
