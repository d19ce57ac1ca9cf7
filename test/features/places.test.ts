/** Outline and lenses. */

import { expect, test } from "vitest";
import { codeLenses } from "../../server/src/core/features/codeLens.ts";
import { type DocumentSymbol, documentSymbols } from "../../server/src/core/features/documentSymbols.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";

function outline(symbols: readonly DocumentSymbol[], indent = ""): string {
  return symbols
    .map(({ name, detail, kind, children }) =>
      [`${indent}${kind} ${name}${detail ? `: ${detail}` : ""}`, outline(children, `${indent}  `)]
        .filter(Boolean)
        .join("\n"),
    )
    .join("\n");
}

test("outline of a mapping file, half-typed entries included", () => {
  const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
bundles:
  base: { roles: [SRE] }
mappings:
  - group: dd-sre
    bundles: [base]
    roles: [Admin]
  - roles: [SRE
expect:
  - { permission: admin, people: { max: 3 } }
`);
  expectText(
    outline(documentSymbols(snapshot, "a.accessmap.yaml")),
    `
section bundles
  bundle base
section mappings
  mapping dd-sre: base, Admin
  mapping (no group): SRE
section expect
  expectation admin
`,
  );
});

test("outline of the project file", () => {
  const { snapshot } = parseFixture("#- /a.accessmap.yaml\nmappings: []");
  expectText(
    outline(documentSymbols(snapshot, "accessmap.yaml")),
    `
section directories
  directory okta: okta
section organizations
  organization prod: datadoghq.eu
`,
  );
});

test("every selection lies within its symbol, whatever is typed", () => {
  const text =
    "bundles:\n  b: { roles: [A] }\nmappings:\n  - group: a\n    roles: [x]\n  - group: { id: z\nexpect:\n  - { group: a }\n";
  const visit = (symbols: readonly DocumentSymbol[]): void => {
    for (const { span, selection, children } of symbols) {
      expect(span.start <= selection.start && selection.end <= span.end).toBe(true);
      visit(children);
    }
  };
  for (let end = 0; end <= text.length; end++) {
    visit(documentSymbols(parseFixture(`#- /a.accessmap.yaml\n${text.slice(0, end)}`).snapshot, "a.accessmap.yaml"));
  }
});

test("lenses tell people and privileged permissions, and nothing that was not read", () => {
  const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
  - group: dd-big
    roles: [Reader]
  - group: dd-old
    roles: [SRE]
    until: 2026-11-01
  - group: dd-ghost
    roles: [SRE]
  - group: dd-solo
    roles: [No Such Role]
#- live okta
groups: [{ name: dd-sre, members: [ana, bo] }, { name: dd-big, count: 400 }, dd-old, { name: dd-solo, members: [ana] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data, api_keys_read, user_access_invite] }, { name: Reader, permissions: [dashboards_read] }]
`);
  expectText(
    codeLenses(snapshot, "a.accessmap.yaml")
      .map(({ title }) => title)
      .join("\n"),
    `
2 people · 3 privileged permissions (1 critical, 2 high)
up to 400 people · no privileged permissions
ended, grants nothing
no such group, grants nothing
1 person
`,
  );
  const unread = parseFixture("#- /a.accessmap.yaml\nmappings:\n  - group: a\n    roles: [SRE]").snapshot;
  expect(codeLenses(unread, "a.accessmap.yaml")).toEqual([]);
});
