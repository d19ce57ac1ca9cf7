/** Generated relations and generated changes to them, small enough that every shape of sharing and doubt comes up. */

import fc from "fast-check";
import type {
  GroupFacts,
  MappedGrant,
  PersonFacts,
  Relation,
  RoleFacts,
} from "../../../server/src/core/analysis/engine/relation.ts";
import { makeVocabulary } from "../../../server/src/core/analysis/engine/vocabulary.ts";
import type { Permission } from "../../../server/src/core/model/target.ts";

export const PERMISSIONS = Array.from({ length: 40 }, (_, index) => `p${index}`);
const ROLES = ["r0", "r1", "r2", "r3", "r4"];
const TEAMS = ["t0", "t1"];
const GROUPS = ["g0", "g1", "g2", "g3"];
const PEOPLE = ["ana", "bob", "cyd", "dee", "eve", "fay"];

const some = <T>(items: readonly T[], most = items.length) =>
  fc.uniqueArray(fc.constantFrom(...items), { maxLength: most });
const gap = (what: string) => fc.constantFrom(undefined, undefined, undefined, undefined, `${what} not known`);

/** Permissions with aliases, and with `implies` and `requires` that may run in circles. */
const permissions: fc.Arbitrary<readonly Permission[]> = fc
  .array(fc.record({ implies: some(PERMISSIONS, 2), requires: some(PERMISSIONS, 2), rare: fc.nat(9) }), {
    minLength: PERMISSIONS.length,
    maxLength: PERMISSIONS.length,
  })
  .map((list) =>
    list.map(({ implies, requires, rare }, index): Permission => {
      const name = `p${index}`;
      return {
        name,
        displayName: name,
        group: "Other",
        type: "write",
        restricted: false,
        sensitivity: (["low", "medium", "high", "critical"] as const)[index % 4] ?? "low",
        implies: rare < 2 ? implies : [],
        requires: rare === 9 ? requires : [],
        aliases: rare > 6 ? [`old${index}`] : [],
        deprecated: false,
        catalogued: true,
      };
    }),
  );

const role = (id: string): fc.Arbitrary<RoleFacts> =>
  fc
    .record({ permissions: some([...PERMISSIONS, "old7", "old9", "new_thing_write"], 5), gap: gap(id) })
    .map(({ permissions, gap }) => ({
      id,
      name: id.toUpperCase(),
      permissions,
      receivesFrom: [],
      ...(gap === undefined ? {} : { gap }),
    }));

const grant: fc.Arbitrary<MappedGrant> = fc.oneof(
  fc.constantFrom(...ROLES, "gone").map((id): MappedGrant => ({ kind: "role", role: id })),
  fc.constantFrom(...TEAMS, "unlinked").map((team): MappedGrant => ({ kind: "team", team })),
);

const group = (name: string): fc.Arbitrary<GroupFacts> =>
  fc
    .record({
      grants: fc.array(grant, { maxLength: 3 }),
      members: some(PEOPLE),
      membersGap: gap(name),
      grantsGap: gap(name),
    })
    .map(({ grants, members, membersGap, grantsGap }) => ({
      name,
      grants,
      members: new Set(members),
      ...(membersGap === undefined ? {} : { membersGap: `members of ${membersGap}` }),
      ...(grantsGap === undefined ? {} : { grantsGap: `grants of ${grantsGap}` }),
    }));

const person = (name: string): fc.Arbitrary<PersonFacts> =>
  fc.record({ outside: some(ROLES, 1), rare: fc.nat(15), gap: gap(name) }).map(({ outside, rare, gap }) => ({
    name,
    kind: rare === 1 ? "service" : "person",
    outside: rare < 6 ? outside : [],
    ...(gap !== undefined && rare === 0 ? { outsideGap: `roles of ${gap}` } : {}),
  }));

const table = <T>(
  keys: readonly string[],
  make: (key: string) => fc.Arbitrary<T>,
): fc.Arbitrary<ReadonlyMap<string, T>> =>
  fc.tuple(...keys.map(make)).map((values) => new Map(values.map((value, at) => [keys[at] as string, value])));

const teams = table(TEAMS, () => some(ROLES, 2));

export const relations: fc.Arbitrary<Relation> = fc
  .record({
    permissions,
    roles: table(ROLES, role),
    teams,
    groups: table(GROUPS, group),
    people: table(PEOPLE, person),
    peopleGap: fc.constantFrom(undefined, undefined, undefined, "accounts not known"),
  })
  .map(({ permissions, peopleGap, roles, ...rest }) => ({
    ...rest,
    roles,
    vocabulary: makeVocabulary(
      permissions,
      [...roles.values()].flatMap((one) => one.permissions),
    ),
    ...(peopleGap === undefined ? {} : { peopleGap }),
  }));

/** One step from a relation to the next: what typing, a read or a question changes. Members are always among the people. */
export const steps = fc
  .oneof(
    table(["g0", "g4"], group).map((fresh) => (relation: Relation) => ({
      ...relation,
      groups: new Map([...relation.groups, ...fresh]),
    })),
    fc.record({ key: fc.constantFrom(...GROUPS), grants: fc.array(grant, { maxLength: 3 }) }).map(
      ({ key, grants }) =>
        (relation: Relation) =>
          changed(relation, key, (facts) => ({ ...facts, grants })),
    ),
    fc.record({ key: fc.constantFrom(...GROUPS), members: some(PEOPLE) }).map(
      ({ key, members }) =>
        (relation: Relation) =>
          changed(relation, key, (facts) => ({ ...facts, members: new Set(members) })),
    ),
    fc.constantFrom(...GROUPS).map((key) => (relation: Relation) => {
      const groups = new Map(relation.groups);
      groups.delete(key);
      return { ...relation, groups };
    }),
    table(["r1", "r5"], role).map((fresh) => (relation: Relation) => ({
      ...relation,
      roles: new Map([...relation.roles, ...fresh]),
    })),
    fc.constantFrom(...ROLES).map((id) => (relation: Relation) => {
      const roles = new Map(relation.roles);
      roles.delete(id);
      return { ...relation, roles };
    }),
    teams.map((fresh) => (relation: Relation) => ({ ...relation, teams: fresh })),
    table(["ana", "gus"], person).map((fresh) => (relation: Relation) => ({
      ...relation,
      people: new Map([...relation.people, ...fresh]),
    })),
    fc.constantFrom(...PEOPLE).map((key) => (relation: Relation) => withoutPerson(relation, key)),
  )
  .map((step) => (relation: Relation) => withoutStrangers(step(relation)));

function changed(relation: Relation, key: string, change: (facts: GroupFacts) => GroupFacts): Relation {
  const facts = relation.groups.get(key);
  return facts ? { ...relation, groups: new Map([...relation.groups, [key, change(facts)]]) } : relation;
}

function withoutPerson(relation: Relation, key: string): Relation {
  const people = new Map(relation.people);
  people.delete(key);
  return { ...relation, people };
}

function withoutStrangers(relation: Relation): Relation {
  const groups = [...relation.groups].map(([name, facts]): [string, GroupFacts] => {
    const members = [...facts.members].filter((member) => relation.people.has(member));
    return [name, members.length === facts.members.size ? facts : { ...facts, members: new Set(members) }];
  });
  return { ...relation, groups: new Map(groups) };
}
