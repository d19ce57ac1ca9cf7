/** Who answers for a group, where its directory knows. */

import type { Snapshot } from "../analysis/snapshot.ts";
import type { DirectoryInventory, Principal } from "../model/directory.ts";
import { itemsOf } from "../model/knowledge.ts";
import { joinAnd } from "../sync/render/words.ts";
import { lookUp } from "./groups.ts";
import type { ProposedMapping } from "./proposal.ts";

/** A group's only active owner becomes the mapping's; of several a comment tells, because only people can choose. */
export function addOwners(mappings: readonly ProposedMapping[], snapshot: Snapshot): readonly ProposedMapping[] {
  const people = new Map([...snapshot.directories].map(([name, directory]) => [name, peopleOf(directory)]));
  return mappings.map((mapping) => {
    const { group, comments } = mapping;
    const directory = snapshot.directories.get(group.directory);
    const found = lookUp(directory, group);
    if (!directory?.owners || found.answer !== "present") return mapping;
    const owners = (directory.owners.get(found.item.id) ?? []).flatMap(
      (id) => people.get(directory.name)?.get(id) ?? [],
    );
    const [only, ...others] = owners.filter(({ state }) => state === "active").map(addressOf);
    if (only === undefined) return mapping;
    if (others.length === 0) return { ...mapping, owner: only };
    return { ...mapping, comments: [...comments, `owners of the group: ${joinAnd([only, ...others].sort())}`] };
  });
}

/** Everybody who was seen as somebody's member: owners come as ids alone. */
function peopleOf({ members }: DirectoryInventory): ReadonlyMap<string, Principal> {
  return new Map([...members.values()].flatMap((some) => [...itemsOf(some)]));
}

function addressOf({ email, login }: Principal): string {
  return email || login;
}
