/** Where live data is kept between sessions: a folder of the editor, or the one where the system's programs keep caches. */

import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../http/environment.ts";

export interface Storage {
  /** Folder of the last good inventories. */
  readonly inventories: string;
  /** Folder that all windows and commands of one person on this machine share. */
  readonly shared: string;
}

/**
 * Folders to keep data in. `editor` is the folder that an editor gives its extension for one workspace;
 * `ACCESSMAP_STORAGE` names one for everything else. Undefined when nothing may be kept: a drill against a sandbox must
 * not leave its people behind as if they were real.
 */
export function chooseStorage(env: Environment, editor?: string): Storage | undefined {
  const given = editor || env.ACCESSMAP_STORAGE;
  const isDrill = Boolean(env.ACCESSMAP_LOOPBACK);
  if (isDrill && !given) return undefined;
  const machine = env.ACCESSMAP_STORAGE || (isDrill && given) || cacheFolder(env);
  return { inventories: join(given || machine, "inventories"), shared: machine };
}

/** The folder for caches of this system's programs. */
export function cacheFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const home = homedir();
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "accessmap", "Cache");
  if (platform === "darwin") return join(home, "Library", "Caches", "accessmap");
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "accessmap");
}
