/** The heat map: what each group gives of each class of permissions, and to how many people. */

import { addAll, type Bits, meets, newBits } from "../../analysis/engine/bits.ts";
import type { Engine, GroupNode, PeopleClass } from "../../analysis/engine/engine.ts";
import { memo } from "../../analysis/memo.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { compareText } from "../../model/order.ts";
import type { Permission } from "../../model/target.ts";
import type { MappedGroup, Organization } from "../rows/mapped.ts";
import { matching } from "../rows/row.ts";
import type { HeatMap, MapCell, MapColumn, MapRow } from "./accessMap.ts";
import { type By, classesOf, type PermissionClass, UNREAD } from "./classes.ts";
import { doubtIn, doubtInRole, gapsIn, headOf, namesIn, placeAt } from "./groupFacts.ts";

/** Permissions that a cell names. */
const MOST_NAMED = 5;

export interface MapQuestion {
  readonly by: By;
  /** Words that the name of a group must have. */
  readonly filter: string;
  /** Rows at most; the map says how many it left out. */
  readonly most: number;
}

/** The map of one organization. What was not read is a cell that says so. */
export function heatMap(snapshot: Snapshot, organization: Organization, question: MapQuestion): HeatMap {
  const { by } = question;
  const { target, engine } = organization;
  const groups = sortedGroups(organization, by);
  const matches = matching(groups, ({ name }) => name, question.filter);
  const shown = matches.slice(0, question.most);
  const counts = { cut: matches.length - shown.length, filtered: groups.length - matches.length };
  if (!target || !engine) return { by, ...counts, unheld: 0, ...unreadMap(snapshot, organization, shown) };
  const all = classesOf(target, by);
  // Every sensitivity is worth a column, of dozens of areas only those that somebody holds something of.
  const given = everythingIn(engine);
  const classes = by === "area" ? all.filter(({ bits }) => meets(given, bits)) : all;
  const rows = shown.map((group) => rowOf(snapshot, organization, { engine, classes }, group));
  const outside = outsideRow(engine, classes);
  return {
    by,
    columns: columnsOf(engine, classes),
    rows: outside && question.filter === "" ? [...rows, outside] : rows,
    ...counts,
    unheld: all.length - classes.length,
    gaps: gapsIn(engine),
  };
}

/** Groups with a mapping in force, those that give the most sensitive things to the most people first. */
export function sortedGroups(organization: Organization, by: By): readonly MappedGroup[] {
  return memo(organization, by === "area" ? sortByArea : sortBySensitivity);
}

function sortBySensitivity(organization: Organization): readonly MappedGroup[] {
  return sortGroups(organization, "sensitivity");
}

function sortByArea(organization: Organization): readonly MappedGroup[] {
  return sortGroups(organization, "area");
}

function sortGroups({ groups, engine, target }: Organization, by: By): readonly MappedGroup[] {
  const inForce = groups.filter(({ mappings }) => mappings.some((mapping) => mapping.inForce));
  if (!engine || !target) return inForce;
  const classes = classesOf(target, by);
  const weights = new Map(inForce.map((group) => [group, weightOf(engine, engine.groups.get(group.key), classes)]));
  return [...inForce].sort((a, b) => {
    const [one, other] = [weights.get(a) as Weight, weights.get(b) as Weight];
    return one.worst - other.worst || other.people - one.people || compareText(a.name, b.name);
  });
}

interface Weight {
  /** Place of the first class that the group gives something of. */
  readonly worst: number;
  readonly people: number;
}

/** What is not known may be anything, so it must not be cut off. */
function weightOf(engine: Engine, group: GroupNode | undefined, classes: readonly PermissionClass[]): Weight {
  if (!group) return { worst: classes.length, people: 0 };
  const known = classes.findIndex(({ bits }) => meets(group.bits, bits));
  const worst = doubtIn(engine, group) === undefined ? known : 0;
  const { members, membersGap } = group.facts;
  return { worst: worst < 0 ? classes.length : worst, people: membersGap ? Number.MAX_SAFE_INTEGER : members.size };
}

function rowOf(
  snapshot: Snapshot,
  { target }: Organization,
  { engine, classes }: { readonly engine: Engine; readonly classes: readonly PermissionClass[] },
  group: MappedGroup,
): MapRow {
  const node = engine.groups.get(group.key);
  const maybeMore = node && doubtIn(engine, node);
  return {
    ...headOf(snapshot, group, node, target?.name ?? ""),
    cells: classes.map((one): MapCell => {
      const cell = node ? cellOf(snapshot, engine, one, node) : NOTHING;
      return cell.gives === "nothing" && maybeMore !== undefined ? { gives: "unknown", why: maybeMore } : cell;
    }),
  };
}

const NOTHING: MapCell = { gives: "nothing" };

function cellOf(
  snapshot: Snapshot,
  engine: Engine,
  { bits }: PermissionClass,
  { bits: held, facts }: GroupNode,
): MapCell {
  const giving = facts.grants.find(
    (grant) => grant.kind === "role" && meets(engine.roleBits.get(grant.role) ?? EMPTY_BITS, bits),
  );
  const cell = toCell(namesIn(engine, held, bits));
  return cell.gives === "something" ? { ...cell, ...placeAt(snapshot, giving?.spot) } : cell;
}

/** `given`: the most sensitive first. */
function toCell(given: readonly Permission[]): MapCell {
  const [worst] = given;
  if (!worst) return NOTHING;
  const names = given.slice(0, MOST_NAMED).map(({ name }) => name);
  return { gives: "something", permissions: given.length, worst: worst.sensitivity, names };
}

const EMPTY_BITS = new Uint32Array();

function columnsOf(engine: Engine, classes: readonly PermissionClass[]): readonly MapColumn[] {
  const { relation, groups } = engine;
  const persons = personsIn(engine);
  const isOpen = relation.peopleGap !== undefined || [...relation.people.values()].some(({ outsideGap }) => outsideGap);
  const doubtful = [...groups.values()].filter((group) => group.facts.membersGap ?? doubtIn(engine, group));
  return classes.map(({ key, label, worst, bits }) => {
    let people = 0;
    for (const one of engine.classes.values()) if (meets(one.bits, bits)) people += persons(one);
    const mayBeMore =
      isOpen || doubtful.some((group) => meets(group.bits, bits) || doubtIn(engine, group) !== undefined);
    return { key, label, worst, everybody: { state: mayBeMore ? "least" : "exact", people } };
  });
}

/** Service accounts hold things too, and are no people. */
function personsIn({ relation }: Engine): (one: PeopleClass) => number {
  const services = new Set([...relation.people].flatMap(([key, { kind }]) => (kind === "service" ? [key] : [])));
  if (services.size === 0) return ({ people }) => people.size;
  return ({ people }) => people.size - [...services].filter((key) => people.has(key)).length;
}

/** What people hold whatever the files say. Absent when nobody holds anything so. */
function outsideRow(engine: Engine, classes: readonly PermissionClass[]): MapRow | undefined {
  const { relation, roleBits } = engine;
  const all = newBits(relation.vocabulary.permissions.length);
  const people = classes.map(() => 0);
  const persons = personsIn(engine);
  let everybody = 0;
  let doubt: string | undefined;
  for (const one of engine.classes.values()) {
    if (one.outside.length === 0) continue;
    doubt ??= one.outside.map((id) => doubtInRole(engine, id)).find((why) => why !== undefined);
    const held = newBits(relation.vocabulary.permissions.length);
    for (const id of one.outside) addAll(held, roleBits.get(id) ?? EMPTY_BITS);
    addAll(all, held);
    everybody += persons(one);
    for (const [at, { bits }] of classes.entries())
      if (meets(held, bits)) people[at] = (people[at] ?? 0) + persons(one);
  }
  if (everybody === 0) return undefined;
  return {
    key: "outside",
    name: "Outside the files",
    note: "roles that no mapping gives",
    people: { state: relation.peopleGap === undefined ? "exact" : "least", people: everybody },
    cells: classes.map(({ bits }, at) => {
      const cell = toCell(namesIn(engine, all, bits));
      if (cell.gives === "something") return { ...cell, people: people[at] ?? 0 };
      return doubt === undefined ? cell : { gives: "unknown", why: doubt };
    }),
  };
}

function everythingIn({ relation, groups, classes }: Engine): Bits {
  const all = newBits(relation.vocabulary.permissions.length);
  for (const { bits } of groups.values()) addAll(all, bits);
  for (const { bits } of classes.values()) addAll(all, bits);
  return all;
}

/** Nothing is known of the organization, so of no group is known what it gives. */
function unreadMap(snapshot: Snapshot, { config }: Organization, shown: readonly MappedGroup[]) {
  const why = `${config.name} has not been read yet`;
  const unknown: MapCell = { gives: "unknown", why };
  return {
    columns: UNREAD.map(
      ({ key, label, worst }): MapColumn => ({ key, label, worst, everybody: { state: "unknown", why } }),
    ),
    rows: shown.map(
      (group): MapRow => ({ ...headOf(snapshot, group, undefined, config.name), cells: UNREAD.map(() => unknown) }),
    ),
    gaps: [why],
  };
}
