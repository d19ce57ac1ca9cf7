/** The past: what files of a day gave, what journals prove before and after it, and what nobody can know. */

import { describe, expect, test } from "vitest";
import { takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { askPast, type PastMaterial } from "../../server/src/core/audit/history.ts";
import { recordedAt } from "../../server/src/core/audit/journalHistory.ts";
import { questionsOf } from "../../server/src/core/audit/pastQuestions.ts";
import { historyMarkdown, renderHistory } from "../../server/src/core/audit/renderHistory.ts";
import type { RecordedApply, StepResult } from "../../server/src/core/sync/journal/journal.ts";
import type { Change, Named } from "../../server/src/core/sync/plan.ts";
import { parseFixture } from "../support/fixture.ts";

const named = (...names: readonly string[]): readonly Named[] =>
  names.map((name) => ({ id: `role-${name.toLowerCase()}`, name }));
const because = { text: "dd-sre → SRE" };
const ANA: Named = { id: "account-ana", name: "ana@acme.com" };
const SRE_TEAM: Named = { id: "team-sre", name: "sre" };

function roles(before: readonly string[], after: readonly string[], why = because.text): Change {
  const [was, is] = [named(...before), named(...after)];
  return {
    action: "set-roles",
    through: "scim",
    account: ANA,
    before: was,
    after: is,
    grants: is.filter(({ name }) => !before.includes(name)).map((role) => ({ ...role, because: { text: why } })),
    revokes: was.filter(({ name }) => !after.includes(name)).map((role) => ({ ...role, because })),
  };
}

function apply(at: string, change: Change, result: StepResult | "in flight" = "done"): RecordedApply {
  const organization = { name: "prod", id: "o", site: "datadoghq.eu" };
  return {
    start: {
      at: `${at}T10:00:00.000Z`,
      event: "start",
      text: "",
      fingerprint: "f",
      organization,
      steps: 1,
      waivers: [],
    },
    state: {
      start: undefined,
      ended: true,
      lastAt: "",
      intents: new Map([[1, change]]),
      outcomes: result === "in flight" ? new Map() : new Map([[1, { result, detail: "" }]]),
      inFlight: result === "in flight" ? [1] : [],
    },
  };
}

const team = (what: "grants" | "revokes" | "keeps"): Change => ({
  action: "set-members",
  through: "scim",
  team: SRE_TEAM,
  grants: what === "grants" ? [{ ...ANA, because }] : [],
  revokes: what === "revokes" ? [{ ...ANA, because }] : [],
  keeps: what === "keeps" ? [ANA] : [],
});

const off: Change = {
  action: "set-active",
  through: "scim",
  account: ANA,
  active: false,
  roles: named("SRE"),
  because,
};

/** What is proven for 20 November. */
const EVIDENCE: readonly (readonly [what: string, applies: readonly RecordedApply[], held: readonly string[]])[] = [
  ["given before", [apply("2026-11-10", roles([], ["SRE"]))], ["SRE since 2026-11-10 by dd-sre → SRE"]],
  [
    "given before, and still there after",
    [apply("2026-11-10", roles([], ["SRE"])), apply("2026-11-25", roles(["SRE"], ["SRE", "Dev"]))],
    ["SRE since 2026-11-10 still 2026-11-25 by dd-sre → SRE"],
  ],
  [
    "taken before",
    [apply("2026-11-10", roles([], ["SRE"])), apply("2026-11-15", roles(["SRE"], ["Dev"]))],
    ["Dev since 2026-11-15 by dd-sre → SRE"],
  ],
  ["given after: it was not there then", [apply("2026-11-25", roles([], ["SRE"]))], []],
  [
    "taken after: it was there then, since when is not known",
    [apply("2026-11-25", roles(["SRE"], ["Dev"]))],
    ["SRE still 2026-11-25"],
  ],
  [
    "kept by an earlier apply without being given",
    [apply("2026-11-10", roles(["SRE"], ["SRE", "Dev"]))],
    ["Dev since 2026-11-10 by dd-sre → SRE", "SRE since 2026-11-10"],
  ],
  [
    "given by one apply and kept by the next: what gave it counts",
    [apply("2026-11-05", roles([], ["Dev"])), apply("2026-11-10", roles(["Dev"], ["Dev", "SRE"]))],
    ["Dev since 2026-11-05 by dd-sre → SRE", "SRE since 2026-11-10 by dd-sre → SRE"],
  ],
  [
    "given, taken by somebody else, found again: what gave it is not known",
    [
      apply("2026-11-05", roles([], ["Dev"])),
      apply("2026-11-07", roles(["SRE"], ["SRE", "Dev"]), "failed"),
      apply("2026-11-10", roles(["Dev"], ["Dev"])),
    ],
    ["Dev since 2026-11-10"],
  ],
  ["a write that failed gave nothing", [apply("2026-11-10", roles([], ["SRE"]), "failed")], []],
  ["nor did one of which nobody knows", [apply("2026-11-10", roles([], ["SRE"]), "in flight")], []],
  [
    "one that was so already counts",
    [apply("2026-11-10", roles([], ["SRE"]), "already")],
    ["SRE since 2026-11-10 by dd-sre → SRE"],
  ],
  [
    "an account that was switched off holds nothing",
    [apply("2026-11-10", roles([], ["SRE"])), apply("2026-11-15", off)],
    [],
  ],
  ["switched off after: it held it", [apply("2026-11-25", off)], ["SRE still 2026-11-25"]],
  ["joined a team", [apply("2026-11-10", team("grants"))], ["team sre since 2026-11-10 by dd-sre → SRE"]],
  ["stayed in a team", [apply("2026-11-25", team("keeps"))], ["team sre still 2026-11-25"]],
  ["left a team", [apply("2026-11-10", team("revokes"))], []],
];

test.each(EVIDENCE)("%s", (_, applies, held) => {
  const told = recordedAt(applies, "2026-11-20T23:59:59.999Z").map(({ kind, name, since, stillAt, because: why }) =>
    [
      kind === "team" ? `team ${name}` : name,
      since === undefined ? "" : ` since ${since.slice(0, 10)}`,
      stillAt === undefined ? "" : ` still ${stillAt.slice(0, 10)}`,
      why === undefined ? "" : ` by ${why}`,
    ].join(""),
  );
  expect(told).toEqual(held);
});

const LIVE = `#- live okta
groups: [{ name: dd-sre, members: [ana] }, { name: dd-old, members: [bo] }, dd-unmapped]
#- live datadog
roles: [{ name: SRE, permissions: [logs_write_pipelines] }, { name: Dev, permissions: [] }]
teams: [sre]
accounts: [ana, bo]
`;

/** `then` is what the files said on the day. */
function material(
  then: string | undefined,
  lock = "",
  applies: readonly RecordedApply[] = [],
  unread: readonly string[] = [],
  ana = "ana",
): PastMaterial {
  const live = LIVE.replace("members: [ana]", `members: [${ana}]`);
  const now = parseFixture(`#- /a.accessmap.yaml\nmappings: [{ group: dd-sre, roles: [Dev] }]\n${live}`).snapshot;
  const day = "2026-11-20";
  if (then === undefined)
    return { day, organization: "prod", files: undefined, noFiles: "there is none", now, applies };
  const { snapshot } = parseFixture(`#- /a.accessmap.yaml\n${then}\n${lock}${live}`);
  const files = {
    commit: "0123456789abcdef0123",
    committedAt: "2026-11-01T10:00:00.000Z",
    snapshot: takeSnapshot({ ...snapshot, now: `${day}T23:59:59.999Z` }),
    unread,
  };
  return { day, organization: "prod", files, now, applies };
}

const THEN = `owner: lead@acme.com
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre], reason: on call, until: 2026-11-20 }
  - { group: dd-old, roles: [SRE], until: 2026-11-19 }
  - { group: dd-old, roles: [Gone] }`;

const PAST: readonly (readonly [text: string, kinds: string, grants: readonly string[]])[] = [
  ["logs_write_pipelines", "permission", ["dd-sre SRE a.accessmap.yaml:3"]],
  ["SRE", "role", ["dd-sre SRE a.accessmap.yaml:3"]],
  ["Gone", "role", ["dd-old Gone a.accessmap.yaml:5"]],
  ["sre", "team", ["dd-sre sre a.accessmap.yaml:3"]],
  ["Ana@acme.com", "person", ["dd-sre SRE a.accessmap.yaml:3", "dd-sre sre a.accessmap.yaml:3"]],
  ["somebody@acme.com", "person", []],
  ["dd-sre", "group", ["dd-sre SRE a.accessmap.yaml:3", "dd-sre sre a.accessmap.yaml:3"]],
  ["dd-old", "group", ["dd-old Gone a.accessmap.yaml:5"]],
  ["dd-unmapped", "group", []],
  ["nothing", "", []],
];

test.each(PAST)("asked for %s", (text, kinds, grants) => {
  const given = material(THEN);
  const questions = questionsOf(text, given);
  expect(questions.map(({ kind }) => kind).join()).toBe(kinds);
  const told = questions.flatMap((question) => askPast(question, given).grants);
  expect(told.map((one) => `${one.group} ${one.gives} ${one.place}`)).toEqual(grants);
});

describe("a group", () => {
  const applies = [
    apply("2026-11-05", roles([], ["Old"], "dd-past → Old")),
    apply("2026-11-10", roles(["Old"], ["Old", "SRE"])),
    apply("2026-11-12", team("grants")),
  ];
  const ask = (name: string, given: PastMaterial) => askPast({ kind: "group", name }, given);
  const held = (name: string) =>
    ask(name, material(THEN, "", applies)).people.map(({ account, name: what }) => `${account} ${what}`);

  test("shows whom applies gave something because of it, and nobody else", () => {
    expect([held("dd-sre"), held("dd-past"), held("dd-old"), held("dd")]).toEqual([
      ["ana@acme.com SRE", "ana@acme.com sre"],
      ["ana@acme.com Old"],
      [],
      [],
    ]);
  });

  test("is known where only applies name it", () => {
    expect(questionsOf("dd-past", material(THEN))).toEqual([]);
    expect(questionsOf("dd-past", material(THEN, "", applies))).toEqual([{ kind: "group", name: "dd-past" }]);
  });

  test("is answered beside the team that is called as it is", () => {
    const given = material("mappings:\n  - { group: sre, teams: [sre] }");
    expect(questionsOf("sre", given).map(({ kind }) => kind)).toEqual(["team", "group"]);
  });

  test("says what nobody can know of its members", () => {
    const answer = ask("dd-sre", material(THEN, "", applies));
    expect(answer.unknown).toEqual([
      'who was in "dd-sre" on that day: directories tell today\'s members alone, whom `accessmap show` lists',
      expect.stringMatching(/^whom no apply had to change/),
      "who had it through this group as well as through another one: an apply names one cause of what it writes",
    ]);
    expect(renderHistory([answer])).toBe(`What group dd-sre gave in prod on 2026-11-20
The files gave it
  "dd-sre" of okta → SRE  a.accessmap.yaml:3  (on call; owner lead@acme.com; until 2026-11-20)
  "dd-sre" of okta → team sre  a.accessmap.yaml:3  (on call; owner lead@acme.com; until 2026-11-20)
Journals show that through it was given, and not taken
  ana@acme.com, SRE: since the apply of 2026-11-10 10:00 UTC, dd-sre → SRE
  ana@acme.com, team sre: since the apply of 2026-11-12 10:00 UTC, dd-sre → SRE
Not known
${answer.unknown.map((line) => `  ${line}`).join("\n")}
This rests on
  files of commit 0123456789ab, made 2026-11-01 10:00 UTC, the last of the checked-out line until the end of that day (UTC)
  3 applies until then and 0 after, as journals in this folder record them`);
    expect(historyMarkdown([answer])).toMatch(/^# What group dd-sre gave in prod on 2026-11-20/);
  });

  test("that the files gave nothing is said of a group", () => {
    expect(renderHistory([ask("dd-unmapped", material(THEN))])).toMatch(/The files gave it\n {2}nothing\n/);
    expect(renderHistory([ask("dd-sre", material(undefined))])).toMatch(/The files gave it\n {2}not known\n/);
  });
});

describe("what is not known is said", () => {
  const ask = (given: PastMaterial) => askPast({ kind: "permission", name: "logs_write_pipelines" }, given);

  test("who was in the groups, always", () => {
    expect(ask(material(THEN)).unknown).toContain(
      "who was in which group on that day: directories tell today's members alone",
    );
  });

  test("whether somebody who is deactivated today was active then", () => {
    const ana = (given: PastMaterial) => askPast({ kind: "person", name: "ana@acme.com" }, given).unknown.join();
    const away = /whether they got what their groups were given: today they are deactivated in okta, and only active/;
    expect(ana(material(THEN))).not.toMatch(away);
    expect(ana(material(THEN, "", [], [], "{ login: ana, state: deactivated }"))).toMatch(away);
  });

  test("what roles permitted then, unless the lock of that day says it", () => {
    expect(ask(material(THEN)).unknown.join()).toMatch(/what these roles permitted then: .*SRE/);
    const lock = `#- lock
organizations: { prod: { adopted: true, roles: { SRE: { id: role-sre, permissions: [monitors_write] } }, teams: {} } }
`;
    const pinned = ask(material(THEN, lock));
    expect([pinned.grants, pinned.unknown.join().includes("SRE")]).toEqual([[], false]);
  });

  test("the files, where there are none of that day", () => {
    const answer = ask(material(undefined));
    expect([answer.grants, answer.unknown[0]]).toEqual([[], "what the files said: there is none"]);
    expect(renderHistory([answer])).toMatch(/The files gave it to\n {2}not known/);
  });

  test("files that cannot be read, and files with errors", () => {
    const unread = ask(material("mappings: []", "", [], ["b.accessmap.yaml"]));
    const broken = ask(material("mappings:\n  - { group: dd-sre, roles: [SRE"));
    expect([unread.unknown[0], broken.unknown[0]]).toEqual([
      "all that the files said: b.accessmap.yaml of that day cannot be read here",
      expect.stringMatching(/^all that the files said: a\.accessmap\.yaml had errors, line \d: /),
    ]);
    expect(renderHistory([unread])).toMatch(/The files gave it to\n {2}not known/);
  });

  test("what roles permitted that are gone", () => {
    expect(ask(material(THEN)).unknown).toContain("whether these roles, which are gone, permitted it then: Gone");
  });

  test("whether roles permitted it that do not today", () => {
    expect(ask(material(THEN)).unknown.join()).toMatch(/whether other roles permitted it then that do not today/);
  });

  test("who held it, where no apply is recorded", () => {
    expect(ask(material(THEN)).unknown).toContain("who held it: no apply until that day is recorded here");
    const applies = [apply("2026-11-10", roles([], ["SRE"]))];
    const answer = ask(material(THEN, "", applies));
    expect(answer.people.map(({ account, name }) => `${account} ${name}`)).toEqual(["ana@acme.com SRE"]);
    expect(renderHistory([answer])).toMatch(
      /ana@acme\.com, SRE: since the apply of 2026-11-10 10:00 UTC, dd-sre → SRE/,
    );
    expect(historyMarkdown([answer])).toMatch(/^# Who could logs\\_write\\_pipelines in prod on 2026-11-20/);
  });
});
