/** Names by kind, permissions by sensitivity. */

import { expect, test } from "vitest";
import { semanticTokens } from "../../server/src/core/features/semanticTokens.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";

function checkTokens(text: string, expected: string, file = "a.accessmap.yaml"): void {
  const { snapshot, files } = parseFixture(text);
  const written = files.get(file) ?? "";
  const tokens = semanticTokens(snapshot, file);
  const lines = tokens.map(({ span, kind, modifier }) =>
    [kind, modifier, written.slice(span.start, span.end)].filter(Boolean).join(" "),
  );
  expectText(lines.join("\n"), expected);
}

test("a mapping file", () =>
  checkTokens(
    `
#- /a.accessmap.yaml
bundles:
  base: { roles: [SRE], teams: [sre] }
mappings:
  - group: &g "🦊"
    bundles: [base]
    roles: [{ name: Admin, id: role-admin }, { id: role-x }]
  - group: *g
    reason: x
  - group: >-
      dd-sre
expect:
  - { group: 🦊, can: [dashboards_read], cannot: [logs_delete_data] }
  - { permission: user_access_manage, people: { max: 3 } }
`,
    `
bundle definition base
role SRE
team sre
group "🦊"
bundle base
role Admin
role role-x
group 🦊
permission dashboards_read
permission critical logs_delete_data
permission critical user_access_manage
`,
  ));

test("the project file", () => {
  const text = `
#- /accessmap.yaml
version: 1
project: p
policy:
  classes: [{ groups: ["x-*"], never: [logs_read_data] }]
  apart: [[billing_edit, audit_logs_write]]
`;
  const { snapshot } = parseFixture(text);
  expect(semanticTokens(snapshot, "accessmap.yaml").map(({ kind }) => kind)).toEqual([
    "permission",
    "permission",
    "permission",
  ]);
  expect(semanticTokens(snapshot, "other.yaml")).toEqual([]);
});
