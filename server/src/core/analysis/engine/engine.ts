/**
 * Effective access of one organization, computed once and kept by difference.
 *
 * People who are in the same groups and hold the same roles outside the files form a class: what they can do is one bit
 * set, however many they are. A new relation is compared with the old one, and only what differs is computed again.
 */

import { fitted } from "../../model/fitted.ts";
import { addAll, type Bits, type BitsPool, newBits, share } from "./bits.ts";
import type { GroupFacts, Relation } from "./relation.ts";
import { bitsOfNames } from "./vocabulary.ts";

export interface GroupNode {
  readonly key: string;
  /** Number that classes name the group by. */
  readonly id: number;
  readonly facts: GroupFacts;
  readonly bits: Bits;
}

/** People with the same access. */
export interface PeopleClass {
  /** Numbers of groups, ascending. */
  readonly groups: readonly number[];
  /** Ids of roles held outside the files. */
  readonly outside: readonly string[];
  /** Keys of `Relation.people`. */
  readonly people: ReadonlySet<string>;
  readonly bits: Bits;
}

export interface Engine {
  readonly relation: Relation;
  readonly roleBits: ReadonlyMap<string, Bits>;
  readonly groups: ReadonlyMap<string, GroupNode>;
  /** Groups by number; numbers of groups that are gone stay empty. */
  readonly numbered: readonly (GroupNode | undefined)[];
  /** By signature. */
  readonly classes: ReadonlyMap<string, PeopleClass>;
  /** Signature of each person's class. */
  readonly classOf: ReadonlyMap<string, string>;
}

/** The engine of a relation. With an earlier engine only the differences cost; the answers are the same without it. */
export function engineFor(relation: Relation, earlier?: Engine): Engine {
  const before = earlier?.relation.vocabulary === relation.vocabulary ? earlier : undefined;
  const pool: BitsPool = new Map();
  const { roleBits, changed: changedRoles } = rolesOf(relation, before);
  const { groups, numbered, changed: changedGroups } = groupsOf(relation, before, roleBits, changedRoles, pool);
  const standing: Standing = { classes: new Map(before?.classes), classOf: new Map(before?.classOf), own: new Map() };
  for (const [person, move] of movesOf(relation, groups, before)) movePerson(standing, person, move);
  const { classes, classOf, own } = standing;
  for (const signature of changedGroups.size + changedRoles.size > 0 ? classes.keys() : own.keys()) {
    const one = classes.get(signature);
    if (one?.people.size === 0) classes.delete(signature);
    else if (one && (!one.bits || dependsOn(one, changedGroups, changedRoles)))
      classes.set(signature, { ...one, bits: share(pool, bitsOfClass(relation, one, numbered, roleBits)) });
  }
  return { relation, roleBits, groups, numbered, classes: classes as ReadonlyMap<string, PeopleClass>, classOf };
}

/** A class whose bits may be missing yet. */
type Draft = Omit<PeopleClass, "bits"> & { readonly bits?: Bits };

/** Who stands in which class, while people are moved. */
interface Standing {
  readonly classes: Map<string, Draft>;
  readonly classOf: Map<string, string>;
  /** The people of classes that somebody joined or left: sets of our own, since the earlier engine keeps its. */
  readonly own: Map<string, Set<string>>;
}

interface Move {
  readonly groups: readonly number[];
  /** Undefined when the person is gone. */
  readonly outside: readonly string[] | undefined;
}

function rolesOf(relation: Relation, before: Engine | undefined) {
  if (before?.relation.roles === relation.roles) return { roleBits: before.roleBits, changed: new Set<string>() };
  const roleBits = new Map<string, Bits>();
  const changed = new Set<string>();
  for (const role of relation.roles.values()) {
    const known = before?.relation.roles.get(role.id) === role ? before.roleBits.get(role.id) : undefined;
    roleBits.set(role.id, known ?? bitsOfNames(relation.vocabulary, role.permissions));
    if (!known) changed.add(role.id);
  }
  for (const id of before?.roleBits.keys() ?? []) if (!roleBits.has(id)) changed.add(id);
  return { roleBits, changed };
}

function groupsOf(
  relation: Relation,
  before: Engine | undefined,
  roleBits: ReadonlyMap<string, Bits>,
  changedRoles: ReadonlySet<string>,
  pool: BitsPool,
) {
  const groups = new Map<string, GroupNode>();
  const numbered = before ? [...before.numbered] : [];
  const changed = new Set<number>();
  const sameTeams = before?.relation.teams === relation.teams;
  for (const [key, facts] of relation.groups) {
    const known = before?.groups.get(key);
    const id = known?.id ?? numbered.length;
    const isSame =
      known !== undefined &&
      sameTeams &&
      sameGrants(known.facts, facts) &&
      (changedRoles.size === 0 || !roleIdsOf(relation, facts).some((role) => changedRoles.has(role)));
    const bits = isSame ? known.bits : share(pool, bitsOfRoles(relation, roleIdsOf(relation, facts), roleBits));
    const node = known && isSame && known.facts === facts ? known : { key, id, facts, bits };
    groups.set(key, node);
    numbered[id] = node;
    if (!isSame) changed.add(id);
  }
  for (const [key, { id }] of before?.groups ?? []) if (!groups.has(key)) numbered[id] = undefined;
  return { groups, numbered, changed };
}

/** Where people stand now, for those who stand elsewhere than before. */
function movesOf(
  relation: Relation,
  groups: ReadonlyMap<string, GroupNode>,
  before: Engine | undefined,
): ReadonlyMap<string, Move> {
  const placed = new Map<string, Set<number>>();
  const place = (person: string): Set<number> => {
    const known = placed.get(person);
    if (known) return known;
    const signature = before?.classOf.get(person);
    const fresh = new Set(signature === undefined ? [] : before?.classes.get(signature)?.groups);
    placed.set(person, fresh);
    return fresh;
  };
  for (const { key, id, facts } of groups.values()) {
    const old = before?.groups.get(key)?.facts.members;
    if (old === facts.members) continue;
    for (const person of facts.members) if (!old?.has(person)) place(person).add(id);
    for (const person of old ?? []) if (!facts.members.has(person)) place(person).delete(id);
  }
  for (const [key, { id, facts }] of before?.groups ?? [])
    if (!groups.has(key)) for (const person of facts.members) place(person).delete(id);
  if (before?.relation.people !== relation.people) {
    for (const [key, person] of relation.people) {
      const known = before?.relation.people.get(key);
      if (!known || !sameList(known.outside, person.outside)) place(key);
    }
    for (const key of before?.relation.people.keys() ?? []) if (!relation.people.has(key)) place(key);
  }
  const moves = new Map<string, Move>();
  for (const [person, ids] of placed)
    moves.set(person, {
      groups: fitted([...ids].sort((a, b) => a - b)),
      outside: relation.people.get(person)?.outside,
    });
  return moves;
}

function movePerson(standing: Standing, person: string, move: Move): void {
  const from = standing.classOf.get(person);
  if (from !== undefined) ownPeople(standing, from, move).delete(person);
  standing.classOf.delete(person);
  if (!move.outside) return;
  const signature = `${move.groups.join(" ")}|${move.outside.join(" ")}`;
  ownPeople(standing, signature, move).add(person);
  standing.classOf.set(person, signature);
}

/** The people of a class, to be changed; a class that nobody was in yet begins with where the person moves to. */
function ownPeople({ classes, own }: Standing, signature: string, { groups, outside = [] }: Move): Set<string> {
  const known = own.get(signature);
  if (known) return known;
  const one = classes.get(signature);
  const people = new Set(one?.people);
  own.set(signature, people);
  classes.set(signature, one ? { ...one, people } : { groups, outside, people });
  return people;
}

function dependsOn(one: Draft, groups: ReadonlySet<number>, roles: ReadonlySet<string>): boolean {
  return (
    (groups.size > 0 && one.groups.some((id) => groups.has(id))) ||
    (roles.size > 0 && one.outside.some((id) => roles.has(id)))
  );
}

function bitsOfClass(
  relation: Relation,
  { groups, outside }: Draft,
  numbered: readonly (GroupNode | undefined)[],
  roleBits: ReadonlyMap<string, Bits>,
): Bits {
  const bits = bitsOfRoles(relation, outside, roleBits);
  for (const id of groups) {
    const group = numbered[id];
    if (group) addAll(bits, group.bits);
  }
  return bits;
}

function bitsOfRoles(relation: Relation, roles: readonly string[], roleBits: ReadonlyMap<string, Bits>): Bits {
  const bits = newBits(relation.vocabulary.permissions.length);
  for (const id of roles) {
    const held = roleBits.get(id);
    if (held) addAll(bits, held);
  }
  return bits;
}

/** Roles that a group's members hold through it, those of its teams included. */
export function roleIdsOf(relation: Relation, facts: GroupFacts): readonly string[] {
  return facts.grants.flatMap((grant) =>
    grant.kind === "role" ? [grant.role] : (relation.teams.get(grant.team) ?? []),
  );
}

function sameGrants(one: GroupFacts, other: GroupFacts): boolean {
  if (one.grants === other.grants) return true;
  return (
    one.grants.length === other.grants.length && one.grants.every((grant, at) => sameGrant(grant, other.grants[at]))
  );
}

function sameGrant(one: GroupFacts["grants"][number], other: GroupFacts["grants"][number] | undefined): boolean {
  if (one.kind === "role") return other?.kind === "role" && other.role === one.role;
  return other?.kind === "team" && other.team === one.team;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((item, at) => item === other[at]));
}
