/** The review pack: which rows there are, who decides them, and what is said of the population. */

import { describe, expect, test } from "vitest";
import { check } from "../../server/src/core/analysis/check.ts";
import { reviewSheet } from "../../server/src/core/audit/review/columns.ts";
import { reviewHtml } from "../../server/src/core/audit/review/html.ts";
import { reviewMarkdown } from "../../server/src/core/audit/review/markdown.ts";
import { reviewPack } from "../../server/src/core/audit/review/pack.ts";
import { reviewWords } from "../../server/src/core/audit/review/words.ts";
import type { Principal, PrincipalState } from "../../server/src/core/model/directory.ts";
import { complete, type Knowledge, partial } from "../../server/src/core/model/knowledge.ts";
import type { Problem } from "../../server/src/core/model/problem.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { hashText } from "../../server/src/store/hash.ts";
import { parseFixture } from "../support/fixture.ts";

const NOW = "2026-11-23T12:00:00.000Z";

interface Given {
  readonly owner?: string;
  readonly members?: string;
  readonly accounts?: string;
  readonly second?: string;
  readonly more?: string;
  readonly live?: string;
  readonly teams?: string;
  readonly policy?: string;
  /** The project's file, where it has no policy. */
  readonly project?: string;
  /** Everybody in the directory, by login; it was not read where this is left out. */
  readonly people?: Readonly<Record<string, PrincipalState>>;
  /** Not everybody was read. */
  readonly isCut?: boolean;
}

function everybodyIn(states: Readonly<Record<string, PrincipalState>>, isCut: boolean): Knowledge<Principal> {
  const items = new Map(
    Object.entries(states).map(([name, state]): [string, Principal] => {
      const login = `${name}@acme.com`;
      return [name, { id: name, login, email: login, name, state }];
    }),
  );
  const gap = { kind: "throttled", system: "okta", message: "okta is busy" } as const;
  return isCut ? partial("okta", NOW, items, gap) : complete("okta", NOW, items);
}

const PROJECT = `#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta } }
`;

function packOf({
  owner,
  members = "[ana, bo]",
  accounts = "[{ login: ana, roles: [SRE] }, { login: bo, roles: [SRE] }]",
  second,
  more = "",
  live = "",
  teams = "[{ handle: sre, members: [dee] }]",
  policy,
  project = "",
  people,
  isCut = false,
}: Given) {
  const head = policy === undefined ? project : `${PROJECT}policy: ${policy}\n`;
  const { snapshot } = parseFixture(`${head}#- /a.accessmap.yaml
${owner === undefined ? "" : `owner: ${owner}\n`}mappings:
  - group: dd-sre
    roles: [SRE]
    reason: On call
${more}#- live okta
groups: [{ name: dd-sre, members: ${members} }, { name: dd-x, members: [cy] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_write_pipelines] }, { name: Old, permissions: [user_access_manage] }, { name: Low, permissions: [] }, { name: Root, permissions: [user_access_manage, logs_delete_data] }]
teams: ${teams}
accounts: ${accounts}
${live}`);
  const problems = new Map<string, readonly Problem[]>([["a.accessmap.yaml", check(snapshot, RULES)]]);
  const known = new Map(people ? [["okta", everybodyIn(people, isCut)] as const] : []);
  return reviewPack(snapshot, { problems, people: known, hash: hashText, ...(second !== undefined && { second }) });
}

const told = (given: Given) =>
  packOf(given).rows.map(({ kind, person, access, reviewer, note }) =>
    [kind, person ?? "all", access, "->", reviewer, note === undefined ? "" : `(${note})`].join(" ").trim(),
  );

const ROUTES: readonly (readonly [what: string, given: Given, rows: readonly string[]])[] = [
  [
    "the owner decides",
    { owner: "lead@acme.com" },
    [
      "grant all SRE -> lead@acme.com",
      "person ana@acme.com SRE -> lead@acme.com",
      "person bo@acme.com SRE -> lead@acme.com",
    ],
  ],
  [
    "not on their own access, nor on what their whole group gets",
    { owner: "ana@acme.com", second: "ciso@acme.com" },
    [
      "grant all SRE -> ciso@acme.com (ana@acme.com owns it and is in the group)",
      "person ana@acme.com SRE -> ciso@acme.com (ana@acme.com owns it and has it)",
      "person bo@acme.com SRE -> ana@acme.com",
    ],
  ],
  [
    "whatever letters the owner is written in, and by address as well as by login",
    { owner: "Ana.N@acme.com", members: "[{ login: ana, email: ana.n@acme.com }, bo]", second: "ciso@acme.com" },
    [
      "grant all SRE -> ciso@acme.com (Ana.N@acme.com owns it and is in the group)",
      "person ana@acme.com SRE -> ciso@acme.com (Ana.N@acme.com owns it and has it)",
      "person bo@acme.com SRE -> Ana.N@acme.com",
    ],
  ],
  [
    "nor does a second reviewer who has it too",
    { owner: "ana@acme.com", second: "bo@acme.com" },
    [
      "grant all SRE -> unassigned (ana@acme.com owns it and is in the group; bo@acme.com has it too)",
      "person ana@acme.com SRE -> bo@acme.com (ana@acme.com owns it and has it)",
      "person bo@acme.com SRE -> ana@acme.com",
    ],
  ],
  [
    "without an owner the second reviewer decides, or nobody yet",
    {},
    [
      "grant all SRE -> unassigned (the mapping names no owner)",
      "person ana@acme.com SRE -> unassigned (the mapping names no owner)",
      "person bo@acme.com SRE -> unassigned (the mapping names no owner)",
    ],
  ],
  [
    "what no mapping gives is asked too, of service accounts as of people",
    {
      owner: "lead@acme.com",
      members: "[]",
      accounts:
        "[{ login: dee, roles: [Old] }, { login: bot, service: true, roles: [Old] }, { login: off, roles: [Old], status: disabled }]",
      second: "ciso@acme.com",
    },
    [
      "grant all SRE -> lead@acme.com",
      "outside bot Old -> ciso@acme.com (no mapping gives it, so it has no owner)",
      "outside dee@acme.com Old -> ciso@acme.com (no mapping gives it, so it has no owner)",
      "outside dee@acme.com sre -> ciso@acme.com (no mapping gives it, so it has no owner)",
    ],
  ],
  [
    "who answers for a service account decides what it has",
    {
      owner: "lead@acme.com",
      members: "[]",
      accounts: "[{ login: bot, service: true, roles: [Old] }, { login: lone, service: true, roles: [Old] }]",
      teams: "[]",
      second: "ciso@acme.com",
      policy: "{ bots: [{ name: bot, owner: infra@acme.com, until: 2027-01-31 }, { name: lone, until: 2027-01-31 }] }",
    },
    [
      "grant all SRE -> lead@acme.com",
      "outside bot Old -> infra@acme.com",
      "outside lone Old -> ciso@acme.com (no mapping gives it, so it has no owner)",
    ],
  ],
];

test.each(ROUTES)("%s", (_, given, rows) => {
  expect(told(given)).toEqual(rows);
});

test("an address in letters of either case is one reviewer's", () => {
  const more = "  - { group: dd-x, roles: [Old], owner: lead@acme.com }\n";
  const { reviewers } = reviewWords(packOf({ owner: "Lead@acme.com", accounts: "[]", teams: "[]", more }));
  expect(reviewers.map(({ reviewer, rows }) => [reviewer, rows])).toEqual([["Lead@acme.com", 5]]);
});

test("a row tells the account, its age, the last login and what rules say", () => {
  const pack = packOf({
    accounts: '[{ login: ana, roles: [SRE], created: "2026-01-23", lastLogin: "2026-11-20" }]',
    members: "[ana]",
  });
  const { columns, rows } = reviewSheet(pack.rows);
  const cells = (row: readonly string[] = []) => Object.fromEntries(columns.map((name, at) => [name, row[at]]));
  expect(cells(rows[0])).toMatchObject({
    Row: "grant",
    Person: "everybody in the group (1)",
    Sensitivity: "high",
    Place: "a.accessmap.yaml:2",
    Findings: "idp/single-member",
    Controls: expect.stringMatching(/CC6/),
  });
  expect(cells(rows[1])).toMatchObject({
    Person: "ana@acme.com",
    Account: "active",
    "Last login": "2026-11-20",
    "Account age in days": "304",
  });
  for (const row of rows) expect(row.slice(-4)).toEqual(["", "", "", ""]);
});

const FINDINGS: readonly (readonly [what: string, given: Given, rows: readonly string[]])[] = [
  [
    "a sensitive role that no group gives is found in its own row alone",
    {
      members: "[]",
      accounts: "[{ login: dee, roles: [Old, Low] }, { login: cy, roles: [Old] }]",
    },
    [
      "cy@acme.com Old: priv/direct-user-grant",
      "dee@acme.com Low:",
      "dee@acme.com Old: priv/direct-user-grant",
      "dee@acme.com sre:",
    ],
  ],
  [
    "what is found of a service account is in all its rows, and of a role in that of the role",
    {
      members: "[]",
      accounts: "[{ login: bot, service: true, roles: [Root, Low] }]",
      teams: "[]",
    },
    ["bot Low: gov/service-account-unowned", "bot Root: gov/service-account-unowned priv/service-account-admin"],
  ],
  [
    "a service account whose end has passed",
    {
      members: "[]",
      accounts: "[{ login: bot, service: true, roles: [Low] }, { login: lone, service: true, roles: [Low] }]",
      teams: "[]",
      policy: "{ bots: [{ name: bot, owner: infra@acme.com, until: 2026-01-31 }] }",
    },
    ["bot Low: exp/service-account-end", "lone Low:"],
  ],
  [
    "somebody who left and is still active",
    {
      members: "[{ login: ana, state: deactivated }, bo]",
      teams: "[]",
    },
    ["ana@acme.com SRE: idp/leaver-still-active"],
  ],
  [
    "what the policy switches off is not found",
    {
      members: "[]",
      accounts: "[{ login: cy, roles: [Old] }]",
      teams: "[]",
      policy: "{ rules: { priv/direct-user-grant: off } }",
    },
    ["cy@acme.com Old:"],
  ],
];

test.each(FINDINGS)("%s", (_, given, rows) => {
  const outside = packOf(given).rows.filter(({ kind }) => kind === "outside");
  expect(outside.map(({ person, access, findings }) => `${person} ${access}: ${findings.join(" ")}`.trim())).toEqual(
    rows,
  );
});

const HELD = { members: "[]", teams: "[]", accounts: "[{ login: cy, roles: [Old] }]" } as const;
const TWO = `${PROJECT.replace("directories: {", "directories: { corp: { type: entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10 },")}`;

const STATES: readonly (readonly [what: string, given: Given, state: string])[] = [
  ["who is there", { ...HELD, people: { cy: "active" } }, "active"],
  ["who left", { ...HELD, people: { cy: "deactivated" } }, "deactivated"],
  ["who is in no whole list", { ...HELD, people: { bo: "active" } }, "in no directory"],
  ["who is not in what was read", { ...HELD, people: { bo: "active" }, isCut: true }, "state not known"],
  ["who is in what was read of it", { ...HELD, people: { cy: "suspended" }, isCut: true }, "suspended"],
  ["of whom the directory does not say", { ...HELD, people: { cy: "unknown" } }, "state not known"],
  ["where nothing was read", HELD, "state not known"],
  [
    "whose address is that of several accounts",
    {
      ...HELD,
      accounts: "[{ login: cy1, email: cy@acme.com, roles: [Old] }, { login: cy2, email: cy@acme.com }]",
      people: { cy: "deactivated" },
    },
    "state not known: several accounts carry one address",
  ],
  [
    "a program",
    { ...HELD, accounts: "[{ login: cy, service: true, roles: [Old] }]", people: { bo: "active" } },
    "service account",
  ],
  [
    "with two directories, each answers for itself",
    {
      ...HELD,
      project: TWO,
      more: "  - { group: { directory: corp, name: dd-y }, roles: [SRE] }\n",
      people: { cy: "deactivated" },
    },
    "deactivated in okta; state not known in corp",
  ],
];

test.each(STATES)("of access outside the files: %s", (_, given, state) => {
  const outside = packOf(given).rows.filter(({ kind }) => kind === "outside");
  expect(outside.map((row) => row.state)).toEqual([state]);
});

test("people who were not read are told of, and no row is missing for it", () => {
  const pack = packOf({ ...HELD, owner: "l@acme.com", people: { bo: "active" }, isCut: true });
  const { isWhole, reads } = reviewWords(pack);
  expect([isWhole, reads]).toEqual([true, expect.arrayContaining([expect.stringMatching(/^okta, people: 1, .*busy/)])]);
});

describe("completeness", () => {
  test("whole reads say so, and ended mappings are counted", () => {
    const more = "  - group: dd-x\n    roles: [SRE]\n    until: 2020-01-01\n";
    const words = reviewWords(packOf({ owner: "l@acme.com", more }));
    expect([words.isWhole, words.counts]).toEqual([
      true,
      expect.stringMatching(/1 mapping that has ended, 0 that give/),
    ]);
  });

  test("teams that no mapping names are said to be in no row", () => {
    const pack = packOf({ owner: "l@acme.com" });
    expect([pack.otherTeams, reviewWords(pack).counts]).toEqual([0, expect.stringMatching(/0 that give nothing\.$/)]);
    expect(reviewWords({ ...pack, otherTeams: 1 }).counts).toMatch(
      /, 0 that give nothing, and who is in 1 team that no mapping names\.$/,
    );
  });

  test("where no team is mapped, none had to be read", () => {
    const { reads } = packOf({ owner: "l@acme.com", teams: "[]" });
    expect(reads.map(({ what, whole }) => [what, whole])).toEqual([
      ["groups", true],
      ["members of mapped groups (2)", true],
      ["accounts", true],
      ["roles", true],
      ["teams", true],
    ]);
  });

  test.each([
    ["accounts", "incomplete: [accounts]\n"],
    ["roles", "unread: [roles]\n"],
    ["team members", "incomplete: [teamMembers]\n"],
  ])("%s that were not wholly read make the population not whole", (_, live) => {
    const pack = packOf({ owner: "l@acme.com", live });
    expect(reviewWords(pack).isWhole).toBe(false);
    expect(reviewHtml(pack, pack.rows)).toContain("The population is NOT whole");
    expect(reviewMarkdown(pack, pack.rows)).toContain("The population is NOT whole");
  });

  test("a group that there is not has nobody, and leaves nothing else in doubt", () => {
    const more = "  - group: dd-gone\n    roles: [Low]\n";
    const { rows } = packOf({ ...HELD, owner: "l@acme.com", more });
    expect(rows.find(({ group }) => group === "dd-gone")?.people).toBe("0, there is no such group");
    expect(rows.findLast(({ kind }) => kind === "outside")?.note).toBe("no mapping gives it, so it has no owner");
  });

  test("members that are not known are not nobody", () => {
    const { snapshot } = parseFixture(`#- /a.accessmap.yaml
mappings: [{ group: dd-sre, roles: [SRE] }]
#- live okta unreachable timeout
#- live datadog
roles: [SRE]
accounts: [{ login: ana, roles: [SRE] }]
`);
    const { rows } = reviewPack(snapshot, { problems: new Map(), people: new Map(), hash: hashText });
    expect(rows.map(({ kind, people, note }) => `${kind} ${people ?? ""} ${note}`)).toEqual([
      "grant not known the mapping names no owner",
      "outside  no mapping is known to give it, so it has no owner",
    ]);
  });
});

test("names are text on the page, whatever they hold", () => {
  const pack = packOf({ owner: "l@acme.com", members: "[{ login: ana, name: '<script>alert(1)</script>' }]" });
  const html = reviewHtml(pack, pack.rows, "<b>l</b>");
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain("&#60;script&#62;");
  expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'/);
  expect(reviewMarkdown(pack, pack.rows)).not.toContain("<script>");
});

test("every sheet of paper says of which review and for whom it is, and none holds a signature alone", () => {
  const pack = packOf({ owner: "l@acme.com", members: "[{ login: ana }]" });
  const html = reviewHtml(pack, pack.rows, 'Müller "}</style>');
  expect(html).toContain(
    String.raw`@bottom-left { content: "Access review of acme-access, M\fc ller \22 \7d \3c \2f style\3e . Made 2026-11-23 12\3a 00 UTC"`,
  );
  expect(html).toMatch(/<section class="end"><h2>What this rests on<\/h2><ul>.*<\/ul>\n<p class="sign">Decided by/);
});
