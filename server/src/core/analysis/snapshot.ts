/** Everything one answer is computed from, frozen: files, live inventories, lock and the time. */

import { NO_MOVES } from "../model/moves.ts";
import { type ReadMappingFile, textOfFile } from "../syntax/readMappingFile.ts";
import { wholeTree } from "../syntax/wholeTree.ts";
import type { Tree } from "../syntax/yaml/parse.ts";
import { memo } from "./memo.ts";
import { gatherBundles, isSameWorld, type World } from "./world.ts";

export interface Snapshot extends World {
  /** Mapping files sorted by path. */
  readonly files: readonly ReadMappingFile[];
  /** Files and folders of the project that could not be read: what lies in them is unknown. */
  readonly unread: readonly string[];
  /** What mappings rest on besides each other; the same object as before while nothing of it is new. */
  readonly world: World;
}

export type SnapshotParts = Omit<World, "bundles" | "moves"> &
  Partial<Pick<Snapshot, "moves" | "unread">> &
  Pick<Snapshot, "files">;

/** `before` is an earlier snapshot, whose world is kept where it is the same. */
export function takeSnapshot(parts: SnapshotParts, before?: Snapshot): Snapshot {
  const { files, project, lock, directories, targets, moves = NO_MOVES, unread = [], base, now } = parts;
  const bundles = gatherBundles(files, before?.bundles);
  const fresh: World = { project, bundles, lock, directories, targets, moves, now, ...(base && { base }) };
  const world = before && before.bundles === bundles && isSameWorld(before.world, fresh) ? before.world : fresh;
  return { ...fresh, files, unread, world };
}

/** The mapping file at this path, as read. */
export function fileIn({ files }: Pick<Snapshot, "files">, file: string): ReadMappingFile | undefined {
  return files.find((candidate) => candidate.file === file);
}

/** The text of a whole file, the project's too. */
export function textIn(snapshot: Snapshot, file: string): string | undefined {
  if (snapshot.project?.tree.file === file) return snapshot.project.tree.text;
  const read = fileIn(snapshot, file);
  return read && memo(read, textOfFile);
}

/** The tree of a whole file, the project's too. */
export function treeIn(snapshot: Snapshot, file: string): Tree | undefined {
  if (snapshot.project?.tree.file === file) return snapshot.project.tree;
  const read = fileIn(snapshot, file);
  return read && memo(read, wholeTree);
}
