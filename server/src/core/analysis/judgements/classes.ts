/** Which classes of the policy a mapping's group belongs to. */

import type { PolicyClass } from "../../model/project.ts";
import { matchesSome } from "../glob.ts";
import type { ResolvedMapping } from "../grants.ts";
import { groupName } from "../grants.ts";
import type { World } from "../world.ts";
import { policyOf } from "../world.ts";

/** Classes whose patterns match the group's name; none for a group pinned by id whose name is not known. */
export function policyClassesOf(world: World, resolved: ResolvedMapping): readonly PolicyClass[] {
  const { mapping, group } = resolved;
  if (!mapping.group || (mapping.group.by === "id" && group?.answer !== "present")) return [];
  const name = groupName(resolved);
  return policyOf(world).classes.filter(({ groups }) => matchesSome(groups, name));
}
