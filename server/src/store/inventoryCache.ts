/** The last good inventory of each system on disk, readable by its owner alone. What cannot be trusted is ignored and said. */

import { createReadStream } from "node:fs";
import { chmod, lstat, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { DirectoryInventory } from "../core/model/directory.ts";
import type { TargetInventory } from "../core/model/target.ts";
import { messageOf } from "../core/model/thrown.ts";
import type { Instant } from "../core/model/time.ts";
import { makeFolder } from "./folder.ts";
import { hashText } from "./hash.ts";
import { fromLines, toLines, Unusable } from "./inventoryCacheLines.ts";
import { PRIVATE_FOLDER, writeWhole } from "./wholeFile.ts";

export type Inventory = DirectoryInventory | TargetInventory;

/** Kept inventories of one project. Nothing here throws: without a cache everything works, only later. */
export interface InventoryCache {
  /** What was kept last for the system with this key. */
  load(key: string): Promise<Inventory | undefined>;
  save(key: string, inventory: Inventory): Promise<void>;
}

export interface InventoryCacheOptions {
  readonly folder: string;
  /** Tells projects apart: the path of the project's folder. */
  readonly project: string;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
  /** Told once that nothing can be kept: where, why, and what that means. */
  readonly warn?: (line: string) => void;
}

/** Raised whenever an inventory looks different in memory; files of other versions are ignored. */
const FORMAT = { format: "accessmap inventory", version: 1 } as const;

/** People who left must not stay on disks for ever: what was not read again for so long is deleted. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

const ENDING = ".inventory.jsonl";

/** Nothing is read or written before the first `load` or `save`. */
export function openInventoryCache({ folder, project, now, log, warn = log }: InventoryCacheOptions): InventoryCache {
  const pathOf = (key: string) => join(folder, `${hashText(`${project}\n${key}`).slice(0, 32)}${ENDING}`);
  let [isTidied, isWarned] = [false, false];

  /** Throws `Unusable` for a file of another version, project or system. */
  function accept(header: unknown, key: string): void {
    const { format, version, ...rest } = header as Record<string, unknown>;
    if (format !== FORMAT.format || version !== FORMAT.version) throw new Unusable("is of another version");
    if (rest.project !== project || rest.system !== key) throw new Unusable("belongs to another system");
  }

  async function tidy(): Promise<void> {
    if (isTidied) return;
    isTidied = true;
    await makeFolder(folder, PRIVATE_FOLDER);
    // A folder that was there before keeps its mode otherwise.
    await chmod(folder, PRIVATE_FOLDER);
    for (const path of await listInventories(folder)) {
      const { mtimeMs } = await lstat(path);
      if (Date.parse(now()) - mtimeMs > KEPT_DAYS * DAY_MS) await unlink(path);
    }
  }

  return {
    async load(key) {
      const path = pathOf(key);
      try {
        await refuseForeign(path);
        const inventory = await fromLines(createReadStream(path, "utf8"), (header) => accept(header, key));
        return inventory as Inventory;
      } catch (error) {
        if (codeOf(error) !== "ENOENT") log(`the kept inventory ${path} is ignored: it ${reasonOf(error)}`);
        return undefined;
      }
    },
    async save(key, inventory) {
      const path = pathOf(key);
      try {
        await tidy();
        await writeWhole(path, toLines({ ...FORMAT, project, system: key, savedAt: now() }, inventory));
      } catch (error) {
        log(`the inventory cannot be kept in ${path}: it ${reasonOf(error)}`);
        if (!isWarned) warn(unkept(folder, error));
        isWarned = true;
      }
    },
  };
}

function unkept(folder: string, error: unknown): string {
  const means = "so the next run reads everything anew, and has nothing to go by where it cannot read";
  return `Nothing that was read is kept: ${folder} ${reasonOf(error)}, ${means}. Make it writable, or name another with ACCESSMAP_STORAGE.`;
}

/** Kept inventories of all projects in a folder, by path. */
export async function listInventories(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
  // Drafts that a crash left behind begin with a dot and end in letters of chance.
  return names.filter((name) => name.includes(ENDING)).map((name) => join(folder, name));
}

/** What others may read or may have written is neither secret nor ours. Windows keeps folders of a profile private itself. */
async function refuseForeign(path: string): Promise<void> {
  const found = await lstat(path);
  if (!found.isFile()) throw new Unusable("is no ordinary file");
  if (process.platform === "win32") return;
  if (found.uid !== process.getuid?.()) throw new Unusable("belongs to another user");
  if ((found.mode & 0o077) !== 0) throw new Unusable("can be read by others");
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function reasonOf(error: unknown): string {
  if (error instanceof Unusable) return error.message;
  return `cannot be used (${codeOf(error) ?? messageOf(error)})`;
}
