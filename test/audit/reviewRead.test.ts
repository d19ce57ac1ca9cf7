/** Decisions read back: edits with comments kept, tasks where a mapping cannot say it, and what is refused. */

import { describe, expect, test } from "vitest";
import { applyDecisions } from "../../server/src/core/audit/review/applyDecisions.ts";
import { COLUMN, reviewSheet } from "../../server/src/core/audit/review/columns.ts";
import { readDecisions } from "../../server/src/core/audit/review/decisions.ts";
import { reviewPack } from "../../server/src/core/audit/review/pack.ts";
import { hashText } from "../../server/src/store/hash.ts";
import { parseFixture } from "../support/fixture.ts";

const LIVE = `#- live okta
groups: [{ name: dd-sre, members: [ana, { login: bo, email: bo.b@acme.com }] }, { name: dd-dev, members: [cy] }]
#- live datadog
roles: [SRE, Engineer, Reader]
teams: [sre]
accounts: [{ login: bot, service: true, roles: [Engineer] }]
`;

type Fill = Readonly<Partial<Record<keyof typeof COLUMN, string>>>;

/** Rows by `kind person-or-group access`. */
type Filled = Readonly<Record<string, Fill>>;

const BY = { reviewer: "lead@acme.com", date: "2026-11-20" };

/** Makes a pack of the mappings, fills it in, and reads it back; `now` is what the file says by then. */
function readBack(mappings: string, filled: Filled, now = mappings, live = LIVE) {
  const made = parseFixture(`#- /a.accessmap.yaml\n${mappings}\n${live}`);
  const { columns, rows } = reviewSheet(
    reviewPack(made.snapshot, { problems: new Map(), people: new Map(), hash: hashText }).rows,
  );
  const keyed = rows.map((cells) => {
    const row = new Map(columns.map((name, at) => [name, cells[at] ?? ""]));
    const who = row.get(COLUMN.kind) === "grant" ? row.get(COLUMN.through) : row.get(COLUMN.person);
    const fill = filled[`${row.get(COLUMN.kind)} ${who} ${row.get(COLUMN.access)}`];
    for (const [name, value] of Object.entries(fill ? { ...BY, ...fill } : {}))
      row.set(COLUMN[name as keyof typeof COLUMN], value);
    return row;
  });
  const { snapshot, files } = parseFixture(`#- /a.accessmap.yaml\n${now}\n${live}`);
  const read = readDecisions(keyed, snapshot.now);
  const applied = applyDecisions(snapshot, read.decisions, hashText);
  return { ...read, ...applied, text: applied.texts.get("a.accessmap.yaml") ?? files.get("a.accessmap.yaml") };
}

const TWO = `mappings:
  # Who is called at night.
  - group: dd-sre
    roles: [SRE, Engineer] # both for now
    teams: [sre]
    until: 2027-01-31
  - group: dd-dev
    roles:
      - Engineer # of old
    reason: builds`;

const EDITS: readonly (readonly [what: string, filled: Filled, text: string])[] = [
  [
    "keep is said above the entry",
    { "grant dd-sre SRE": { decision: "keep" } },
    TWO.replace("  - group: dd-sre", "  # Reviewed 2026-11-20 by lead@acme.com: keep SRE\n  - group: dd-sre"),
  ],
  [
    "several decisions of one reviewer are one comment",
    {
      "grant dd-sre SRE": { decision: "keep", comment: "on call" },
      "grant dd-sre Engineer": { decision: "Revoke" },
      "grant dd-sre team sre": { decision: "keep" },
    },
    TWO.replace(
      "  - group: dd-sre",
      "  # Reviewed 2026-11-20 by lead@acme.com: keep SRE (on call); revoke Engineer; keep team sre\n  - group: dd-sre",
    ).replace("[SRE, Engineer]", "[SRE]"),
  ],
  [
    "the last thing that a group gets takes the entry along",
    { "grant dd-dev Engineer": { decision: "revoke" } },
    TWO.slice(0, TWO.indexOf("  - group: dd-dev")),
  ],
  [
    "another role",
    { "grant dd-dev Engineer": { decision: "change", change: "Reader" } },
    TWO.replace("      - Engineer # of old", "      - Reader # of old").replace(
      "  - group: dd-dev",
      "  # Reviewed 2026-11-20 by lead@acme.com: change Engineer to Reader\n  - group: dd-dev",
    ),
  ],
  [
    "another end, and another decision on the same entry",
    {
      "grant dd-sre SRE": { decision: "change", change: "until 2026-12-31" },
      "grant dd-sre Engineer": { decision: "revoke" },
    },
    TWO.replace(
      "  - group: dd-sre",
      "  # Reviewed 2026-11-20 by lead@acme.com: revoke Engineer; change SRE until 2026-12-31\n  - group: dd-sre",
    )
      .replace("[SRE, Engineer]", "[SRE]")
      .replace("2027-01-31", "2026-12-31"),
  ],
  [
    "an end where there was none",
    { "grant dd-dev Engineer": { decision: "change", change: "until 2026-12-31" } },
    `${TWO.replace(
      "  - group: dd-dev",
      "  # Reviewed 2026-11-20 by lead@acme.com: change Engineer until 2026-12-31\n  - group: dd-dev",
    )}\n    until: 2026-12-31`,
  ],
];

test.each(EDITS)("%s", (_, filled, text) => {
  const read = readBack(TWO, filled);
  expect([read.problems, read.refused, read.tasks]).toEqual([[], [], []]);
  expect(read.text?.trimEnd()).toBe(text.trimEnd());
});

test("an entry that opens connections of hoop.dev outlives the last thing that its group gets in Datadog", () => {
  const { text } = readBack("mappings:\n  - group: dd-dev\n    roles: [Engineer]\n    hoop: [bash]", {
    "grant dd-dev Engineer": { decision: "revoke" },
  });
  expect(text).toMatch(/- group: dd-dev\n {4}roles: \[\]\n {4}hoop: \[bash\]/);
});

const BUNDLED = `bundles:
  oncall: { roles: [SRE, Engineer], teams: [sre] }
mappings:
  - group: dd-sre # those on call
    bundles: [oncall]
    reason: On call
  - group: dd-dev
    bundles: [oncall]`;
const NOTE = (said: string) => `  # Reviewed 2026-11-20 by lead@acme.com: ${said}\n  - group: dd-sre`;

describe("what a bundle brings is named by the entry itself, and other users of the bundle keep it", () => {
  test.each<readonly [what: string, before: string, filled: Filled, after: string]>([
    [
      "one thing goes",
      BUNDLED,
      { "grant dd-sre Engineer": { decision: "revoke" } },
      BUNDLED.replace("  - group: dd-sre", NOTE("revoke Engineer")).replace(
        "    bundles: [oncall]\n",
        "    roles: [SRE]\n    teams: [sre]\n",
      ),
    ],
    [
      "one is kept, one goes, one becomes another",
      BUNDLED,
      {
        "grant dd-sre Engineer": { decision: "revoke" },
        "grant dd-sre SRE": { decision: "change", change: "Reader" },
        "grant dd-sre team sre": { decision: "keep" },
      },
      BUNDLED.replace("  - group: dd-sre", NOTE("change SRE to Reader; revoke Engineer; keep team sre")).replace(
        "    bundles: [oncall]\n",
        "    roles: [Reader]\n    teams: [sre]\n",
      ),
    ],
    [
      "everything goes, and the entry with it",
      BUNDLED,
      {
        "grant dd-sre Engineer": { decision: "revoke" },
        "grant dd-sre SRE": { decision: "revoke" },
        "grant dd-sre team sre": { decision: "revoke" },
      },
      BUNDLED.replace(/ {2}- group: dd-sre[\s\S]*call\n/, ""),
    ],
    [
      "another bundle and the entry's own roles stay",
      `bundles:\n  a: { roles: [SRE] }\n  b: { teams: [sre] }\nmappings:\n  - group: dd-sre\n    bundles: [a, b]\n    roles:\n      - Reader`,
      { "grant dd-sre SRE": { decision: "revoke" } },
      `bundles:\n  a: { roles: [SRE] }\n  b: { teams: [sre] }\nmappings:\n${NOTE("revoke SRE")}\n    bundles: [b]\n    roles:\n      - Reader`,
    ],
  ])("%s", (_, before, filled, after) => {
    const read = readBack(before, filled);
    expect([read.problems, read.refused, read.tasks]).toEqual([[], [], []]);
    expect(read.text?.trimEnd()).toBe(after);
  });
});

describe("the comment of an earlier review", () => {
  const entry = "mappings:\n  - group: dd-sre\n    roles: [SRE]";
  const withNotes = (...notes: readonly string[]) =>
    entry.replace("  - group", `${notes.map((note) => `  # Reviewed ${note}\n`).join("")}  - group`);
  const keep = "2026-11-20 by lead@acme.com: keep SRE";
  test.each([
    ["is replaced", withNotes("2026-08-20 by lead@acme.com: keep SRE"), withNotes(keep)],
    [
      "stays beside another reviewer's of the same day",
      withNotes("2026-11-20 by x@acme.com: keep all"),
      withNotes("2026-11-20 by x@acme.com: keep all", keep),
    ],
    ["is not said twice", withNotes(keep), withNotes(keep)],
    [
      "and other comments are nobody's business",
      entry.replace("  - group", "  # Reviewed it.\n  - group"),
      entry.replace("  - group", `  # Reviewed it.\n  # Reviewed ${keep}\n  - group`),
    ],
  ])("%s", (_, before, after) => {
    expect(readBack(before, { "grant dd-sre SRE": { decision: "keep" } }).text?.trimEnd()).toBe(after);
  });
});

const TASKS: readonly (readonly [what: string, mappings: string, filled: Filled, task: RegExp])[] = [
  [
    "one person out of a group",
    TWO,
    { "person ana@acme.com SRE": { decision: "revoke", comment: "moved on" } },
    /^Take ana@acme\.com out of dd-sre in okta \(SRE; decided by lead@acme\.com on 2026-11-20: moved on\): a mapping cannot leave out one person$/,
  ],
  [
    "what no mapping gives",
    TWO,
    { "outside bot Engineer": { decision: "revoke" } },
    /^Take Engineer from bot in prod \(decided by .*\): no mapping gives it, so do it in Datadog unless a plan does$/,
  ],
  [
    "another end of what no mapping gives",
    TWO,
    { "outside bot Engineer": { decision: "change", change: "until 2026-12-31" } },
    /^Take Engineer from bot in prod at the end of 2026-12-31 \(decided by /,
  ],
  [
    "another role for what no mapping gives",
    TWO,
    { "outside bot Engineer": { decision: "change", change: "Reader" } },
    /^Take Engineer from bot in prod and give them Reader instead \(decided by /,
  ],
  [
    "what a bundle brings to an entry on one line that others refer to",
    "bundles: { all: { roles: [SRE] } }\nmappings:\n  - group: dd-sre\n    bundles: &all [all]\n  - group: dd-dev\n    bundles: *all",
    { "grant dd-dev SRE": { decision: "revoke" } },
    /^Revoke SRE of dd-dev, at a\.accessmap\.yaml:5: it comes with the bundle "all".*name what else/,
  ],
  [
    "a role that there is not",
    TWO,
    { "grant dd-dev Engineer": { decision: "change", change: "Raeder" } },
    /^Change Engineer of dd-dev, at a\.accessmap\.yaml:7: there is no role "Raeder" in prod$/,
  ],
];

test.each(TASKS)("by hand: %s", (_, mappings, filled, task) => {
  const { tasks, text, refused } = readBack(mappings, filled);
  expect([refused, tasks]).toEqual([[], [expect.stringMatching(task)]]);
  expect(text?.trimEnd()).toBe(mappings);
});

const REFUSALS: readonly (readonly [what: string, filled: Filled, now: string, why: RegExp])[] = [
  [
    "somebody on their own access",
    { "person ana@acme.com SRE": { decision: "keep", reviewer: "Ana@acme.com" } },
    TWO,
    /^row \d+: Ana@acme\.com decides on their own SRE$/,
  ],
  [
    "under another address of theirs",
    { "person bo@acme.com SRE": { decision: "keep", reviewer: "bo.b@acme.com" } },
    TWO,
    /^row \d+: bo\.b@acme\.com decides on their own SRE$/,
  ],
  [
    "somebody on what their group gets",
    { "grant dd-sre SRE": { decision: "keep", reviewer: "ana@acme.com" } },
    TWO,
    /^row \d+: ana@acme\.com is in dd-sre and decides on their own SRE$/,
  ],
  [
    "a grant that the files no longer have",
    { "grant dd-sre SRE": { decision: "keep" } },
    TWO.replace("SRE, ", ""),
    /^row \d+: the files no longer say this of SRE through dd-sre, see a\.accessmap\.yaml:3; make a new pack$/,
  ],
  [
    "a grant with another reason",
    { "grant dd-dev Engineer": { decision: "revoke" } },
    TWO.replace("builds", "runs production"),
    /^row \d+: the files no longer say this of Engineer/,
  ],
];

test.each(REFUSALS)("refused: %s", (_, filled, now, why) => {
  const { refused, texts } = readBack(TWO, filled, now);
  expect([texts.size, refused]).toEqual([0, [expect.stringMatching(why)]]);
});

test("one refusal refuses all: half a review cannot be told from a whole one", () => {
  const { refused, texts } = readBack(TWO, {
    "grant dd-dev Engineer": { decision: "revoke" },
    "grant dd-sre SRE": { decision: "keep", reviewer: "ana@acme.com" },
  });
  expect([refused.length, texts.size]).toEqual([1, 0]);
});

test("lines that moved are the same lines", () => {
  const { refused, text } = readBack(TWO, { "grant dd-dev Engineer": { decision: "keep" } }, `# new\n${TWO}`);
  expect([refused, text?.includes("keep Engineer")]).toEqual([[], true]);
});

test("who is in the group must be known: the reviewer may be", () => {
  const dark = LIVE.replace(/#- live okta\n.*\n/, "#- live okta unreachable timeout\n");
  const { refused } = readBack(TWO, { "grant dd-sre SRE": { decision: "keep" } }, TWO, dark);
  expect(refused).toEqual([expect.stringMatching(/whether lead@acme\.com is in dd-sre cannot be told/)]);
});

test("nobody is in a group that there is not, so its grants can be decided on", () => {
  const mappings = "mappings:\n  - group: dd-gone\n    roles: [SRE]\n    hoop: [bash]";
  const { refused, text } = readBack(mappings, { "grant dd-gone SRE": { decision: "revoke" } });
  expect([refused, text]).toEqual([[], expect.not.stringContaining("SRE]")]);
});

test("what a row says in words is what its fingerprint stands for, or somebody changed it", () => {
  for (const changed of [{ access: "Engineer" }, { through: "dd-dev" }, { organization: "test" }]) {
    const { refused, texts } = readBack(TWO, { "grant dd-sre SRE": { decision: "revoke", ...changed } });
    expect([texts.size, refused]).toEqual([
      0,
      [expect.stringMatching(/the row is about .* its fingerprint about something else/)],
    ]);
  }
});

test("one keeps what everybody loses", () => {
  const keep = { "person ana@acme.com SRE": { decision: "keep" } };
  const lost = /^row \d+: ana@acme\.com is to keep what row \d+ takes from everybody in dd-sre$/;
  for (const [fill, problems] of [
    [{ decision: "revoke" }, [expect.stringMatching(lost)]],
    [{ decision: "change", change: "Reader" }, [expect.stringMatching(lost)]],
    [{ decision: "change", change: "until 2026-12-31" }, []],
    [{ decision: "keep" }, []],
  ] as const)
    expect(readBack(TWO, { "grant dd-sre SRE": fill, ...keep }).problems).toEqual(problems);
});

test("a row that stands twice with two decisions", () => {
  const row = (decision: string) =>
    new Map(
      Object.entries({ kind: "grant", access: "SRE", fingerprint: "f", decision, ...BY }).map(([name, value]) => [
        COLUMN[name as keyof typeof COLUMN],
        value,
      ]),
    );
  const problemsOf = (...rows: readonly string[]) => readDecisions(rows.map(row), "2026-11-23T12:00:00.000Z").problems;
  expect(problemsOf("keep", "revoke")).toEqual(["row 3: row 2 decides otherwise on the same SRE"]);
  expect(problemsOf("keep", "keep")).toEqual([]);
});

const MISTAKES: readonly (readonly [what: string, fill: Fill, why: RegExp])[] = [
  ["another word", { decision: "ok" }, /"ok" is no decision; write keep, revoke or change/],
  ["change to nothing", { decision: "change" }, /change to what\?/],
  ["keep and change", { decision: "keep", change: "Reader" }, /is filled in, and the decision is keep/],
  ["nobody", { decision: "keep", reviewer: "" }, /does not say who decided/],
  ["unassigned", { decision: "keep", reviewer: "unassigned" }, /does not say who decided/],
  ["no day", { decision: "keep", date: "20.11.2026" }, /"20\.11\.2026" is no day; write it as 2026-11-23/],
  ["a day to come", { decision: "keep", date: "2026-11-24" }, /has not come yet/],
  [
    "no day at all",
    { decision: "keep", date: "" },
    /"Decided on" does not say when; write the day, such as 2026-11-23/,
  ],
  ["an end that is no day", { decision: "change", change: "until May" }, /"May" is no day/],
  ["an end that has passed", { decision: "change", change: "until 2026-11-22" }, /has passed; write revoke/],
];

test.each(MISTAKES)("not a decision: %s", (_, fill, why) => {
  const { problems } = readBack(TWO, { "grant dd-sre SRE": fill });
  expect(problems).toEqual([expect.stringMatching(why)]);
});

test("rows that nobody filled in are counted, and another table is none of ours", () => {
  expect(readBack(TWO, { "grant dd-sre SRE": { decision: "keep" } }).undecided).toBeGreaterThan(5);
  expect(readDecisions([new Map([["Name", "x"]])], "2026-11-23T12:00:00.000Z").problems).toEqual([
    'this is no table of a review: it has no column "Row"',
  ]);
});
