/** Groups that no file names yet: how to write them, and what they stand for. */

import { resolveGroup } from "../analysis/resolve.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { DirectoryInventory, Group } from "../model/directory.ts";
import type { Lookup } from "../model/knowledge.ts";
import type { GroupName } from "./proposal.ts";

/** Of a name that stands in no file. */
const NOWHERE = { start: 0, end: 0 };

/** The group that a name stands for, in a directory that was read or not. */
export function lookUp(inventory: DirectoryInventory | undefined, { directory, by, text }: GroupName): Lookup<Group> {
  return resolveGroup(inventory, { by, text, span: NOWHERE }, directory || "the directory");
}

/** The group that a name stands for, in the directory of the snapshot that it names. */
export function findGroup(snapshot: Snapshot, group: GroupName): Lookup<Group> {
  return lookUp(snapshot.directories.get(group.directory), group);
}

/** By name where the name alone finds the group again. */
export function nameOf(inventory: DirectoryInventory, { id, name }: Pick<Group, "id" | "name">): GroupName {
  const byName: GroupName = { directory: inventory.name, by: "name", text: name };
  const again = lookUp(inventory, byName);
  return again.answer === "present" && again.item.id === id ? byName : { ...byName, by: "id", text: id };
}
