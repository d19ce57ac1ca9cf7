/** Everything one answer is computed from, frozen: files, live inventories, lock and the time. */

import type { MappingFile } from "../model/mapping.ts";
import type { Tree } from "../syntax/parse.ts";
import type { ReadMappingFile } from "../syntax/readMappingFile.ts";
import type { World } from "./world.ts";

export interface Snapshot extends Omit<World, "bundles"> {
  /** Mapping files sorted by path. */
  readonly files: readonly ReadMappingFile[];
}

const memos = new WeakMap<object, Map<unknown, unknown>>();

/**
 * Computes once per owner, which is a snapshot, an inventory or another frozen object. `compute` is the key, so pass
 * a named function, never a fresh closure.
 */
export function memo<O extends object, T>(owner: O, compute: (owner: O) => T): T {
  let known = memos.get(owner);
  if (!known) {
    known = new Map();
    memos.set(owner, known);
  }
  if (!known.has(compute)) known.set(compute, compute(owner));
  return known.get(compute) as T;
}

export function treeIn(snapshot: Snapshot, file: string): Tree | undefined {
  if (snapshot.project?.tree.file === file) return snapshot.project.tree;
  return snapshot.files.find((candidate) => candidate.file === file)?.tree;
}

export function contentOf(snapshot: Snapshot, file: string): MappingFile | undefined {
  return snapshot.files.find((candidate) => candidate.file === file)?.content;
}
