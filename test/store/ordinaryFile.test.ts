/** What a repository lays in the way of our own files is neither read nor written through. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openJournal, readJournal, reopenJournal } from "../../server/src/store/journalFile.ts";
import { readNamed, UnusableFile } from "../../server/src/store/ordinaryFile.ts";
import { loadPlan } from "../../server/src/store/planFile.ts";
import { appendRecord, readRecord } from "../../server/src/store/record.ts";
import { loadSnapshot } from "../../server/src/store/snapshotFile.ts";
import { makeFolder } from "../support/process.ts";

const THEIRS = "first line\nhalf a line";

let project: ReturnType<typeof makeFolder>;
let elsewhere: ReturnType<typeof makeFolder>;
beforeEach(() => {
  project = makeFolder({});
  elsewhere = makeFolder({ theirs: THEIRS });
});
afterEach(() => {
  project.remove();
  elsewhere.remove();
});

const at = (file: string) => join(project.path, file);
const entry = { at: "2026-11-26T00:00:00Z", kind: "plan", organization: "prod", fingerprint: "0".repeat(64) } as const;
const begun = { folder: "", startedAt: entry.at, organization: "prod", fingerprint: entry.fingerprint };

const DOORS = {
  "a snapshot": { file: "accessmap.snapshot.json", use: (path: string) => loadSnapshot(path) },
  "a journal to read": { file: "one.jsonl", use: (path: string) => readJournal(path) },
  "a journal to go on with": { file: "one.jsonl", use: (path: string) => reopenJournal(path) },
  "a journal among others": { file: "one.jsonl", use: (path: string) => readRecord(dirname(path)) },
  "the record": { file: "record.chain", use: (path: string) => appendRecord(dirname(path), entry) },
  "the head of the record": { file: "record.head", use: (path: string) => appendRecord(dirname(path), entry) },
  "the record of a new journal": {
    file: "record.chain",
    use: (path: string) => openJournal({ ...begun, folder: dirname(path) }),
  },
};

test.each(Object.entries(DOORS))("%s is no link", async (_, { file, use }) => {
  for (const target of [join(elsewhere.path, "theirs"), "/dev/zero"]) {
    const path = at(`${target.length}/${file}`);
    mkdirSync(dirname(path));
    symlinkSync(target, path);
    expect(await why(use(path))).toMatch(/is a link; remove it/);
  }
  expect(readFileSync(join(elsewhere.path, "theirs"), "utf8")).toBe(THEIRS);
});

test.each(Object.entries(DOORS))("%s is no pipe that is waited for", async (_, { file, use }) => {
  execFileSync("mkfifo", [at(file)]);
  expect(await why(use(at(file)))).toMatch(/no ordinary file/);
});

test("what somebody names may be a link to a file, and no device", async () => {
  symlinkSync(join(elsewhere.path, "theirs"), at("link"));
  symlinkSync("/dev/zero", at("device"));
  expect((await readNamed(at("link"))).toString()).toBe(THEIRS);
  await expect(readNamed(at("device"))).rejects.toThrow(UnusableFile);
  expect(await why(loadPlan(at("device")))).toMatch(/device is no ordinary file/);
});

test("no more is read than was asked for", async () => {
  writeFileSync(at("long"), "x".repeat(2 * 1024 * 1024));
  await expect(readNamed(at("long"), 1024 * 1024)).rejects.toThrow(/larger than 1 MB/);
});

/** Loaders of files that may be damaged answer why; the others reject. */
async function why(used: Promise<unknown>): Promise<string> {
  const answer = await used.catch((error: unknown) => error);
  if (answer instanceof UnusableFile) return answer.message;
  return (answer as { error?: string } | undefined)?.error ?? "it was used";
}
