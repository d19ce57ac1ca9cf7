/** Escalation: planted ways are found whatever they lead through, no way is made up, and cuts are as small as can be. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { engineFor } from "../../../server/src/core/analysis/engine/engine.ts";
import { cutFor, escalationOf } from "../../../server/src/core/analysis/engine/escalation.ts";
import { graphOf, type Step, shortestWay, smallestCut } from "../../../server/src/core/analysis/engine/flow.ts";
import type { Grant, Relation } from "../../../server/src/core/analysis/engine/relation.ts";
import { makeVocabulary } from "../../../server/src/core/analysis/engine/vocabulary.ts";
import { CATALOGUE } from "../../../server/src/core/model/catalogue.ts";

const VOCABULARY = makeVocabulary(CATALOGUE.values());
const LEADING = [
  "user_access_manage",
  "org_management",
  "admin",
  "service_account_write",
  "workload_identity_federation_write",
  "cases_read",
];
const [ROLES, GROUPS, TEAMS, ROBOTS] = [["r0", "r1", "r2", "r3"], ["g0", "g1", "g2"], ["t0"], ["bot0", "bot1"]];

const some = <T>(items: readonly T[], most: number) => fc.uniqueArray(fc.constantFrom(...items), { maxLength: most });
const each = <T>(keys: readonly string[], value: fc.Arbitrary<T>) =>
  fc.tuple(...keys.map(() => value)).map((values) => new Map(values.map((one, at) => [keys[at] as string, one])));

const relations: fc.Arbitrary<Relation> = fc
  .record({
    contents: each(ROLES, some(LEADING, 2)),
    given: each(GROUPS, some([...ROLES, ...TEAMS], 2)),
    linked: each(TEAMS, some(ROLES, 1)),
    robots: each(ROBOTS, some(ROLES, 1)),
  })
  .map(({ contents, given, linked, robots }) => ({
    vocabulary: VOCABULARY,
    roles: new Map([...contents].map(([id, permissions]) => [id, { id, name: id, permissions, receivesFrom: [] }])),
    groups: new Map(
      [...given].map(([name, list]) => [name, { name, members: new Set<string>(), grants: list.map(toGrant) }]),
    ),
    teams: linked,
    people: new Map([...robots].map(([name, outside]) => [name, { name, kind: "service", outside }])),
  }));

function toGrant(name: string): Grant {
  return name.startsWith("t") ? { kind: "team", team: name } : { kind: "role", role: name };
}

/** Roles that somebody can come to use, by trying everything until nothing new comes. */
function canBecomeAdministrator({ roles, groups, teams, people }: Relation, group: string): boolean {
  const given = groups.get(group)?.grants ?? [];
  const held = new Set(
    given.flatMap((grant) => (grant.kind === "role" ? [grant.role] : (teams.get(grant.team) ?? []))),
  );
  const permits = (role: string, ...names: string[]) => {
    const written = roles.get(role)?.permissions ?? [];
    const all = written.includes("admin") ? [...written, "org_management"] : written;
    return names.some((name) => all.includes(name));
  };
  const isAdmin = (role: string) => permits(role, "user_access_manage", "org_management");
  const worthActingAs = [...people.values()].some(({ outside }) => outside.some(isAdmin));
  for (let grows = true; grows; ) {
    const before = held.size;
    if ([...held].some((role) => permits(role, "service_account_write")))
      for (const { outside } of people.values()) for (const role of outside) held.add(role);
    grows = held.size > before;
  }
  const canImpersonate = [...held].some((role) => permits(role, "workload_identity_federation_write"));
  return [...held].some(isAdmin) || (canImpersonate && worthActingAs);
}

test("a way is found exactly where there is one, and every step of it follows from the one before", () => {
  fc.assert(
    fc.property(relations, (relation) => {
      const engine = engineFor(relation);
      for (const [key, group] of engine.groups) {
        const way = escalationOf(engine, group);
        expect(way !== undefined).toBe(canBecomeAdministrator(relation, key));
        for (const [at, step] of (way ?? []).entries())
          expect(step.from).toBe(at === 0 ? `group ${key}` : way?.[at - 1]?.to);
        expect(cutFor(engine, [group])?.length === 0).toBe(way === undefined);
      }
    }),
    { numRuns: 1_000 },
  );
});

describe("on small graphs", () => {
  const nodes = ["s", "a", "b", "c", "d", "goal"];
  const graphs = fc.array(
    fc.record({
      from: fc.constantFrom(...nodes),
      to: fc.constantFrom(...nodes),
      canGo: fc.integer({ max: 3, min: 0 }),
    }),
    { maxLength: 10 },
  );
  const toSteps = (list: readonly { from: string; to: string; canGo: number }[]): Step<number>[] =>
    list.map(({ from, to, canGo }, at) => ({ from, to, ...(canGo > 0 ? { edit: at } : {}) }));
  const isCut = (steps: readonly Step<number>[], out: ReadonlySet<Step<number>>) =>
    shortestWay(graphOf(steps.filter((step) => !out.has(step))), "s", "goal") === undefined;

  test("no cut is smaller, which trying all of them shows", () => {
    fc.assert(
      fc.property(graphs, (list) => {
        const steps = toSteps(list);
        const cut = smallestCut(graphOf(steps), ["s"], "goal");
        const removable = steps.filter(({ edit }) => edit !== undefined);
        const subsets = Array.from({ length: 2 ** removable.length }, (_, bits) =>
          removable.filter((_, at) => (bits >> at) & 1),
        );
        const sizes = subsets.filter((subset) => isCut(steps, new Set(subset))).map(({ length }) => length);
        expect(cut?.length).toBe(sizes.length === 0 ? undefined : Math.min(...sizes));
        if (cut) expect(isCut(steps, new Set(cut))).toBe(true);
        expect(cut?.every(({ edit }) => edit !== undefined) ?? true).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("no way is shorter, which trying all of them shows", () => {
    const lengths = (steps: readonly Step<number>[], at: string, seen: readonly string[]): readonly number[] =>
      at === "goal"
        ? [seen.length]
        : steps.flatMap(({ from, to }) =>
            from === at && !seen.includes(to) && to !== "s" ? lengths(steps, to, [...seen, to]) : [],
          );
    fc.assert(
      fc.property(graphs, (list) => {
        const steps = toSteps(list);
        const all = lengths(steps, "s", []);
        expect(shortestWay(graphOf(steps), "s", "goal")?.length).toBe(all.length === 0 ? undefined : Math.min(...all));
      }),
      { numRuns: 500 },
    );
  });
});
