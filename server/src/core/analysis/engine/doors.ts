/** Groups that people of a directory come into by themselves: they may join, or set what the group's rule looks for. */

import type { ResolvedMapping } from "../grants.ts";
import { ownAttributesIn } from "../judgements/ownAttributes.ts";
import { fold, inQuotes } from "../words.ts";
import type { GroupFacts } from "./relation.ts";

/** The directory of a mapping's group, and how people come into the group by themselves, where they can. */
export function doorOf({
  group,
  directory,
}: Pick<ResolvedMapping, "group" | "directory">): Pick<GroupFacts, "directory" | "door"> {
  if (!directory) return {};
  if (group?.answer !== "present") return { directory: directory.name };
  const name = inQuotes(group.item.name);
  const attributes = group.item.rule === undefined ? [] : ownAttributesIn(group.item.rule, directory.type);
  if (group.item.joinable === true)
    return { directory: directory.name, door: { text: `may join ${name}`, edit: `make ${name} private` } };
  if (attributes.length === 0) return { directory: directory.name };
  const text = `may set ${fold(attributes)}, by which the rule of ${name} takes them in`;
  return { directory: directory.name, door: { text, edit: `let the rule of ${name} read other attributes` } };
}
