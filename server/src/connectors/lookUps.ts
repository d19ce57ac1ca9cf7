/** Groups that are asked for one by one, because the listing of a directory leaves them out. */

import type { Group } from "../core/model/directory.ts";
import { itemsOf, type Knowledge, unite } from "../core/model/knowledge.ts";
import type { DirectoryQuery } from "../core/sync/connector.ts";
import type { DirectorySource } from "./directoryRead.ts";

/**
 * Names outside the glob and ids that were not listed, looked up directly, and then what became of names that are gone. A
 * name may stand for several groups. Directories compare accents by their encoding, which nobody can see, so a name that can
 * be encoded in two ways is asked for in both.
 */
export async function readNamed(
  source: Pick<DirectorySource, "findByName" | "findByIds">,
  query: DirectoryQuery,
  groups: Knowledge<Group>,
  isListed: (name: string) => boolean,
): Promise<Map<string, Knowledge<Group>>> {
  const names = [...new Set(query.names)].filter((name) => !isListed(name));
  const ids = [...new Set(query.ids)].filter((id) => !itemsOf(groups).has(id));
  const byName = names.map(async (name) => {
    const [found, ...others] = await Promise.all(spellingsOf(name).map((spelling) => source.findByName(spelling)));
    const all = others.reduce((some, other) => unite(some, other), found as Knowledge<Group>);
    return [name, keepOnly(all, (group) => group.name.normalize() === name.normalize())] as const;
  });
  const byId = ids.length === 0 ? new Map<string, Knowledge<Group>>() : await source.findByIds(ids);
  const named = new Map([...(await Promise.all(byName)), ...byId]);
  const gone = missingPins(query, groups, named);
  return gone.length === 0 ? named : new Map([...named, ...(await source.findByIds(gone))]);
}

/** Ids of groups that had a wanted name and are not among what was found; none where the name is still somebody's. */
function missingPins(
  { pins = new Map() }: DirectoryQuery,
  groups: Knowledge<Group>,
  named: ReadonlyMap<string, Knowledge<Group>>,
): readonly string[] {
  if (pins.size === 0 || groups.state === "unknown") return [];
  const found = [groups, ...named.values()].flatMap((some) => [...itemsOf(some).values()]);
  const [ids, names] = [new Set(found.map(({ id }) => id)), new Set(found.map(({ name }) => name.normalize()))];
  const gone = [...pins].filter(([name, id]) => !names.has(name.normalize()) && !ids.has(id) && !named.has(id));
  return [...new Set(gone.map(([, id]) => id))];
}

/** As written, then in the other encodings of its accents; nearly always one. */
function spellingsOf(name: string): readonly string[] {
  return [...new Set([name, name.normalize("NFC"), name.normalize("NFD")])];
}

/** The same knowledge of fewer groups. */
export function keepOnly(found: Knowledge<Group>, isMeant: (group: Group) => boolean): Knowledge<Group> {
  if (found.state === "unknown") return found;
  return { ...found, items: new Map([...found.items].filter(([, group]) => isMeant(group))) };
}
