/** What is offered for a grant that is too much: existing roles that give less, and taking the role away. */

import { describe, expect, test } from "vitest";
import { checkFix, problemsOf } from "../../support/checks.ts";
import { parseFixture } from "../../support/fixture.ts";

const LIVE = `
#- live okta
groups: [{ name: dd-engineering, members: 143 }]
#- live datadog
roles:
  - { name: Boss, permissions: [user_access_manage, monitors_write, logs_delete_data, dashboards_write] }
  - { name: Cleaner, permissions: [logs_delete_data, monitors_write, dashboards_write] }
  - { name: Editor, permissions: [monitors_write, dashboards_write] }
  - { name: Painter, permissions: [dashboards_write] }
  - { name: Painter Two, permissions: [dashboards_write, notebooks_write] }
`;
const POLICY = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: `;

const mapped = (role: string) => `
#- /a.accessmap.yaml
mappings:
  - group: dd-engineering
    roles: [${role}] # as agreed
    reason: everybody
`;

interface Case {
  readonly rule: string;
  readonly policy?: string;
  readonly role: string;
  readonly offered: readonly string[];
}

const CASES: readonly Case[] = [
  {
    rule: "priv/admin-broad-group",
    role: "Boss",
    offered: ['Use "Cleaner" instead', 'Use "Editor" instead', "Remove this role"],
  },
  {
    rule: "priv/destructive",
    role: "Cleaner",
    offered: ['Use "Editor" instead', 'Use "Painter" instead', "Remove this role"],
  },
  {
    rule: "priv/limit-exceeded",
    policy: "{ limits: { critical: 10 } }",
    role: "Cleaner",
    offered: ['Use "Editor" instead', 'Use "Painter" instead', "Remove this role"],
  },
  {
    rule: "sod/forbidden-access",
    policy: '{ classes: [{ groups: ["dd-*"], never: [monitors_write] }] }',
    role: "Editor",
    offered: ['Use "Painter" instead', "Remove this role"],
  },
  {
    rule: "priv/beyond-class",
    policy: '{ classes: [{ groups: ["dd-*"], only: read }] }',
    role: "Painter",
    offered: ["Remove this role"],
  },
];

describe("fixes by rule", () => {
  test.each(CASES)("$rule", ({ rule, policy, role, offered }) => {
    const text = `${policy === undefined ? "" : POLICY + policy}${mapped(role)}${LIVE}`;
    const found = problemsOf(parseFixture(text), { only: [rule] });
    expect(found.map(({ fixes }) => fixes.map(({ title }) => title))).toEqual([offered]);
  });
});

test("the role changes, its neighbours and comments stay", () =>
  checkFix(
    `${mapped("Boss, Painter Two")}${LIVE}`,
    'Use "Cleaner" instead',
    `
mappings:
  - group: dd-engineering
    roles: [Cleaner, Painter Two] # as agreed
    reason: everybody
`,
    { only: ["priv/admin-broad-group"] },
  ));

test("a role that a bundle brings is the bundle's to change", () => {
  const text = `#- /a.accessmap.yaml\nbundles: { all: { roles: [Boss] } }\nmappings:\n  - { group: dd-engineering, bundles: [all], reason: x }\n${LIVE}`;
  expect(problemsOf(parseFixture(text), { only: ["priv/admin-broad-group"] }).map(({ fixes }) => fixes)).toEqual([[]]);
});
