/** Groups that are asked for one by one, because the listing of a directory leaves them out. */

import type { Group } from "../core/model/directory.ts";
import { itemsOf, type Knowledge, unite } from "../core/model/knowledge.ts";
import type { DirectoryQuery } from "../core/sync/connector.ts";
import type { DirectorySource } from "./directoryRead.ts";

/**
 * Names outside the glob and ids that were not listed, looked up directly. A name may stand for several groups. Directories
 * compare accents by their encoding, which nobody can see, so a name that can be encoded in two ways is asked for in both.
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
  return new Map([...(await Promise.all(byName)), ...byId]);
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
