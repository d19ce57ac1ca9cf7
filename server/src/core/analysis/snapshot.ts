/** Everything one answer is computed from, frozen: files, live inventories, lock and the time. */

import type { DirectoryInventory } from "../model/directory.ts";
import type { Lock } from "../model/lock.ts";
import type { Mapping, MappingFile } from "../model/mapping.ts";
import type { DirectoryConfig, OrganizationConfig, Project } from "../model/project.ts";
import type { TargetInventory } from "../model/target.ts";
import type { Instant } from "../model/time.ts";
import type { Tree } from "../syntax/parse.ts";
import type { ReadFile } from "../syntax/readMappingFile.ts";

export interface Snapshot {
  readonly project: ReadFile<Project> | undefined;
  /** Mapping files sorted by path. */
  readonly files: readonly ReadFile<MappingFile>[];
  readonly lock: Lock;
  /** By name in accessmap.yaml. A connection without an entry was never read. */
  readonly directories: ReadonlyMap<string, DirectoryInventory>;
  readonly targets: ReadonlyMap<string, TargetInventory>;
  readonly now: Instant;
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

export function treeOf(snapshot: Snapshot, file: string): Tree | undefined {
  if (snapshot.project?.tree.file === file) return snapshot.project.tree;
  return snapshot.files.find((candidate) => candidate.tree.file === file)?.tree;
}

/** Organization of a mapping file: the one it names, else the project's only one. */
export function organizationOf(snapshot: Snapshot, file: MappingFile): OrganizationConfig | undefined {
  const organizations = snapshot.project?.content.organizations;
  if (!organizations) return undefined;
  if (file.organization) return organizations.get(file.organization.value);
  const [only] = organizations.values();
  return organizations.size === 1 ? only : undefined;
}

/** Directory of a mapping: the one its group names, else the organization's default, else the project's only one. */
export function directoryOf(
  snapshot: Snapshot,
  mapping: Mapping,
  organization: OrganizationConfig | undefined,
): DirectoryConfig | undefined {
  const directories = snapshot.project?.content.directories;
  if (!directories) return undefined;
  const name = mapping.group?.directory?.value ?? organization?.directory?.value;
  if (name !== undefined) return directories.get(name);
  const [only] = directories.values();
  return directories.size === 1 ? only : undefined;
}
