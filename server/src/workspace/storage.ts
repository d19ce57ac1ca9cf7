/** Where live data is kept between sessions: a folder of the editor, or the one where the system's programs keep caches. */

import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../http/environment.ts";

export interface Storage {
  /** Folder of the last good inventories. */
  readonly inventories: string;
  /** Folder for rate limits that windows of an editor share, or commands. */
  readonly shared: string;
  /** Folder for locks and marks of applies, which editors and commands of one person on this machine share. A drill has none. */
  readonly applies?: string;
}

/** Folders that an editor gives: one for the workspace, and one for all its windows. */
export interface EditorFolders {
  readonly storage?: string | undefined;
  readonly shared?: string | undefined;
}

/**
 * Folders to keep data in: the editor's, else `ACCESSMAP_STORAGE`, else this system's folder for caches. Undefined when
 * nothing may be kept: a drill against a sandbox must not leave its people behind as if they were real. Applies are never the
 * editor's alone: who pushes from a terminal must find the lock of an editor, and be able to resume what it began.
 */
export function chooseStorage(env: Environment, editor: EditorFolders = {}): Storage | undefined {
  const applies = env.ACCESSMAP_STORAGE || (env.ACCESSMAP_LOOPBACK ? undefined : cacheFolder(env));
  const own = editor.storage || applies;
  if (!own) return undefined;
  return { inventories: join(own, "inventories"), shared: editor.shared || own, ...(applies && { applies }) };
}

/** Where Node keeps what it compiled of this program: for the person alone, since who writes there has their code run. */
export function compiledFolder(env: Environment): string {
  return join(cacheFolder(env), "compiled");
}

/** The folder for caches of this system's programs. */
function cacheFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const home = homedir();
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "accessmap", "Cache");
  if (platform === "darwin") return join(home, "Library", "Caches", "accessmap");
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "accessmap");
}
