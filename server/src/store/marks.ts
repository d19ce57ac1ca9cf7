/**
 * Marks in the person's own storage: they did this themselves, on this machine. What lies in a project's folder may have
 * come with its repository.
 */

import { stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./folder.ts";
import { PRIVATE_FILE, PRIVATE_FOLDER } from "./wholeFile.ts";

/** `text` is for people who look. Rejects with the system's error. */
export async function makeMark(path: string, text = ""): Promise<void> {
  await makeFolder(dirname(path), PRIVATE_FOLDER);
  await writeFile(path, text, { mode: PRIVATE_FILE });
}

/** True when the mark is there and can be seen. */
export function isMarked(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
