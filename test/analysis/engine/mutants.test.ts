/** Mutations: what an expectation notices is no survivor, what changes nobody's access is not tried. */

import { expect, test } from "vitest";
import { engineOf } from "../../../server/src/core/analysis/engine/fromSnapshot.ts";
import { mutate } from "../../../server/src/core/analysis/engine/mutants.ts";
import { allExpectations } from "../../../server/src/core/syntax/readMappingFile.ts";
import { parseFixture } from "../../support/fixture.ts";

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
