/** What a change of the relation means: who gains and who loses which permissions, and through what. */

import type { Permission } from "../../model/target.ts";
import { classOfPerson, groupsOf, type Path, pathsOf } from "./answers.ts";
import { indexesOf, isEqual, without } from "./bits.ts";
import type { Engine, GroupNode, PeopleClass } from "./engine.ts";
import type { GroupFacts, PersonFacts, Relation } from "./relation.ts";

export interface Shift {
  readonly permission: Permission;
  /** A way it comes by, or came by. */
  readonly path: Path;
}

export interface PersonChange {
  readonly key: string;
  readonly person: PersonFacts;
  readonly gains: readonly Shift[];
  readonly losses: readonly Shift[];
}

/** What a group gives more or less; it matters most where the members are not known. */
export interface GroupChange {
  readonly name: string;
  readonly gains: readonly Shift[];
  readonly losses: readonly Shift[];
  readonly membersGap?: string;
}

export interface AccessChanges {
  /** Sorted by name. */
  readonly people: readonly PersonChange[];
  readonly groups: readonly GroupChange[];
}

/** Compares two engines that share a vocabulary. What is unknown in both is no change. */
export function changesBetween(before: Engine, after: Engine): AccessChanges {
  return { people: peopleChanges(before, after), groups: groupChanges(before, after) };
}

/** The relation in which a person is, or is no longer, a member of a group. */
export function withMember(relation: Relation, group: string, person: string, isMember: boolean): Relation {
  return changeGroup(relation, group, (facts) => {
    const members = new Set(facts.members);
    if (isMember) members.add(person);
    else members.delete(person);
    return { ...facts, members };
  });
}

/** The relation in which a group gives other things. */
export function withGrants(relation: Relation, group: string, grants: GroupFacts["grants"]): Relation {
  return changeGroup(relation, group, (facts) => ({ ...facts, grants }));
}

function changeGroup(relation: Relation, key: string, change: (facts: GroupFacts) => GroupFacts): Relation {
  const facts = relation.groups.get(key);
  return facts ? { ...relation, groups: new Map(relation.groups).set(key, change(facts)) } : relation;
}

function peopleChanges(before: Engine, after: Engine): readonly PersonChange[] {
  const known = new Map<PeopleClass | undefined, Map<PeopleClass | undefined, Difference | undefined>>();
  const changes: PersonChange[] = [];
  for (const key of new Set([...before.classOf.keys(), ...after.classOf.keys()])) {
    const [old, now] = [classOfPerson(before, key), classOfPerson(after, key)];
    const person = after.relation.people.get(key) ?? before.relation.people.get(key);
    if (old === now || !person) continue;
    const byOld = known.get(old) ?? new Map<PeopleClass | undefined, Difference | undefined>();
    known.set(old, byOld);
    if (!byOld.has(now)) byOld.set(now, differ(before, sidesOf(before, old), after, sidesOf(after, now)));
    const difference = byOld.get(now);
    if (difference) changes.push({ key, person, ...difference });
  }
  return changes.sort((a, b) => (a.person.name < b.person.name ? -1 : 1));
}

function groupChanges(before: Engine, after: Engine): readonly GroupChange[] {
  const changes: GroupChange[] = [];
  for (const key of new Set([...before.groups.keys(), ...after.groups.keys()])) {
    const [old, now] = [before.groups.get(key), after.groups.get(key)];
    const facts = now?.facts ?? old?.facts;
    if (old === now || !facts) continue;
    const difference = differ(before, sideOfGroup(old), after, sideOfGroup(now));
    if (!difference) continue;
    const { name, membersGap } = facts;
    changes.push({ name, ...difference, ...(membersGap === undefined ? {} : { membersGap }) });
  }
  return changes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Side {
  readonly bits: Uint32Array | undefined;
  readonly groups: readonly GroupNode[];
  readonly outside: readonly string[];
}

interface Difference {
  readonly gains: readonly Shift[];
  readonly losses: readonly Shift[];
}

function differ(before: Engine, old: Side, after: Engine, now: Side): Difference | undefined {
  const none = new Uint32Array((now.bits ?? old.bits ?? []).length);
  const [oldBits, nowBits] = [old.bits ?? none, now.bits ?? none];
  if (isEqual(oldBits, nowBits)) return undefined;
  const shifts = (engine: Engine, side: Side, bits: Uint32Array) =>
    indexesOf(bits).flatMap((index): Shift[] => {
      const permission = engine.relation.vocabulary.permissions[index];
      const [path] = pathsOf(engine, index, side);
      return permission && path ? [{ permission, path }] : [];
    });
  return {
    gains: shifts(after, now, without(nowBits, oldBits)),
    losses: shifts(before, old, without(oldBits, nowBits)),
  };
}

function sidesOf(engine: Engine, one: PeopleClass | undefined): Side {
  return { bits: one?.bits, groups: one ? groupsOf(engine, one) : [], outside: one?.outside ?? [] };
}

function sideOfGroup(group: GroupNode | undefined): Side {
  return { bits: group?.bits, groups: group ? [group] : [], outside: [] };
}
