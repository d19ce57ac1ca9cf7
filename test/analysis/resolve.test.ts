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
