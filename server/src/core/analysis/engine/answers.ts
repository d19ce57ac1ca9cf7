/** Questions to the engine, answered with the paths that access takes and with why there may be more of it. */

import { compareText } from "../../model/order.ts";
import type { Permission } from "../../model/target.ts";
import { type Bits, has, indexesOf } from "./bits.ts";
import type { Engine, GroupNode, PeopleClass } from "./engine.ts";
import type { MappedGrant, PersonFacts, Relation, RoleFacts } from "./relation.ts";
import { lackingFor } from "./vocabulary.ts";

/** One way to a permission: from a group, perhaps through a team, through a role; without a group: held outside the files. */
export interface Path {
  readonly group?: GroupNode;
  readonly grant?: MappedGrant;
  readonly team?: string;
  readonly role: RoleFacts;
  /** The permission of the role that includes the one asked for, where it is another one. */
  readonly includedIn?: string;
}

export interface Held {
  readonly permission: Permission;
  /** At least one. */
  readonly paths: readonly Path[];
  /** What it needs besides to have any effect, and the holder lacks. */
  readonly lacking: readonly Permission[];
}

/** `gaps` are reasons why there may be more than is listed; none: the answer is whole. */
export interface Holding {
  readonly held: readonly Held[];
  readonly gaps: readonly string[];
}

/** What a group gives to each of its members; undefined for a group that no mapping in force names. */
export function groupHolds(engine: Engine, key: string): Holding | undefined {
  const group = engine.groups.get(key);
  if (!group) return undefined;
  const sources = { groups: [group], outside: [] };
  return { held: heldBy(engine, group.bits, sources), gaps: [...grantGaps(engine, sources)] };
}

/** What one person can do over all groups and everything held outside the files; undefined for somebody unknown. */
export function personHolds(engine: Engine, key: string): Holding | undefined {
  const person = engine.relation.people.get(key);
  const one = classOfPerson(engine, key);
  if (!person || !one) return undefined;
  const sources = { groups: groupsOf(engine, one), outside: one.outside };
  const gaps = new Set([...grantGaps(engine, sources), ...outsideGaps(engine.relation, person)]);
  for (const { facts } of engine.groups.values())
    if (facts.membersGap !== undefined && !facts.members.has(key)) gaps.add(facts.membersGap);
  return { held: heldBy(engine, one.bits, sources), gaps: [...gaps] };
}

/** Why there may be people whom neither the groups nor the accounts have; undefined when all are known. */
export function whyMorePeople({ groups, relation }: Engine): string | undefined {
  return (
    relation.peopleGap ?? [...groups.values()].find(({ facts }) => facts.membersGap !== undefined)?.facts.membersGap
  );
}

export interface Holder {
  readonly key: string;
  readonly person: PersonFacts;
  readonly path: Path;
  readonly lacking: readonly Permission[];
}

export interface Holders {
  /** Undefined when the organization has no such permission. */
  readonly permission: Permission | undefined;
  /** Sorted by name, each with a shortest path. */
  readonly holders: readonly Holder[];
  readonly gaps: readonly string[];
}

/** Everybody who holds a permission, by name or alias. With gaps the list is a lower bound. */
export function whoCan(engine: Engine, name: string): Holders {
  const { relation } = engine;
  const index = relation.vocabulary.indexes.get(name);
  const permission = index === undefined ? undefined : relation.vocabulary.permissions[index];
  if (index === undefined || !permission) return { permission: undefined, holders: [], gaps: [] };
  const holders: Holder[] = [];
  for (const one of engine.classes.values()) {
    if (!has(one.bits, index)) continue;
    const [path] = pathsOf(engine, index, { groups: groupsOf(engine, one), outside: one.outside });
    const lacking = lackingFor(relation.vocabulary, one.bits, index);
    for (const key of one.people) {
      const person = relation.people.get(key);
      if (person && path) holders.push({ key, person, path, lacking });
    }
  }
  const sorted = holders.sort((a, b) => compareText(a.person.name, b.person.name));
  return { permission, holders: sorted, gaps: openFor(engine, index) };
}

/** The class of the person with this key of `Relation.people`; undefined for somebody unknown. */
export function classOfPerson(engine: Engine, key: string): PeopleClass | undefined {
  const signature = engine.classOf.get(key);
  return signature === undefined ? undefined : engine.classes.get(signature);
}

/** The groups that the people of a class are in. */
export function groupsOf(engine: Engine, one: PeopleClass): readonly GroupNode[] {
  return one.groups.flatMap((id) => engine.numbered[id] ?? []);
}

interface Sources {
  readonly groups: readonly GroupNode[];
  readonly outside: readonly string[];
}

function heldBy(engine: Engine, bits: Bits, sources: Sources): readonly Held[] {
  const { vocabulary } = engine.relation;
  return indexesOf(bits).flatMap((index) => {
    const permission = vocabulary.permissions[index];
    if (!permission) return [];
    return [{ permission, paths: [...pathsOf(engine, index, sources)], lacking: lackingFor(vocabulary, bits, index) }];
  });
}

/** All ways to a permission; those through roles of a group come before those through teams and those outside the files. */
export function* pathsOf(engine: Engine, index: number, { groups, outside }: Sources): Generator<Path> {
  const giving = groups.filter((group) => has(group.bits, index));
  for (const group of giving)
    for (const grant of group.facts.grants)
      if (grant.kind === "role") yield* through(engine, index, grant.role, { group, grant });
  for (const group of giving)
    for (const grant of group.facts.grants)
      if (grant.kind === "team")
        for (const role of engine.relation.teams.get(grant.team) ?? [])
          yield* through(engine, index, role, { group, grant, team: grant.team });
  for (const role of outside) yield* through(engine, index, role, {});
}

function* through(
  { relation, roleBits }: Engine,
  index: number,
  roleId: string,
  from: Omit<Path, "role" | "includedIn">,
): Generator<Path> {
  const role = relation.roles.get(roleId);
  const bits = roleBits.get(roleId);
  if (!role || !bits || !has(bits, index)) return;
  const includedIn = sourceOf(relation, role, index);
  yield { ...from, role, ...(includedIn === undefined ? {} : { includedIn }) };
}

/** The permission written on the role that brings the one asked for; undefined when it is written there itself. */
function sourceOf({ vocabulary }: Relation, role: RoleFacts, index: number): string | undefined {
  let source: string | undefined;
  for (const name of role.permissions) {
    const written = vocabulary.indexes.get(name);
    if (written === index) return undefined;
    const included = written === undefined ? undefined : vocabulary.included[written];
    if (included && has(included, index)) source ??= name;
  }
  return source;
}

/** Why more may be given than is known: grants that could not be resolved, roles whose content is not wholly known. */
function* grantGaps({ relation }: Engine, { groups, outside }: Sources): Iterable<string> {
  if (relation.strayGap !== undefined) yield relation.strayGap;
  const roles = new Set(outside);
  for (const { facts } of groups) {
    if (facts.grantsGap !== undefined) yield facts.grantsGap;
    for (const grant of facts.grants)
      for (const id of grant.kind === "role" ? [grant.role] : (relation.teams.get(grant.team) ?? [])) roles.add(id);
  }
  for (const id of roles) {
    const gap = relation.roles.get(id)?.gap;
    if (gap !== undefined) yield gap;
  }
}

function* outsideGaps({ peopleGap }: Relation, { outsideGap }: PersonFacts): Iterable<string> {
  if (peopleGap !== undefined) yield peopleGap;
  if (outsideGap !== undefined) yield outsideGap;
}

/**
 * Why people who are not known to hold a permission may hold it all the same: unknown members of a group that gives it or
 * may give it, unknown grants of whoever they are. Of all people, or of those named.
 */
export function openFor(engine: Engine, index: number, people?: Iterable<string>): readonly string[] {
  return [...new Set(holderGaps(engine, index, people))];
}

function* holderGaps(engine: Engine, index: number, some: Iterable<string> | undefined): Iterable<string> {
  const { relation } = engine;
  for (const group of engine.groups.values()) {
    if (group.facts.membersGap === undefined) continue;
    const mayHold = has(group.bits, index) || !isEmpty(grantGaps(engine, { groups: [group], outside: [] }));
    if (mayHold) yield group.facts.membersGap;
  }
  const keys = some ? [...some] : undefined;
  const classes = keys ? new Set(keys.flatMap((key) => classOfPerson(engine, key) ?? [])) : engine.classes.values();
  const hasDoubts =
    relation.strayGap !== undefined ||
    [...relation.roles.values()].some(({ gap }) => gap !== undefined) ||
    [...relation.groups.values()].some(({ grantsGap }) => grantsGap !== undefined);
  if (hasDoubts)
    for (const one of classes)
      if (!has(one.bits, index)) yield* grantGaps(engine, { groups: groupsOf(engine, one), outside: one.outside });
  if (relation.peopleGap !== undefined) yield relation.peopleGap;
  for (const key of keys ?? relation.people.keys()) {
    const gap = relation.people.get(key)?.outsideGap;
    if (gap !== undefined) yield gap;
  }
}

function isEmpty(iterable: Iterable<unknown>): boolean {
  for (const _ of iterable) return false;
  return true;
}
