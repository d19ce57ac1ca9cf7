/** Escalation: planted ways are found whatever they lead through, no way is made up, and cuts are as small as can be. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { engineFor } from "../../../server/src/core/analysis/engine/engine.ts";
import {
  cutFor,
  escalationOf,
  ownCutFor,
  ownEscalationOf,
} from "../../../server/src/core/analysis/engine/escalation.ts";
import {
  ADMINISTRATOR,
  doorSteps,
  nodeOfGroup,
  ownSteps,
} from "../../../server/src/core/analysis/engine/escalationSteps.ts";
import { graphOf, type Step, shortestWay, smallestCut } from "../../../server/src/core/analysis/engine/flow.ts";
import type { MappedGrant, Relation } from "../../../server/src/core/analysis/engine/relation.ts";
import { makeVocabulary } from "../../../server/src/core/analysis/engine/vocabulary.ts";
import { CATALOGUE } from "../../../server/src/core/model/catalogue.ts";

const VOCABULARY = makeVocabulary(CATALOGUE.values());
const LEADING = [
  "user_access_manage",
  "org_management",
  "admin",
  "service_account_write",
  "org_app_keys_write",
  "connections_resolve",
  "workload_identity_federation_write",
  "cases_read",
];
const [ROLES, GROUPS, TEAMS, ROBOTS] = [
  ["r0", "r1", "r2", "r3"],
  ["g0", "g1", "g2"],
  ["t0", "t1"],
  ["bot0", "bot1"],
];
const PEOPLE = ["ana"];

const some = <T>(items: readonly T[], most: number) => fc.uniqueArray(fc.constantFrom(...items), { maxLength: most });
const each = <T>(keys: readonly string[], value: fc.Arbitrary<T>) =>
  fc.tuple(...keys.map(() => value)).map((values) => new Map(values.map((one, at) => [keys[at] as string, one])));

const relations: fc.Arbitrary<Relation> = fc
  .record({
    contents: each(ROLES, some(LEADING, 2)),
    given: each(GROUPS, some([...ROLES, ...TEAMS], 2)),
    places: each(GROUPS, fc.record({ directory: fc.constantFrom("okta", "corp", undefined), isOpen: fc.nat(3) })),
    linked: each(TEAMS, some(ROLES, 1)),
    held: each([...ROBOTS, ...PEOPLE], some(ROLES, 1)),
    connections: each(["c0"], some(ROLES, 1)),
    openTeams: some(TEAMS, 1),
    owners: some([...ROBOTS, ...PEOPLE, "gone"], 2),
  })
  .map(({ contents, given, places, linked, held, connections, openTeams, owners }) => ({
    vocabulary: VOCABULARY,
    roles: new Map([...contents].map(([id, permissions]) => [id, { id, name: id, permissions, receivesFrom: [] }])),
    groups: new Map(
      [...given].map(([name, list]) => [
        name,
        { name, members: new Set(), grants: list.map(toGrant), ...placed(places.get(name)) },
      ]),
    ),
    teams: linked,
    people: new Map(
      [...held].map(([name, outside]) => [name, { name, kind: PEOPLE.includes(name) ? "person" : "service", outside }]),
    ),
    links: {
      connections,
      openTeams: new Set(openTeams),
      scopedKeys: owners.map((owner) => ({ name: `key of ${owner}`, owner })),
      gaps: [],
    },
  }));

/** Every fourth group of a directory can be joined. */
function placed(place: { readonly directory: string | undefined; readonly isOpen: number } | undefined) {
  if (place?.directory === undefined) return {};
  return { directory: place.directory, ...(place.isOpen === 0 ? { door: { text: "may join", edit: "shut" } } : {}) };
}

function toGrant(name: string): MappedGrant {
  return name.startsWith("t") ? { kind: "team", team: name } : { kind: "role", role: name };
}

/** Everything somebody of a group can come to use, by trying all there is until nothing new comes. */
function canBecomeAdministrator(
  { roles, groups, teams, people, links }: Relation,
  group: string,
  byDoors: boolean,
): boolean {
  const permits = (role: string, ...names: string[]) => {
    const written = roles.get(role)?.permissions ?? [];
    const all = written.includes("admin") ? [...written, "org_management"] : written;
    return names.some((name) => all.includes(name));
  };
  const isAdmin = (role: string) => permits(role, "user_access_manage", "org_management");
  const worthActingAs = [...people.values()].some(({ outside }) => outside.some(isAdmin));
  const memberships = new Set([group]);
  const joined = new Set<string>(byDoors ? links?.openTeams : []);
  const held = new Set<string>();
  let owns = false;
  for (let size = -1; size !== memberships.size + joined.size + held.size; ) {
    size = memberships.size + joined.size + held.size;
    for (const [key, { directory, door }] of groups)
      if (byDoors && door && [...memberships].some((own) => groups.get(own)?.directory === directory))
        memberships.add(key);
    for (const key of memberships)
      for (const grant of groups.get(key)?.grants ?? [])
        if (grant.kind === "role") held.add(grant.role);
        else joined.add(grant.team);
    for (const team of joined) for (const role of teams.get(team) ?? []) held.add(role);
    const can = (permission: string) => [...held].some((role) => permits(role, permission));
    const used = [
      ...(can("service_account_write") ? ROBOTS : []),
      ...(can("org_app_keys_write") ? (links?.scopedKeys ?? []).map(({ owner }) => owner) : []),
    ];
    for (const key of used) {
      const one = people.get(key);
      if (one?.kind === "person") owns ||= one.outside.some(isAdmin);
      else for (const role of one?.outside ?? []) held.add(role);
    }
    if (can("connections_resolve"))
      for (const ids of links?.connections.values() ?? []) for (const role of ids) held.add(role);
  }
  const canImpersonate = [...held].some((role) => permits(role, "workload_identity_federation_write"));
  return owns || [...held].some(isAdmin) || (canImpersonate && worthActingAs);
}

test("a way is found exactly where there is one, and every step of it follows from the one before", () => {
  fc.assert(
    fc.property(relations, (relation) => {
      const engine = engineFor(relation);
      for (const [key, group] of engine.groups) {
        const ways = [
          { way: escalationOf(engine, group), cut: cutFor(engine, [group]), byDoors: true },
          { way: ownEscalationOf(engine, group), cut: ownCutFor(engine, [group]), byDoors: false },
        ];
        for (const { way, cut, byDoors } of ways) {
          expect(way !== undefined).toBe(canBecomeAdministrator(relation, key, byDoors));
          for (const [at, step] of (way ?? []).entries())
            expect(step.from).toBe(at === 0 ? `group ${key}` : way?.[at - 1]?.to);
          expect(cut?.length === 0).toBe(way === undefined);
        }
      }
    }),
    { numRuns: 3_000 },
  );
});

test("the edits of a cut end every way, and no fewer edits do", () => {
  fc.assert(
    fc.property(relations, (relation) => {
      const engine = engineFor(relation);
      const own = ownSteps(engine);
      const steps = [...own, ...doorSteps(engine, own)];
      const editable = steps.filter(({ edit }) => edit !== undefined);
      const starts = [...engine.groups.values()].map(nodeOfGroup);
      const leads = (out: readonly Step<unknown>[]) => {
        const graph = graphOf(steps.filter(({ from, to }) => !out.some((one) => one.from === from && one.to === to)));
        return starts.some((start) => shortestWay(graph, start, ADMINISTRATOR) !== undefined);
      };
      const cut = cutFor(engine, [...engine.groups.values()]) ?? [];
      expect(leads(cut)).toBe(false);
      expect(anyOf(editable, cut.length - 1, (out) => !leads(out))).toBe(false);
    }),
    { numRuns: 300 },
  );
});

/** Whether some choice of so many items will do. */
function anyOf<T>(
  items: readonly T[],
  count: number,
  will: (chosen: readonly T[]) => boolean,
  from = 0,
  chosen: readonly T[] = [],
): boolean {
  if (count < 0) return false;
  if (chosen.length === count) return will(chosen);
  return items.slice(from).some((item, at) => anyOf(items, count, will, from + at + 1, [...chosen, item]));
}

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
