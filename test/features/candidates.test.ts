/** Names to choose from for a question. */

import { expect, test } from "vitest";
import { candidates, type NameChoiceKind } from "../../server/src/core/features/candidates.ts";
import { parseFixture } from "../support/fixture.ts";

const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
  - { group: dd-ro, roles: [SRE] }
#- live okta
groups: [{ name: dd-sre, members: [bob, ana] }, { name: dd-ro, members: [ana] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }]
accounts: [{ login: robot, service: true }]
managed: none
`);

test.each<[NameChoiceKind, string, readonly string[]]>([
  ["person", "", ["ana@acme.com", "bob@acme.com", "robot"]],
  ["person", "BO acme", ["bob@acme.com"]],
  ["group", "sre", ["dd-sre"]],
  ["role", "", ["SRE"]],
  ["permission", "logs_delete_data", ["logs_delete_data"]],
  ["permission", "no such thing at all", []],
])("%s with %j", (kind, text, names) => {
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  if (!organization) throw new Error("no organization");
  expect(candidates(snapshot, organization, kind, text).map(({ name }) => name)).toEqual(names);
});

test("permissions come the most sensitive first, and the list is cut", () => {
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  const found = organization ? candidates(snapshot, organization, "permission", "") : [];
  expect(found[0]?.detail).toMatch(/^critical: /);
  expect(found.length).toBe(200);
});
