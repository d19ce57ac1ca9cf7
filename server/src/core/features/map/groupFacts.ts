/** What maps of access tell of groups: who is in them, where they stand, and why there may be more than is known. */

import { type Bits, common } from "../../analysis/engine/bits.ts";
import { type Engine, type GroupNode, roleIdsOf } from "../../analysis/engine/engine.ts";
import { permissionsIn } from "../../analysis/engine/vocabulary.ts";
import { audienceSize } from "../../analysis/grants.ts";
import { lineOf } from "../../analysis/places.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { gapOf } from "../../model/knowledge.ts";
import type { Permission } from "../../model/target.ts";
import type { Spot } from "../../model/text.ts";
import type { MappedGroup } from "../rows/mapped.ts";
import type { MapCount, MapPlace, MapRow } from "./accessMap.ts";

/** Permissions held of a class, the most sensitive first. */
export function namesIn({ relation }: Engine, held: Bits, bits: Bits): readonly Permission[] {
  return permissionsIn(relation.vocabulary, common(held, bits));
}

/** Why the group may give more than is known. */
export function doubtIn(engine: Engine, { facts }: GroupNode): string | undefined {
  if (facts.grantsGap !== undefined) return facts.grantsGap;
  return roleIdsOf(engine.relation, facts)
    .map((id) => doubtInRole(engine, id))
    .find((gap) => gap !== undefined);
}

/** Why a role that somebody holds may permit more than is known. */
export function doubtInRole({ relation }: Engine, id: string): string | undefined {
  const role = relation.roles.get(id);
  return role ? role.gap : `role ${id} was not read`;
}

/** Name, people and place of a group. */
export function headOf(
  snapshot: Snapshot,
  group: MappedGroup,
  node: GroupNode | undefined,
  system: string,
): Pick<MapRow, "key" | "name" | "note" | "people" | "place"> {
  const first = group.mappings.find(({ inForce }) => inForce) ?? group.mappings[0];
  const { group: lookup, mapping } = first;
  const directory = first.directory?.name ?? system;
  const note =
    lookup?.answer === "absent"
      ? `not in ${directory}`
      : lookup?.answer === "ambiguous"
        ? `several groups of ${directory} are called so`
        : undefined;
  const span = mapping.group?.span;
  return {
    key: group.key,
    name: group.name,
    ...(note === undefined ? {} : { note }),
    people: peopleOf(first, node),
    ...placeAt(snapshot, span && { source: mapping.source, span }),
  };
}

function peopleOf(resolved: MappedGroup["mappings"][0], node: GroupNode | undefined): MapCount {
  const { group, members } = resolved;
  if (group?.answer === "absent" || group?.answer === "ambiguous") return { state: "exact", people: 0 };
  const known = node?.facts.members.size ?? 0;
  const why = node ? node.facts.membersGap : gapOf(members)?.message;
  if (node && why === undefined) return { state: "exact", people: known };
  const counted = audienceSize(resolved);
  if (!node && counted?.exact) return { state: "exact", people: counted.people };
  if (known > 0) return { state: "least", people: known };
  if (counted) return { state: "most", people: counted.people };
  return { state: "unknown", why: why ?? "not read" };
}

/** Why there may be more access than an engine knows, each reason once. */
export function gapsIn(engine: Engine): readonly string[] {
  const { relation, groups, classes } = engine;
  const unread = [...groups.values()].flatMap(({ facts }) => [facts.membersGap ?? [], facts.grantsGap ?? []].flat());
  const outside = new Set([...classes.values()].flatMap((one) => one.outside));
  const roles = [...relation.roles.values()].flatMap(({ gap }) => gap ?? []);
  const unknown = [...outside].filter((id) => !relation.roles.has(id)).flatMap((id) => doubtInRole(engine, id) ?? []);
  return [
    ...new Set([...(relation.peopleGap === undefined ? [] : [relation.peopleGap]), ...unread, ...roles, ...unknown]),
  ];
}

/** The place of a spot, to be spread into what stands there. */
export function placeAt(snapshot: Snapshot, spot: Spot | undefined): { readonly place?: MapPlace } {
  if (!spot) return {};
  const { file, line } = lineOf(snapshot, spot);
  return { place: { file, line } };
}
