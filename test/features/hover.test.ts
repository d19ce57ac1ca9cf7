/** Hover: who, what, through which role, how old; and honest words where nothing is known. */

import { expect, test } from "vitest";
import { code, prose, withoutMarkup } from "../../server/src/core/features/support/markdown.ts";
import { checkHover, hoverOf } from "./support.ts";

const LIVE = `
#- live okta at 2026-11-23T11:57Z
groups:
  - { name: dd-sre, kind: dynamic, members: [ana, bo, { login: eve, email: eve@partner.example }, { login: old, state: deactivated }] }
  - { name: dd-lead, members: [ana] }
  - { name: dd-unread, count: 9 }
#- live datadog at 2026-11-23T10:00Z
roles:
  - { name: SRE, permissions: [logs_delete_data, monitors_write, dashboards_read], users: 3 }
  - { name: Editor, permissions: [monitors_write], users: 1, receives: [Datadog Standard Role], unresolved: 2 }
teams: [{ handle: sre, name: Reliability, users: 4, managed: true }]
`;

const mapping = (body: string, live = LIVE) => `#- /a.accessmap.yaml\n${body}${live}`;

test("a group: people, holdings, effective permissions with their roles, what its members hold besides", () =>
  checkHover(
    mapping(`mappings:
  - group: dd-$0sre
    #      ^^^^^^ hover
    roles: [SRE]
    teams: [sre]
  - group: dd-sre
    roles: [Editor]
  - group: dd-lead
    roles: [Datadog Admin Role]`),
    `
**Group** \`dd-sre\` in \`okta\`, filled by a rule

3 people, 1 of them from outside, 1 disabled not counted. Read from \`okta\` at 11:57 UTC, 3 minutes ago.

Roles \`SRE\`, \`Editor\`. Teams \`sre\`.

**Effective permissions**, before resource restrictions

- **critical** (1)
  - from \`SRE\`: \`logs_delete_data\`
- **medium** (1)
  - from \`SRE\`, \`Editor\`: \`monitors_write\`
- 1 permission that everybody or the Datadog Read Only Role has
- 2 permissions of \`Editor\` in no list and not shown

Read from \`prod\` at 10:00 UTC, 2 hours ago.

**Besides, its members hold**

- 1 person: \`Datadog Admin Role\` through \`dd-lead\`
`,
  ));

test("a group with people of whom the directory does not tell whether they can sign in", () =>
  checkHover(
    `#- /a.accessmap.yaml\nmappings:\n  - group: dd-$0sre\n    roles: []
#- live okta at 2026-11-23T11:57Z
groups: [{ name: dd-sre, members: [ana, { login: bo, state: unknown }, { login: cy, state: unknown }] }]
#- live datadog at 2026-11-23T10:00Z
roles: []
`,
    `
**Group** \`dd-sre\` in \`okta\`

1 person, besides 2 whose state the directory does not tell. Read from \`okta\` at 11:57 UTC, 3 minutes ago.
`,
  ));

test("a group whose members were not read says so, and names roles that are missing", () =>
  checkHover(
    mapping("mappings:\n  - group: dd-unr$0ead\n    roles: [Nope]"),
    `
**Group** \`dd-unread\` in \`okta\`

Members not checked: the members of this group were not read from okta. 9 people by the directory's own count.

Role \`Nope\` is not in \`prod\`.
`,
  ));

test("an unreachable directory is said, not guessed at", () =>
  checkHover(
    mapping("mappings:\n  - group: dd-s$0re\n    roles: [SRE]", "\n#- live okta unreachable Okta did not answer\n"),
    `
**Group** \`dd-sre\` in \`okta\`

Group not checked: Okta did not answer.

Role \`SRE\` not checked: prod has not been read yet.
`,
  ));

test("a group that only an access test names", () =>
  checkHover(
    mapping("mappings: []\nexpect:\n  - { group: dd-unr$0ead, cannot: [admin] }"),
    `
**Group** \`dd-unread\` in \`okta\`

9 people by the directory's own count.

No mapping names it.
`,
  ));

test("a group that does not exist", () =>
  checkHover(
    mapping("mappings: []\nexpect:\n  - { group: dd-gho$0st }"),
    `
**Group** \`dd-ghost\` in \`okta\`

\`okta\` has no such group, read 11:57 UTC.
`,
  ));

test("a mapping that has ended gives nothing", () =>
  checkHover(
    mapping("mappings:\n  - group: dd-le$0ad\n    roles: [SRE]\n    until: 2026-11-01"),
    `
**Group** \`dd-lead\` in \`okta\`

1 person. Read from \`okta\` at 11:57 UTC, 3 minutes ago.

Holds nothing in \`prod\`: no mapping is in force.
`,
  ));

test("a role: what it permits, how far from read-only, who holds it", () =>
  checkHover(
    mapping("mappings:\n  - group: a\n    roles: [SR$0E]"),
    `
**Role** \`SRE\` in \`prod\`, sensitivity **critical**

3 people hold it.

**Permits**, before resource restrictions

- **critical** (1): \`logs_delete_data\`
- **medium** (1): \`monitors_write\`
- 1 permission that everybody or the Datadog Read Only Role has

Compared with \`Datadog Read Only Role\`: 2 more, 58 fewer.

Read from \`prod\` at 10:00 UTC, 2 hours ago.
`,
  ));

test("a role that grows by itself and is not wholly known", () =>
  checkHover(
    mapping("bundles:\n  b: { roles: [Edi$0tor] }\nmappings: []"),
    `
**Role** \`Editor\` in \`prod\`, sensitivity **medium**

1 person holds it. Grows by itself: receives new permissions of \`Datadog Standard Role\`.

**Permits**, before resource restrictions

- **medium** (1): \`monitors_write\`

2 permissions of it are in no list and not shown.

Compared with \`Datadog Read Only Role\`: 1 more, 59 fewer.

Read from \`prod\` at 10:00 UTC, 2 hours ago.
`,
  ));

test("a role: who changed it last, as far as the audit trail tells", () => {
  const audited = (audit: string) => `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SR$0E]
#- live datadog
roles: [{ name: SRE, permissions: [monitors_read] }]
audit: [${audit}]
`;
  const told = (who: string) =>
    expect.stringContaining(`Last changed 2026-11-20 09:00 UTC by ${who}, as the audit trail says.`);
  const old = "{ role: SRE, at: 2026-11-02, by: bo }, { role: Other, at: 2026-11-21, by: bo }";
  expect(hoverOf(audited(`${old}, { role: SRE, at: 2026-11-20, by: ana }`))).toEqual(told("`ana@acme.com`"));
  expect(hoverOf(audited(`${old}, { role: SRE, at: 2026-11-20 }`))).toEqual(told("Datadog"));
  expect(hoverOf(audited("{ role: Other, at: 2026-11-21, by: bo }"))).not.toContain("Last changed");
});

test("a role that was not read", () =>
  checkHover(
    mapping("mappings:\n  - group: dd-sre\n    roles: [SR$0E]", ""),
    `
**Role** \`SRE\`

Role not checked: prod has not been read yet.
`,
  ));

test("a team: who owns its membership, who feeds it", () =>
  checkHover(
    mapping("mappings:\n  - group: a\n    teams: [sr$0e]"),
    `
**Team** \`sre\`, \`Reliability\` in \`prod\`

4 people. SCIM owns its membership: other writes are refused. Fed by \`a\`.

Read from \`prod\` at 10:00 UTC, 2 hours ago.
`,
  ));

test("a permission: what it does, why it is sensitive, which roles carry it", () =>
  checkHover(
    mapping("mappings: []\nexpect:\n  - { permission: logs_delete_d$0ata }"),
    `
**Permission** \`logs_delete_data\`, Logs Delete Data

Sensitivity **critical**, write, Log Management

Deletes log data, including whole indexes.

Irreversible loss of evidence.

Carried by \`Datadog Admin Role\`, \`SRE\`.
`,
  ));

test("a bundle", () =>
  checkHover(
    mapping(
      "mappings:\n  - group: a\n    bundles: [ba$0se]\n#- /b.accessmap.yaml\nbundles:\n  base: { roles: [SRE] }\nmappings: []",
    ),
    `
**Bundle** \`base\` of \`b.accessmap.yaml\`

Roles \`SRE\`.

Used by 1 mapping.
`,
  ));

test.each([
  [
    "a bundle where it is defined",
    "bundles:\n  ba$0se: { roles: [SRE] }\nmappings: []",
    "**Bundle** `base` of `a.accessmap.yaml`",
  ],
  ["a group behind an anchor", "mappings:\n  - group: &g dd-$0sre\n    roles: [SRE]", "**Group** `dd-sre`"],
  ["an alias of a group", "mappings:\n  - group: &g dd-sre\n    roles: [SRE]\n  - group: *$0g", "**Group** `dd-sre`"],
  ["a role behind an anchor", "mappings:\n  - group: dd-sre\n    roles: [&r S$0RE]", "**Role** `SRE` in `prod`"],
  ["a role behind a tag", "mappings:\n  - group: dd-sre\n    roles: [!!str S$0RE]", "**Role** `SRE` in `prod`"],
  [
    "a quoted role over two lines",
    'mappings:\n  - group: dd-sre\n    roles: ["S$0RE\n      Lead"]',
    "**Role** `SRE Lead`",
  ],
  [
    "a plain role over two lines",
    "mappings:\n  - group: dd-sre\n    roles:\n      - S$0RE\n        Lead",
    "**Role** `SRE Lead`",
  ],
  [
    "a group that is folded",
    "mappings:\n  - group: >-\n      dd-$0sre\n      two\n    roles: [SRE]",
    "**Group** `dd-sre two`",
  ],
  [
    "a name with escapes",
    'mappings:\n  - group: "dd$0\\x2Dsr\\u0065"\n    roles: [SRE]',
    "**Group** `dd-sre` in `okta`",
  ],
])("%s", (_title, text, expected) => expect(hoverOf(mapping(text))).toContain(expected));

test.each([
  ["2027-01-31", "69 days left"],
  ["2026-11-23", "Ends today"],
  ["2026-11-22", "Ended 1 day ago"],
])("an end date: %s", (day, words) =>
  checkHover(
    mapping(`mappings:\n  - group: a\n    until: $0${day}`),
    `**${day}**, the last day it holds, in UTC\n\n${words}.`,
  ),
);

test("a key shows what it is for", () => {
  checkHover(mapping("mappings:\n  - group: a\n    reas$0on: x"), "**reason**\n\nWhy the group needs this.");
  checkHover(
    "#- /accessmap.yaml\ndirectories:\n  okta:\n    cla$0im: id",
    "**claim**\n\nWhat the SAML claim carries: group names or the directory's object ids.\n\nOne of `name`, `id`.",
  );
});

test("nothing to say in comments, reasons and unknown keys", () => {
  checkHover(mapping("mappings: [] # com$0ment"), "nothing");
  checkHover(mapping("mappings:\n  - group: a\n    reason: be$0cause"), "nothing");
  checkHover(mapping("mappings:\n  - group: a\n    foo$0: 1"), "nothing");
});

test("names and words of others cannot become markup", () => {
  expect(code("<img src=x onerror=alert(1)>")).toBe("`<img src=x onerror=alert(1)>`");
  expect(code("a`b``c")).toBe("```a`b``c```");
  expect(code("`tick")).toBe("`` `tick ``");
  expect(code("two\nlines\u202Ereversed")).toBe("`two lines reversed`");
  expect(code("")).toBe("(no name)");
  expect(prose("[click](https://evil.example) **bold** <b>x</b> www.evil.example")).toBe(
    "\\[click\\]\\(https\\://evil.example\\) \\*\\*bold\\*\\* \\<b\\>x\\</b\\> www\\.evil.example",
  );
  checkHover(
    mapping(
      "mappings: []\nexpect:\n  - { group: ev$0il }",
      '\n#- live okta\ngroups: [{ name: evil, description: "<script>[x](command:y)\\n# head" }]\n',
    ),
    "**Group** `evil` in `okta`\n\n\\<script\\>\\[x\\]\\(command:y\\) \\# head\n\nNo mapping names it.",
  );
});

test.each([
  ["**Group** `dd-sre` in `okta`\n\n- 1 person: `Admin`", "Group `dd-sre` in `okta`\n\n- 1 person: `Admin`"],
  [
    prose("set OKTA_CLIENT_TOKEN and https://acme.okta.com, C:\\x"),
    "set OKTA_CLIENT_TOKEN and https://acme.okta.com, C:\\x",
  ],
  [`${code("a**b\\_")}, ${code("`x`")} and ${code("y")}`, "`a**b\\_`, `` `x` `` and `y`"],
])("without markup: %s", (markdown, expected) => expect(withoutMarkup(markdown)).toBe(expected));
