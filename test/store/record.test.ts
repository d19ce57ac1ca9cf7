/** The record: what tampering is found and what it is called, and that what a crash leaves is not called so. */

import { promises } from "node:fs";
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { verifyRecord } from "../../server/src/core/audit/verifyRecord.ts";
import { hashText } from "../../server/src/store/hash.ts";
import { openJournal, reopenJournal } from "../../server/src/store/journalFile.ts";
import { appendRecord, readRecord } from "../../server/src/store/record.ts";

const day = (date: number) => `2026-11-${String(date).padStart(2, "0")}T12:00:00.000Z`;
const FINGERPRINT = "abcdef0123456789";
const organization = { name: "prod", id: "o", site: "datadoghq.eu" };

async function apply(folder: string, date: number, isEnded = true): Promise<string> {
  const at = day(date);
  const journal = await openJournal({ folder, startedAt: at, organization: "prod", fingerprint: FINGERPRINT });
  await journal.append({ at, event: "start", text: "", fingerprint: FINGERPRINT, organization, steps: 1, waivers: [] });
  await journal.append({ at, event: "outcome", text: "gave SRE", step: 1, result: "done", detail: "" });
  if (isEnded) await journal.append({ at, event: "end", text: "Applied", status: "done" });
  await journal.close();
  return journal.path;
}

/** A plan, three applies: seven entries, three journals of three lines. */
let original: string;
beforeAll(async () => {
  original = join(await mkdtemp(join(tmpdir(), "accessmap-record-")), "journal");
  for (const date of [1, 2, 3]) await apply(original, date);
  await appendRecord(original, { at: day(4), kind: "plan", organization: "prod", fingerprint: FINGERPRINT });
});

interface Bench {
  readonly folder: string;
  readonly chain: string;
  readonly head: string;
  /** Path of the journal of a day. */
  readonly journal: (date: number) => string;
}

async function copy(): Promise<Bench> {
  const folder = join(await mkdtemp(join(tmpdir(), "accessmap-record-")), "journal");
  await cp(original, folder, { recursive: true });
  const journal = (date: number) =>
    join(folder, `202611${String(date).padStart(2, "0")}T120000000Z-prod-abcdef01.jsonl`);
  return { folder, chain: join(folder, "record.chain"), head: join(folder, "record.head"), journal };
}

async function edit(path: string, change: (lines: string[]) => readonly string[]): Promise<void> {
  const lines = (await readFile(path, "utf8")).split("\n").slice(0, -1);
  await writeFile(
    path,
    change(lines)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

const verify = async (folder: string, kept?: string, organizations: readonly string[] | undefined = ["prod"]) =>
  verifyRecord(await readRecord(folder), { kept, organizations }, hashText);

/** Entries of the chain with all hashes made to fit, as a forger would. */
function forge(lines: readonly string[]): readonly string[] {
  let prev = "0".repeat(64);
  return lines.map((line, index) => {
    const { hash: _, ...entry } = JSON.parse(line);
    const sealed = { ...entry, seq: index + 1, prev };
    prev = hashText(JSON.stringify(sealed));
    return JSON.stringify({ ...sealed, hash: prev });
  });
}

/** Runs the task on a disk that is full for heads, and for lines of journals after the first `lines` of them. */
async function onFullDisk(task: () => Promise<void>, lines = Number.POSITIVE_INFINITY): Promise<void> {
  const { open, rename } = promises;
  const full = () => Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }));
  let written = 0;
  promises.rename = full;
  promises.open = async (path, ...rest) => {
    const file = await open(path, ...rest);
    const append = file.appendFile.bind(file);
    if (String(path).endsWith(".jsonl"))
      file.appendFile = async (text, ...how) => {
        if (++written <= lines) return append(text, ...how);
        await append(String(text).slice(0, 5), ...how);
        return full();
      };
    return file;
  };
  syncBuiltinESMExports();
  try {
    await task();
  } finally {
    Object.assign(promises, { open, rename });
    syncBuiltinESMExports();
  }
}

test("a disk that is full, again and again, leaves nothing that looks tampered with", async () => {
  const { folder } = await copy();
  const at = day(5);
  const journal = await openJournal({ folder, startedAt: at, organization: "prod", fingerprint: FINGERPRINT });
  const line = { at, event: "outcome", text: "gave SRE", step: 1, result: "done", detail: "" } as const;
  await journal.append({ at, event: "start", text: "", fingerprint: FINGERPRINT, organization, steps: 1, waivers: [] });
  await onFullDisk(async () => {
    await expect(journal.close()).rejects.toThrow("ENOSPC");
    for (const _ of [1, 2, 3]) {
      const again = await reopenJournal(journal.path).catch(() => undefined);
      await again?.append(line).catch(() => {});
      await again?.close().catch(() => {});
    }
    await expect(openJournal({ folder, startedAt: day(6), organization: "prod", fingerprint: "f" })).rejects.toThrow();
  }, 1);
  expect((await verify(folder)).broken).toEqual([]);
  await apply(folder, 7);
  expect((await verify(folder)).broken).toEqual([]);
});

test("what nobody touched is sound", async () => {
  expect(await verify(original)).toMatchObject({ entries: 7, journals: 3, broken: [], notes: [] });
});

const TAMPERING: readonly (readonly [what: string, change: (bench: Bench) => Promise<void>, first: RegExp])[] = [
  [
    "an entry changed",
    ({ chain }) => edit(chain, (lines) => lines.with(2, (lines[2] ?? "").replace("prod", "dev"))),
    /^entry 3 was changed$/,
  ],
  [
    "a blank more",
    ({ chain }) => edit(chain, (lines) => lines.with(2, (lines[2] ?? "").replace(",", ", "))),
    /^entry 3 was changed$/,
  ],
  [
    "an entry taken out",
    ({ chain }) => edit(chain, (lines) => lines.toSpliced(2, 1)),
    /^entry 3 was taken out, before entry 4 \(end of 20261102/,
  ],
  [
    "several taken out",
    ({ chain }) => edit(chain, (lines) => lines.toSpliced(1, 3)),
    /^entries 2 to 4 were taken out, before entry 5/,
  ],
  [
    "the first taken out",
    ({ chain }) => edit(chain, (lines) => lines.slice(1)),
    /^entry 1 was taken out, before entry 2/,
  ],
  [
    "two entries swapped",
    ({ chain }) => edit(chain, (lines) => lines.with(2, lines[3] ?? "").with(3, lines[2] ?? "")),
    /^entry 3 was moved: entry 4 .* stands in its place$/,
  ],
  [
    "an entry twice",
    ({ chain }) => edit(chain, (lines) => lines.toSpliced(3, 0, lines[2] ?? "")),
    /^entry 3 .* stands where entry 4 should$/,
  ],
  [
    "the end cut off",
    ({ chain }) => edit(chain, (lines) => lines.slice(0, -2)),
    /^the record was cut: 2 entries are gone behind entry 5$/,
  ],
  [
    "the end cut off in the middle of a line",
    async ({ chain }) => writeFile(chain, (await readFile(chain, "utf8")).slice(0, -30)),
    /^the record was cut: 1 entry is gone behind entry 6$/,
  ],
  ["everything cut off", async ({ chain }) => rm(chain), /^the record was cut: 7 entries are gone behind entry 0$/],
  ["the head taken away", async ({ head }) => rm(head), /^the head of the record is gone or changed$/],
  [
    "an entry written anew, with hashes that fit",
    ({ chain }) => edit(chain, (lines) => forge(lines.with(6, (lines[6] ?? "").replace("prod", "dev")))),
    /^entry 7 was written anew: the head of the record was another one$/,
  ],
  [
    "an apply taken out, with hashes and head that fit",
    async ({ chain, head }) => {
      await edit(chain, (lines) => forge(lines.toSpliced(2, 2)));
      const last = JSON.parse((await readFile(chain, "utf8")).trimEnd().split("\n").at(-1) ?? "");
      await writeFile(head, JSON.stringify({ count: last.seq, hash: last.hash }));
    },
    /^journal 20261103.*: line 1 was changed, or what stood before it taken out$/,
  ],
  [
    "a line of a journal changed",
    ({ journal }) => edit(journal(2), (lines) => lines.with(1, (lines[1] ?? "").replace("SRE", "Dev"))),
    /^journal 20261102.*: line 2 was changed, or what stood behind it taken out$/,
  ],
  [
    "its last line changed",
    ({ journal }) => edit(journal(2), (lines) => lines.with(2, (lines[2] ?? "").replace("Applied", "Failed"))),
    /^journal 20261102.*: line 3 was changed$/,
  ],
  [
    "a line of a journal taken out",
    ({ journal }) => edit(journal(2), (lines) => lines.toSpliced(1, 1)),
    /^journal 20261102.*: line 1 was changed, or what stood behind it taken out$/,
  ],
  [
    "its first line taken out",
    ({ journal }) => edit(journal(2), (lines) => lines.slice(1)),
    /^journal 20261102.*: line 1 was changed, or what stood before it taken out$/,
  ],
  [
    "a journal cut",
    ({ journal }) => edit(journal(2), (lines) => lines.slice(0, 1)),
    /^journal 20261102.*: cut: 2 lines are gone behind line 1$/,
  ],
  ["a journal taken away", ({ journal }) => rm(journal(2)), /^journal 20261102.*: it is gone$/],
  [
    "a journal put beside",
    async ({ journal }) => cp(journal(2), journal(9)),
    /^journal 20261109.* is not in the record/,
  ],
];

test.each(TAMPERING)("found: %s", async (_, change, first) => {
  const bench = await copy();
  await change(bench);
  expect((await verify(bench.folder)).broken[0]).toMatch(first);
});

test.each(TAMPERING.filter(([what]) => !/journal|line/.test(what)))(
  "no later entry heals it: %s",
  async (_, change) => {
    const bench = await copy();
    await change(bench);
    await apply(bench.folder, 8);
    expect((await verify(bench.folder)).broken).not.toEqual([]);
  },
);

/** Of what stands behind a break nothing is claimed: neither that an apply runs, nor that a journal was put there. */
const BROKEN: readonly (readonly [what: string, at: number, notes: readonly string[]])[] = [
  [
    "an entry that closes a journal",
    4,
    [
      "journal 20261102: whether it was closed is not known: the record is broken behind entry 3",
      "journal 20261103: not in entries 1 to 3, behind which the record is broken",
    ],
  ],
  [
    "the first entry",
    1,
    ["1", "2", "3"].map((date) => `journal 2026110${date}: not in the record, which is broken from its first entry on`),
  ],
];

test.each(BROKEN)("nothing is made up of journals behind a break: %s", async (_, at, notes) => {
  const bench = await copy();
  await edit(bench.chain, (lines) => lines.with(at - 1, (lines[at - 1] ?? "").replace('"seq"', '"Seq"')));
  const verdict = await verify(bench.folder);
  expect(verdict.broken).toEqual([`entry ${at} was changed`]);
  expect(verdict.notes.map((note) => note.replace(/T120000000Z-prod-abcdef01\.jsonl/, ""))).toEqual(notes);
});

test("what was begun before a break and is gone is not called a crash", async () => {
  const bench = await copy();
  await edit(bench.chain, (lines) => lines.with(3, ""));
  await rm(bench.journal(2));
  expect((await verify(bench.folder)).notes[0]).toMatch(
    /^journal 20261102.*: it is not there; whether it was given up empty or taken away, the record no longer tells$/,
  );
});

test("a line that was changed is found before a break as well", async () => {
  const bench = await copy();
  await edit(bench.chain, (lines) => lines.with(3, ""));
  await edit(bench.journal(2), (lines) => lines.with(1, (lines[1] ?? "").replace("SRE", "Dev")));
  expect((await verify(bench.folder)).broken[1]).toMatch(/^journal 20261102.*: line 2 was changed/);
});

test("a kept head that stands behind a break is not said to be cut off", async () => {
  const bench = await copy();
  const { head } = await verify(bench.folder);
  await edit(bench.chain, (lines) => lines.with(3, ""));
  expect((await verify(bench.folder, head?.hash)).broken).toEqual([
    "entry 4 was changed",
    `none of entries 1 to 3 has the hash ${head?.hash} that was kept, and what stands further on proves nothing`,
  ]);
});

test("a journal that is not closed in a sound record says what that may be", async () => {
  const bench = await copy();
  await edit(bench.chain, (lines) => lines.slice(0, 5));
  await writeFile(
    bench.head,
    JSON.stringify({
      count: 5,
      hash: JSON.parse((await readFile(bench.chain, "utf8")).trimEnd().split("\n").at(-1) ?? "").hash,
    }),
  );
  expect((await verify(bench.folder)).notes).toEqual([
    expect.stringMatching(/^journal 20261103.*: not closed: its apply runs or was interrupted$/),
  ]);
});

describe("a head that was kept elsewhere", () => {
  test("finds what all files agree about", async () => {
    const bench = await copy();
    const { head } = await verify(bench.folder);
    expect((await verify(bench.folder, head?.hash.slice(0, 12))).broken).toEqual([]);
    for (const path of [bench.chain, bench.head, ...[1, 2, 3].map(bench.journal)]) await rm(path);
    await apply(bench.folder, 5);
    expect((await verify(bench.folder)).broken).toEqual([]);
    expect((await verify(bench.folder, head?.hash)).broken).toEqual([expect.stringMatching(/that was kept/)]);
  });

  test("must be long enough to say anything", async () => {
    const { head } = await verify(original);
    expect((await verify(original, head?.hash.slice(0, 4))).broken).not.toEqual([]);
  });
});

/** What a crash leaves, at each point where it may come; the record goes on after it. */
const CRASHES: readonly (readonly [what: string, leave: (bench: Bench) => Promise<void>, note: RegExp])[] = [
  [
    "in the middle of an entry",
    async ({ chain }) => appendFile(chain, '{"at":"2026-11-05T12:00'),
    /^the last line is half: a crash cut off/,
  ],
  [
    "between an entry and the head",
    async ({ folder, head }) => {
      const before = await readFile(head, "utf8");
      await appendRecord(folder, { at: day(5), kind: "plan", organization: "prod", fingerprint: FINGERPRINT });
      await writeFile(head, before);
    },
    /^the head is one entry behind: a crash came in between$/,
  ],
  [
    "before a journal's first line",
    async ({ folder }) => {
      const begin = { at: day(5), kind: "begin", organization: "prod", fingerprint: FINGERPRINT } as const;
      await appendRecord(folder, { ...begin, journal: "20261105T120000000Z-prod-abcdef01.jsonl" });
    },
    /begun and not there: a crash came before its first line$/,
  ],
  [
    "in the middle of an apply",
    async ({ folder, chain, head, journal }) => {
      await apply(folder, 5, false);
      // As if nobody had closed it.
      await edit(chain, (lines) => lines.slice(0, -1));
      const { prev } = JSON.parse(
        `{"prev":"${JSON.parse((await readFile(chain, "utf8")).trimEnd().split("\n").at(-1) ?? "").hash}"}`,
      );
      await writeFile(head, JSON.stringify({ count: 8, hash: prev }));
      await appendFile(journal(5), '{"at":"2026');
    },
    /cut off by a crash in the middle of a line$/,
  ],
];

test.each(CRASHES)("no tampering: a crash %s", async (_, leave, note) => {
  const bench = await copy();
  await leave(bench);
  const crashed = await verify(bench.folder);
  expect(crashed.broken).toEqual([]);
  expect(crashed.notes.join("\n")).toMatch(new RegExp(note.source, "m"));
  await apply(bench.folder, 8);
  expect((await verify(bench.folder)).broken).toEqual([]);
});

test("an apply that is resumed goes on where it was cut off", async () => {
  const bench = await copy();
  const path = await apply(bench.folder, 5, false);
  await appendFile(path, '{"at":"2026');
  expect((await verify(bench.folder)).broken).toEqual([]);
  const journal = await reopenJournal(path);
  await journal.append({ at: day(6), event: "end", text: "Applied", status: "done" });
  await journal.close();
  expect(await verify(bench.folder)).toMatchObject({ broken: [], notes: [] });
});

test("a journal that was given up empty is nowhere, and the record says so", async () => {
  const bench = await copy();
  const journal = await openJournal({
    ...{ folder: bench.folder, startedAt: day(5) },
    organization: "prod",
    fingerprint: FINGERPRINT,
  });
  await journal.close();
  expect(await verify(bench.folder)).toMatchObject({ entries: 9, broken: [], notes: [] });
});

test("redacted journals are chained as they are written", async () => {
  const bench = await copy();
  const journal = await openJournal({
    folder: bench.folder,
    startedAt: day(5),
    organization: "prod",
    fingerprint: FINGERPRINT,
    redact: true,
  });
  await journal.append({ at: day(5), event: "resume", text: "ana@acme.com" });
  await journal.append({ at: day(5), event: "end", text: "bo@acme.com", status: "done" });
  await journal.close();
  expect(await readFile(journal.path, "utf8")).not.toContain("ana@");
  expect((await verify(bench.folder)).broken).toEqual([]);
});

test("a journal that is called by a later day than the record's first one was put there", async () => {
  const bench = await copy();
  await writeFile(bench.journal(9), '{"at":"2025-01-01","event":"start"}\n');
  expect(await verify(bench.folder)).toMatchObject({
    broken: [expect.stringMatching(/^journal 20261109T.* is not in the record: .*it was put there$/)],
    notes: [],
  });
});

test("journals from before there was a record are counted, not accused", async () => {
  const bench = await copy();
  const earlier = bench.journal(9).replace("20261109", "20250101");
  await writeFile(earlier, '{"at":"2025-01-01","event":"start"}\n');
  expect(await verify(bench.folder)).toMatchObject({
    broken: [],
    notes: ["1 journal is from before there was a record"],
  });
});

/** What is noted of a plan and three applies for prod and a plan for dev, by the organizations that the project has. */
const ORGANIZATIONS: readonly (readonly [organizations: readonly string[], notes: readonly RegExp[]])[] = [
  [["prod", "dev"], []],
  [["prod"], [/^1 plan is for "dev", which accessmap\.yaml does not have: .* pass over them$/]],
  [
    ["staging"],
    [/^1 plan is for "dev", which/, /^1 plan and 3 applies are for "prod", which accessmap\.yaml does not/],
  ],
];

test.each(ORGANIZATIONS)("what is for an organization that is none of %j is noted", async (organizations, notes) => {
  const bench = await copy();
  await appendRecord(bench.folder, { at: day(5), kind: "plan", organization: "dev", fingerprint: FINGERPRINT });
  expect(await verify(bench.folder, undefined, organizations)).toMatchObject({
    broken: [],
    notes: notes.map((note) => expect.stringMatching(note)),
  });
});

test("where the project cannot be read, no organization is said to be missing", async () => {
  const verdict = verifyRecord(await readRecord(original), { kept: undefined, organizations: undefined }, hashText);
  expect(verdict).toMatchObject({ broken: [], notes: [] });
});

test("many at once keep one order", async () => {
  const bench = await copy();
  const plan = { at: day(6), kind: "plan", organization: "prod", fingerprint: FINGERPRINT } as const;
  await Promise.all(Array.from({ length: 8 }, () => appendRecord(bench.folder, plan)));
  expect(await verify(bench.folder)).toMatchObject({ entries: 15, broken: [] });
});
