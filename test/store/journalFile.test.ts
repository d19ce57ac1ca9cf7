/** Journals: one private file per run, readable line by line, also after a crash in the middle of one. */

import { appendFile, mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { type JournalEntry, journalState } from "../../server/src/core/sync/journal/journal.ts";
import { openJournal, readJournal, reopenJournal } from "../../server/src/store/journalFile.ts";
import { listJournals } from "../../server/src/store/journalList.ts";

const AT = "2026-11-23T12:00:00.000Z";
const CHANGE = {
  action: "set-roles",
  through: "scim",
  account: { id: "a", name: "ana@acme.com" },
  before: [],
  after: [{ id: "r", name: "SRE" }],
  grants: [{ id: "r", name: "SRE", because: { text: "dd-sre@acme.com → SRE" } }],
  revokes: [],
} as const;
const ENTRIES: readonly JournalEntry[] = [
  {
    at: AT,
    event: "start",
    text: "apply 1 steps in Acme (datadoghq.eu)",
    fingerprint: "abcdef0123456789",
    organization: { name: "prod", id: "org-1", site: "datadoghq.eu" },
    steps: 1,
    waivers: [],
  },
  { at: AT, event: "intent", text: "ana@acme.com: give SRE", step: 1, change: CHANGE },
  { at: AT, event: "outcome", text: "ana@acme.com: give SRE: done", step: 1, result: "done", detail: "" },
  { at: AT, event: "end", text: "Applied: 1 done of 1 step.", status: "done" },
];

let folder = "";
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "accessmap-")), "journal");
});

function open(startedAt = AT, redact = false) {
  return openJournal({ folder, startedAt, organization: "prod", fingerprint: "abcdef0123456789", redact });
}

async function write(entries: readonly JournalEntry[], redact = false): Promise<string> {
  const journal = await open(AT, redact);
  for (const entry of entries) await journal.append(entry);
  await journal.close();
  return journal.path;
}

test("entries come back in order, one line each", async () => {
  const path = await write(ENTRIES);
  expect(await readJournal(path)).toEqual(ENTRIES);
  expect((await readFile(path, "utf8")).trimEnd().split("\n")).toHaveLength(4);
  expect(basename(path)).toBe("20261123T120000000Z-prod-abcdef01.jsonl");
});

test.skipIf(process.platform === "win32")("only the owner may read it", async () => {
  const path = await write(ENTRIES);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("a journal is never continued by another run", async () => {
  await write(ENTRIES);
  await expect(open()).rejects.toMatchObject({ code: "EEXIST" });
});

test("a journal without an entry leaves no file", async () => {
  await (await open()).close();
  expect(await listJournals(folder)).toEqual([]);
});

test("journals are listed by time, and there are none without a folder", async () => {
  expect(await listJournals(folder)).toEqual([]);
  for (const at of ["2026-11-23T12:00:01.000Z", AT]) {
    const journal = await open(at);
    await journal.append(ENTRIES[3] as JournalEntry);
    await journal.close();
  }
  expect((await listJournals(folder)).map((path) => basename(path).slice(0, 19))).toEqual([
    "20261123T120000000Z",
    "20261123T120001000Z",
  ]);
});

test.each([1, 2, 3, 4])("a run that dies after %i lines says what was in flight", async (lines) => {
  const path = await write(ENTRIES.slice(0, lines));
  const state = journalState(await readJournal(path));
  expect(state.start?.fingerprint).toBe("abcdef0123456789");
  expect(state.inFlight).toEqual(lines === 2 ? [1] : []);
  expect([...state.intents]).toEqual(lines >= 2 ? [[1, CHANGE]] : []);
  expect([...state.outcomes]).toEqual(lines > 2 ? [[1, { result: "done", detail: "" }]] : []);
  expect(state.ended).toBe(lines === 4);
});

test("a last line that was cut does not count; one in the middle is an error", async () => {
  const path = await write(ENTRIES.slice(0, 2));
  await appendFile(path, '{"at":"2026-11-23T12:00:0');
  expect(await readJournal(path)).toEqual(ENTRIES.slice(0, 2));
  await writeFile(path, `{"at":\n${JSON.stringify(ENTRIES[1])}\n`);
  await expect(readJournal(path)).rejects.toThrow(`${path}:1 is not a journal entry`);
});

test("an interrupted journal goes on behind its last whole line", async () => {
  const path = await write(ENTRIES.slice(0, 2));
  await appendFile(path, '{"at":"2026-11-23T12:00:0');
  const journal = await reopenJournal(path);
  for (const entry of ENTRIES.slice(2)) await journal.append(entry);
  expect(journal.hasEnded()).toBe(true);
  await journal.close();
  expect(await readJournal(path)).toEqual(ENTRIES);
});

test("entries that come together are all on disk, in their order", async () => {
  const journal = await open();
  await Promise.all(ENTRIES.map((entry) => journal.append(entry)));
  await journal.close();
  expect(await readJournal(journal.path)).toEqual(ENTRIES);
});

test("addresses are shortened on request, ids stay", async () => {
  const text = await readFile(await write(ENTRIES, true), "utf8");
  expect(text).not.toContain("ana@");
  expect(text).toContain("…@acme.com: give SRE");
  expect(text).toContain('"account":{"id":"a"');
});

const [START, INTENT, OUTCOME, END] = ENTRIES;
test.each<readonly [what: string, entry: unknown]>([
  ["no object", 5],
  ["nothing", null],
  ["an event that there is not", { ...END, event: "toString" }],
  ["no time", { ...END, at: "never" }],
  ["a beginning of no organization", { ...START, organization: undefined }],
  ["a beginning that lifts what is no guard", { ...START, waivers: [1] }],
  ["a writer without a name", { ...START, actor: { id: "a" } }],
  ["a change that there is not", { ...INTENT, change: { action: "__proto__" } }],
  ["a change that takes all roles", { ...INTENT, change: { ...CHANGE, after: [] } }],
  ["a result that there is not", { ...OUTCOME, result: "fine" }],
  ["a step that is no number", { ...OUTCOME, step: "1" }],
])("what apply never wrote is no entry: %s", async (_, entry) => {
  const path = await write(ENTRIES.slice(0, 1));
  await appendFile(path, `${JSON.stringify(entry)}\n`);
  await expect(readJournal(path)).rejects.toThrow(`${path}:2 is not a journal entry`);
});
