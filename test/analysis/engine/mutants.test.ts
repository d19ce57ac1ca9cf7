/** Mutations: what an expectation notices is no survivor, what changes nobody's access is not tried. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { indexesOf } from "../../../server/src/core/analysis/engine/bits.ts";
import { changesBetween, withGrants } from "../../../server/src/core/analysis/engine/changes.ts";
import { type Engine, engineFor } from "../../../server/src/core/analysis/engine/engine.ts";
import { judgeExpectation } from "../../../server/src/core/analysis/engine/expectations.ts";
import { engineOf } from "../../../server/src/core/analysis/engine/fromSnapshot.ts";
import { mutate } from "../../../server/src/core/analysis/engine/mutants.ts";
import type { Relation, RoleFacts } from "../../../server/src/core/analysis/engine/relation.ts";
import type { Expectation } from "../../../server/src/core/model/mapping.ts";
import { allExpectations } from "../../../server/src/core/syntax/readMappingFile.ts";
import { parseFixture } from "../../support/fixture.ts";
import { PERMISSIONS, relations } from "./relations.ts";

/** Survivors of the fixture's only organization, as text, behind the number of changes tried. */
function survivorsOf(expectations: string): readonly string[] {
  const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator, Viewer] }
  - { group: dd-ro, roles: [Viewer] }
${expectations}
#- live okta
groups: [{ name: dd-ops, members: [ana, bob] }, { name: dd-ro, members: [cyd] }]
#- live datadog
managed: none
roles: [{ name: Operator, permissions: [monitors_write, cases_read] }, { name: Viewer, permissions: [cases_read] }]
accounts: [ana, bob, cyd]
`);
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  const engine = organization && engineOf(snapshot, organization);
  if (!engine) throw new Error("not read");
  const { tried, survivors } = mutate(engine, snapshot.files.flatMap(allExpectations));
  return [`${tried} tried`, ...survivors.map(({ text, people }) => `${text} (${people})`)];
}

test("without expectations every change that matters survives; a role that is within another one does not matter", () => {
  expect(survivorsOf("")).toEqual([
    "3 tried",
    '"dd-ops" no longer gets "Operator" (2)',
    '"dd-ro" no longer gets "Viewer" (1)',
    '"Viewer" permits all that "Operator" does (1)',
  ]);
});

test("what an expectation would notice is gone from the list", () => {
  expect(
    survivorsOf(`expect:
  - { group: dd-ro, cannot: [monitors_write], can: [cases_read] }
  - { permission: monitors_write, people: { min: 1 } }`),
  ).toEqual(["3 tried"]);
});

test("an expectation that fails already notices nothing more", () => {
  expect(survivorsOf("expect: [{ permission: monitors_write, people: { max: 1 } }]")[0]).toBe("3 tried");
  expect(survivorsOf("expect: [{ permission: monitors_write, people: { max: 1 } }]")).toHaveLength(4);
});

const SPOT = { source: { file: "a.accessmap.yaml", text: "" }, span: { start: 0, end: 0 } };
const word = (value: string) => ({ value, span: SPOT.span });
const words = fc
  .uniqueArray(fc.constantFrom(...PERMISSIONS.slice(0, 12)), { maxLength: 2 })
  .map((list) => list.map(word));
const expectations: fc.Arbitrary<readonly Expectation[]> = fc.array(
  fc.oneof(
    fc
      .record({
        key: fc.constantFrom("group", "members"),
        name: fc.constantFrom("g0", "g1", "g2"),
        can: words,
        cannot: words,
      })
      .map(({ key, name, can, cannot }) => ({ ...SPOT, [key]: word(name), can, cannot })),
    fc
      .record({ name: fc.constantFrom("ana", "bob", "nobody"), can: words, cannot: words })
      .map(({ name, can, cannot }) => ({ ...SPOT, person: word(name), can, cannot })),
    fc
      .record({ name: fc.constantFrom(...PERMISSIONS.slice(0, 12)), min: fc.nat(4), max: fc.nat(6) })
      .map(({ name, min, max }) => ({
        ...SPOT,
        permission: word(name),
        can: [],
        cannot: [],
        people: { min, max, span: SPOT.span },
      })),
  ),
  { maxLength: 4 },
);

/** Every change that nobody would notice, by making the whole engine anew and asking all there is. */
function unnoticed(engine: Engine, asked: readonly Expectation[]): readonly string[] {
  const failures = (one: Engine) =>
    asked.flatMap((expectation, at) =>
      judgeExpectation(one, expectation).flatMap(({ verdict, claim }) =>
        verdict === "fails" ? [`${at} ${claim}`] : [],
      ),
    );
  const before = failures(engine);
  const survive = (what: string, relation: Relation) => {
    const mutated = engineFor(relation);
    const { people, groups } = changesBetween(engine, mutated);
    if (people.length === 0 && groups.length === 0) return [];
    return failures(mutated).some((claim) => !before.includes(claim)) ? [] : [`${what} (${people.length})`];
  };
  const { relation } = engine;
  const grants = [...engine.groups].flatMap(([key, { facts }]) => facts.grants.map((grant) => ({ key, facts, grant })));
  const drops = grants.flatMap(({ key, facts, grant }) => {
    if (grant.kind !== "role") return [];
    const rest = facts.grants.filter((other) => other !== grant);
    const name = relation.roles.get(grant.role)?.name ?? grant.role;
    return survive(`"${key}" no longer gets "${name}"`, withGrants(relation, key, rest));
  });
  const used = new Set(grants.flatMap(({ grant }) => (grant.kind === "role" ? [grant.role] : [])));
  const widenings = [...used].flatMap((id) => {
    const role = relation.roles.get(id);
    const wider = role && widerThan(engine, id);
    if (!role || !wider) return [];
    const roles = new Map([...relation.roles, [id, { ...role, permissions: wider.permissions }]]);
    return survive(`"${role.name}" permits all that "${wider.name}" does`, { ...relation, roles });
  });
  return [...drops, ...widenings];
}

function widerThan({ relation, roleBits }: Engine, id: string): RoleFacts | undefined {
  const contents = (role: string) => new Set(indexesOf(roleBits.get(role) ?? new Uint32Array()));
  const own = contents(id);
  const [first] = [...relation.roles.keys()]
    .map((other) => ({ other, all: contents(other) }))
    .filter(({ all }) => all.size > own.size && [...own].every((index) => all.has(index)))
    .sort((one, two) => one.all.size - two.all.size || (one.other < two.other ? -1 : 1));
  return first && relation.roles.get(first.other);
}

test("asking only the expectations that a change reaches misses none", () => {
  fc.assert(
    fc.property(relations, expectations, (relation, asked) => {
      const engine = engineFor(relation);
      const found = mutate(engine, asked).survivors.map(({ text, people }) => `${text} (${people})`);
      expect(found).toEqual(unnoticed(engine, asked));
    }),
    { numRuns: 500 },
  );
});
