/** Names to live things: why the members of a group are not known. */

import { expect, test } from "vitest";
import { resolvedMappings } from "../../server/src/core/analysis/grants.ts";
import { parseFixture } from "../support/fixture.ts";

const FIXTURE = `
#- /access/a.accessmap.yaml
organization: prod
mappings:
  - { group: dd-gone, roles: [SRE] }
  - { group: dd-twice, roles: [SRE] }
#- live okta
groups: [{ name: dd-twice, id: 00g1 }, { name: dd-twice, id: 00g2 }]
#- live datadog
roles: [SRE]
`;

test("a group that was looked for and is not there, or is there twice, is not called unread", () => {
  const { snapshot } = parseFixture(FIXTURE);
  const reasons = resolvedMappings(snapshot).map(({ members }) => members.state === "unknown" && members.why.message);
  expect(reasons).toEqual(["okta has no group of this name", "okta has several groups of this name"]);
});

test("how an accent is encoded is no difference; case is", () => {
  const { snapshot } = parseFixture(`
#- /access/a.accessmap.yaml
organization: prod
mappings:
  - { group: "dd-\u00e9quipe", roles: ["Op\u00e9"] }
  - { group: DD-SRE, roles: [opé] }
  - { group: "dd-cafe\u0301", roles: ["Vue\u0301"] }
#- live okta
groups: [{ name: "dd-e\u0301quipe", id: 00g1 }, dd-sre, "dd-caf\u00e9"]
#- live datadog
roles: ["Ope\u0301", "Vu\u00e9"]
`);
  const found = resolvedMappings(snapshot).map(({ group, roles }) => [
    group?.answer,
    ...roles.map(({ role }) => role.answer),
  ]);
  expect(found).toEqual([
    ["present", "present"],
    ["absent", "absent"],
    ["present", "present"],
  ]);
});
