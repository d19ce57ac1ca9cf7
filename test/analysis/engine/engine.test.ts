/** The engine against the slow model: every answer on generated worlds, and by difference as from scratch. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  groupHolds,
  type Holding,
  type Path,
  personHolds,
  unionsOf,
  whoCan,
} from "../../../server/src/core/analysis/engine/answers.ts";
import { changesBetween } from "../../../server/src/core/analysis/engine/changes.ts";
import { type Engine, engineFor } from "../../../server/src/core/analysis/engine/engine.ts";
import { lackingFor } from "../../../server/src/core/analysis/engine/vocabulary.ts";
import type { World } from "../../../server/src/core/analysis/engine/world.ts";
import { referenceGroup, referenceLacking, referencePerson, referenceWho } from "./reference.ts";
import { PERMISSIONS, steps, worlds } from "./worlds.ts";

const RUNS = { numRuns: 1_500 };

test("every answer is that of the slow model", () => {
  fc.assert(
    fc.property(worlds, (world) => checkAnswers(world, engineFor(world))),
    RUNS,
  );
});

test("an engine kept by difference answers as one built afresh, and the earlier one stays as it was", () => {
  fc.assert(
    fc.property(worlds, fc.array(steps, { minLength: 1, maxLength: 5 }), (world, list) => {
      const first = engineFor(world);
      const before = plain(first);
      let engine = first;
      for (const step of list) {
        const next = step(engine.world);
        const previous = engine;
        engine = engineFor(next, previous);
        expect(plain(engine)).toEqual(plain(engineFor(next)));
        checkChanges(previous, engine);
      }
      expect(plain(first)).toEqual(before);
      checkAnswers(engine.world, engine);
    }),
    RUNS,
  );
});

test("a world that did not change costs nothing: groups and classes are the very same", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const engine = engineFor(world);
      const again = engineFor({ ...world }, engine);
      for (const [key, group] of again.groups) expect(group).toBe(engine.groups.get(key));
      for (const [key, one] of again.classes) expect(one).toBe(engine.classes.get(key));
    }),
    { numRuns: 100 },
  );
});

function checkAnswers(world: World, engine: Engine): void {
  for (const key of world.groups.keys()) {
    const holding = groupHolds(engine, key);
    const expected = referenceGroup(world, key);
    checkHolding(world, engine, holding, expected);
  }
  for (const key of world.people.keys())
    checkHolding(world, engine, personHolds(engine, key), referencePerson(world, key), key);
  for (const name of [...PERMISSIONS, "old7", "old8", "nothing"]) {
    const { holders, gaps } = whoCan(engine, name);
    const expected = referenceWho(world, name);
    expect(holders.map(({ key }) => key).sort()).toEqual(expected.names);
    expect(gaps.length === 0).toBe(expected.isWhole);
    for (const { key, path, lacking } of holders) {
      checkPath(world, engine, path, name, key);
      expect(lacking.map((permission) => permission.name).sort()).toEqual(
        referenceLacking(world, referencePerson(world, key).names, name),
      );
    }
  }
  const inClasses = unionsOf(engine).flatMap(({ people }) => [...people]);
  expect(inClasses.sort()).toEqual([...world.people.keys()].sort());
}

function checkHolding(
  world: World,
  engine: Engine,
  holding: Holding | undefined,
  expected: { readonly names: readonly string[]; readonly isWhole: boolean },
  person?: string,
): void {
  expect(holding?.held.map(({ permission }) => permission.name).sort()).toEqual(expected.names);
  expect(holding?.gaps.length === 0).toBe(expected.isWhole);
  for (const { permission, paths } of holding?.held ?? []) {
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) checkPath(world, engine, path, permission.name, person);
  }
}

/** A witness is a chain of facts of the world, link by link. Plain comparisons: there are millions of links. */
function checkPath(world: World, engine: Engine, path: Path, name: string, person?: string): void {
  const broken = brokenLink(world, engine, path, world.vocabulary.indexes.get(name) as number, person);
  if (broken) expect.fail(`${broken} in a path to ${name}`);
}

function brokenLink(world: World, engine: Engine, path: Path, index: number, person?: string): string | undefined {
  const { role, group, grant, team, includedIn } = path;
  if (world.roles.get(role.id) !== role) return "a role of another world";
  const isWritten = role.permissions.some((permission) => world.vocabulary.indexes.get(permission) === index);
  if (includedIn === undefined && !isWritten) return "a role without the permission";
  if (includedIn !== undefined) {
    const only = { ...role, permissions: role.permissions.filter((permission) => permission === includedIn) };
    const alone: World = { ...world, groups: new Map(), roles: new Map([[role.id, only]]), people: holderOf(role.id) };
    if (!referencePerson(alone, "x").names.includes(world.vocabulary.permissions[index]?.name ?? ""))
      return "an including permission that does not";
  }
  if (!group)
    return person === undefined || world.people.get(person)?.outside.includes(role.id)
      ? undefined
      : "a role that is not held outside";
  if (engine.groups.get(group.key) !== group) return "a group of another world";
  if (person !== undefined && !group.facts.members.has(person)) return "a group without the person";
  if (!grant || !group.facts.grants.includes(grant)) return "a grant of another group";
  if (grant.kind === "role") return grant.role === role.id ? undefined : "a grant of another role";
  return grant.team === team && world.teams.get(grant.team)?.includes(role.id) ? undefined : "a team without the role";
}

function holderOf(role: string): World["people"] {
  return new Map([["x", { name: "x", kind: "person", outside: [role] }]]);
}

function checkChanges(before: Engine, after: Engine): void {
  const changes = changesBetween(before, after);
  const expected = [...new Set([...before.world.people.keys(), ...after.world.people.keys()])].flatMap((key) => {
    const [old, now] = [referencePerson(before.world, key).names, referencePerson(after.world, key).names];
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
  const { permissions } = engine.world.vocabulary;
  return [...engine.classes.values()]
    .map(({ groups, outside, people, bits }) => ({
      groups: groups.map((id) => engine.numbered[id]?.key).sort(),
      outside,
      people: [...people].sort(),
      held: permissions.filter((_, index) => ((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1).map(({ name }) => name),
      lacking: permissions.map((_, index) => lackingFor(engine.world.vocabulary, bits, index).length),
    }))
    .sort((a, b) => (a.people[0] ?? "").localeCompare(b.people[0] ?? ""));
}
