/** Things by a few letters of their names. */

import { expect, test } from "vitest";
import { workspaceSymbols } from "../../server/src/core/features/workspaceSymbols.ts";
import { parseFixture } from "../support/fixture.ts";

const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    bundles: [engineer]
    roles: [SRE]
    teams: [sre]
#- /b.accessmap.yaml
bundles:
  engineer: { roles: [SRE] }
mappings:
  - group: dd-sre
  - group: 🦊-den
`);

function found(query: string): readonly string[] {
  return workspaceSymbols(snapshot, query).map(
    ({ kind, name, system, file }) => `${kind} ${name} ${system} ${file[0]}`,
  );
}

test("everything, each thing once, at what introduces it", () =>
  expect(found("")).toEqual([
    "group dd-sre okta a",
    "bundle engineer  b",
    "role SRE prod a",
    "team sre prod a",
    "group 🦊-den okta b",
  ]));

test("letters in order, in either case", () => {
  expect(found("SR")).toEqual(["group dd-sre okta a", "role SRE prod a", "team sre prod a"]);
  expect(found("eg r")).toEqual(["bundle engineer  b"]);
  expect(found("🦊d")).toEqual(["group 🦊-den okta b"]);
  expect(found("ers")).toEqual([]);
});
