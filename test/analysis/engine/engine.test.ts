/** The engine against the slow model: every answer on generated relations, and by difference as from scratch. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  groupHolds,
  type Holding,
  type Path,
  personHolds,
  whoCan,
} from "../../../server/src/core/analysis/engine/answers.ts";
import { changesBetween } from "../../../server/src/core/analysis/engine/changes.ts";
import { type Engine, engineFor } from "../../../server/src/core/analysis/engine/engine.ts";
import type { Relation } from "../../../server/src/core/analysis/engine/relation.ts";
import { lackingFor } from "../../../server/src/core/analysis/engine/vocabulary.ts";
import { referenceGroup, referenceLacking, referencePerson, referenceWho } from "./reference.ts";
import { PERMISSIONS, relations, steps } from "./relations.ts";

const RUNS = { numRuns: 1_000 };
/** Thousands of relations take seconds, on a busy machine more. */
const PATIENCE = 120_000;

test(
  "every answer is that of the slow model",
  () => {
    fc.assert(
      fc.property(relations, (relation) => checkAnswers(relation, engineFor(relation))),
      RUNS,
    );
  },
  PATIENCE,
);

test(
  "an engine kept by difference answers as one built afresh, and the earlier one stays as it was",
  () => {
    fc.assert(
      fc.property(relations, fc.array(steps, { minLength: 1, maxLength: 5 }), (relation, list) => {
        const first = engineFor(relation);
        const before = plain(first);
        let engine = first;
        for (const step of list) {
          const next = step(engine.relation);
          const previous = engine;
          engine = engineFor(next, previous);
          expect(plain(engine)).toEqual(plain(engineFor(next)));
          checkChanges(previous, engine);
        }
        expect(plain(first)).toEqual(before);
        checkAnswers(engine.relation, engine);
      }),
      RUNS,
    );
  },
  PATIENCE,
);

test("a relation that did not change costs nothing: groups and classes are the very same", () => {
  fc.assert(
    fc.property(relations, (relation) => {
      const engine = engineFor(relation);
      const again = engineFor({ ...relation }, engine);
      for (const [key, group] of again.groups) expect(group).toBe(engine.groups.get(key));
      for (const [key, one] of again.classes) expect(one).toBe(engine.classes.get(key));
    }),
    { numRuns: 100 },
  );
});

function checkAnswers(relation: Relation, engine: Engine): void {
  for (const key of relation.groups.keys()) {
    const holding = groupHolds(engine, key);
    const expected = referenceGroup(relation, key);
    checkHolding(relation, engine, holding, expected);
  }
  for (const key of relation.people.keys())
    checkHolding(relation, engine, personHolds(engine, key), referencePerson(relation, key), key);
  for (const name of [...PERMISSIONS, "old7", "old8", "nothing"]) {
    const { holders, gaps } = whoCan(engine, name);
    const expected = referenceWho(relation, name);
    expect(holders.map(({ key }) => key).sort()).toEqual(expected.names);
    expect(gaps.length === 0).toBe(expected.isWhole);
    for (const { key, path, lacking } of holders) {
      checkPath(relation, engine, path, name, key);
      expect(lacking.map((permission) => permission.name).sort()).toEqual(
        referenceLacking(relation, referencePerson(relation, key).names, name),
      );
    }
  }
  const inClasses = [...engine.classes.values()].flatMap(({ people }) => [...people]);
  expect(inClasses.sort()).toEqual([...relation.people.keys()].sort());
}

function checkHolding(
  relation: Relation,
  engine: Engine,
  holding: Holding | undefined,
  expected: { readonly names: readonly string[]; readonly isWhole: boolean },
  person?: string,
): void {
  expect(holding?.held.map(({ permission }) => permission.name).sort()).toEqual(expected.names);
  expect(holding?.gaps.length === 0).toBe(expected.isWhole);
  for (const { permission, paths } of holding?.held ?? []) {
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) checkPath(relation, engine, path, permission.name, person);
  }
}

/** A witness is a chain of facts of the relation, link by link. Plain comparisons: there are millions of links. */
function checkPath(relation: Relation, engine: Engine, path: Path, name: string, person?: string): void {
  const broken = brokenLink(relation, engine, path, relation.vocabulary.indexes.get(name) as number, person);
  if (broken) expect.fail(`${broken} in a path to ${name}`);
}

function brokenLink(
  relation: Relation,
  engine: Engine,
  path: Path,
  index: number,
  person?: string,
): string | undefined {
  const { role, group, grant, team, includedIn } = path;
  if (relation.roles.get(role.id) !== role) return "a role of another relation";
  const isWritten = role.permissions.some((permission) => relation.vocabulary.indexes.get(permission) === index);
  if (includedIn === undefined && !isWritten) return "a role without the permission";
  if (includedIn !== undefined) {
    const only = { ...role, permissions: role.permissions.filter((permission) => permission === includedIn) };
    const alone: Relation = {
      ...relation,
      groups: new Map(),
      roles: new Map([[role.id, only]]),
      people: holderOf(role.id),
    };
    if (!referencePerson(alone, "x").names.includes(relation.vocabulary.permissions[index]?.name ?? ""))
      return "an including permission that does not";
  }
  if (!group)
    return person === undefined || relation.people.get(person)?.outside.includes(role.id)
      ? undefined
      : "a role that is not held outside";
  if (engine.groups.get(group.key) !== group) return "a group of another relation";
  if (person !== undefined && !group.facts.members.has(person)) return "a group without the person";
  if (!grant || !group.facts.grants.includes(grant)) return "a grant of another group";
  if (grant.kind === "role") return grant.role === role.id ? undefined : "a grant of another role";
  return grant.team === team && relation.teams.get(grant.team)?.includes(role.id)
    ? undefined
    : "a team without the role";
}

function holderOf(role: string): Relation["people"] {
  return new Map([["x", { name: "x", kind: "person", outside: [role] }]]);
}

function checkChanges(before: Engine, after: Engine): void {
  const changes = changesBetween(before, after);
  const expected = [...new Set([...before.relation.people.keys(), ...after.relation.people.keys()])].flatMap((key) => {
    const [old, now] = [referencePerson(before.relation, key).names, referencePerson(after.relation, key).names];
    const gains = now.filter((name) => !old.includes(name));
    const losses = old.filter((name) => !now.includes(name));
    return gains.length + losses.length > 0 ? [{ key, gains, losses }] : [];
  });
  const names = (shifts: readonly { readonly permission: { readonly name: string } }[]) =>
    shifts.map(({ permission }) => permission.name).sort();
  expect(
    changes.people
      .map(({ key, gains, losses }) => ({ key, gains: names(gains), losses: names(losses) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  ).toEqual(expected.sort((a, b) => (a.key < b.key ? -1 : 1)));
}

/** An engine without the numbers it gave to groups, which depend on its past. */
function plain(engine: Engine): unknown {
  const { permissions } = engine.relation.vocabulary;
  return [...engine.classes.values()]
    .map(({ groups, outside, people, bits }) => ({
      groups: groups.map((id) => engine.numbered[id]?.key).sort(),
      outside,
      people: [...people].sort(),
      held: permissions.filter((_, index) => ((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1).map(({ name }) => name),
      lacking: permissions.map((_, index) => lackingFor(engine.relation.vocabulary, bits, index).length),
    }))
    .sort((a, b) => (a.people[0] ?? "").localeCompare(b.people[0] ?? ""));
}
