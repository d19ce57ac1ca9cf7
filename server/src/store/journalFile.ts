/**
 * Journals on disk: JSON lines, each synced before the next write to Datadog begins, and each with the hash of the one
 * before. Where a journal begins and ends stands in the record.
 */

import { constants, type FileHandle, lstat, open, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Journal, JournalEntry } from "../core/sync/journal/journal.ts";
import { journalEntryFrom } from "../core/sync/journal/json.ts";
import { linkedLine } from "../core/sync/journal/record.ts";
import { makeFolder } from "./folder.ts";
import { hashText } from "./hash.ts";
import { openOwn, readOwn, UnusableFile } from "./ordinaryFile.ts";
import { appendRecord } from "./record.ts";
import { PRIVATE_FILE, PRIVATE_FOLDER, syncFolder } from "./wholeFile.ts";

/** Folder of journals inside a project. */
export const JOURNAL_FOLDER = ".accessmap/journal";

export interface JournalOptions {
  /** Folder of journals; made when it is not there. */
  readonly folder: string;
  /** When the run begins, ISO 8601 UTC; part of the name, so that names sort by time. */
  readonly startedAt: string;
  readonly organization: string;
  readonly fingerprint: string;
  /** Shortens mail addresses to their domain. Ids stay, so that undo still works. */
  readonly redact?: boolean;
}

export interface JournalFile extends Journal {
  readonly path: string;
  /** The last entry of the run is on disk. */
  hasEnded(): boolean;
  /** Nothing was begun. */
  isEmpty(): boolean;
  /** Ends the journal. One without an entry is removed: nothing was begun. */
  close(): Promise<void>;
}

/**
 * The folder of a project's journals, made when it is not there and kept out of git, because journals name people.
 * Rejects with `UnusableFile` when a link stands in its place: a repository must not choose where we write.
 */
export async function journalFolderOf(project: string): Promise<string> {
  const folder = join(project, JOURNAL_FOLDER);
  for (const path of [dirname(folder), folder]) {
    const found = await lstat(path).catch(() => undefined);
    if (found?.isSymbolicLink()) throw new UnusableFile(path, "is a link; remove it");
  }
  await makeFolder(folder, PRIVATE_FOLDER);
  const ignore = join(dirname(folder), ".gitignore");
  await writeFile(ignore, "*\n", { flag: "wx", mode: PRIVATE_FILE }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return folder;
}

/** Where a journal is. */
export function journalPath({ folder, startedAt, organization, fingerprint }: JournalOptions): string {
  const stamp = startedAt.replaceAll(/[-:]/g, "").replace(/\.(\d{3})Z$/, "$1Z");
  return join(folder, `${stamp}-${organization.replaceAll(/[^\w.-]/g, "_")}-${fingerprint.slice(0, 8)}.jsonl`);
}

/** Opens a new journal. Rejects with the system's error, also when a journal of that name exists. */
export async function openJournal(options: JournalOptions): Promise<JournalFile> {
  const { folder, redact, startedAt: at, organization, fingerprint } = options;
  await makeFolder(folder, PRIVATE_FOLDER);
  const path = journalPath(options);
  const file = await open(path, "ax", PRIVATE_FILE);
  await syncFolder(folder);
  try {
    const begun = await appendRecord(folder, { at, kind: "begin", organization, fingerprint, journal: basename(path) });
    return journalIn(path, file, { redact, at, last: begun.hash, lines: 0 });
  } catch (error) {
    await file.close();
    await unlink(path);
    throw error;
  }
}

/** Goes on with a journal that a crash cut off. A half line at its end is dropped: its entry was never promised. */
export async function reopenJournal(path: string, redact?: boolean): Promise<JournalFile> {
  const bytes = await readOwn(path);
  const end = bytes.lastIndexOf("\n") + 1;
  const file = await openOwn(path, constants.O_WRONLY | constants.O_APPEND);
  await file.truncate(end);
  const lines = bytes.toString("utf8", 0, end).trimEnd().split("\n");
  const at = (JSON.parse(lines.at(-1) || "{}") as Partial<JournalEntry>).at ?? "";
  const last = hashText(lines.at(-1) ?? "");
  return journalIn(path, file, { redact, at, last, lines: lines.length });
}

/** Where a journal stands: time and hash of its last line, or of the record's entry before the first one. */
interface JournalEnd {
  readonly at: string;
  readonly last: string;
  readonly lines: number;
}

interface Batch {
  readonly lines: string[];
  /** Where the journal stands with the last of them. */
  end: JournalEnd;
  readonly done: Promise<void>;
}

/** Entries that come while the disk is busy share the next sync. After a failed write nothing more is written. */
function journalIn(
  path: string,
  file: FileHandle,
  from: { readonly redact: boolean | undefined } & JournalEnd,
): JournalFile {
  let end: JournalEnd = from;
  /** As far as it is on disk: the record must not promise more. */
  let durable: JournalEnd = from;
  let [empty, ended] = [from.lines === 0, false];
  let gathering: Batch | undefined;
  let before: Promise<void> = Promise.resolve();

  async function write(batch: Batch): Promise<void> {
    empty = false;
    await file.appendFile(batch.lines.join(""), "utf8");
    await file.sync();
    durable = batch.end;
  }

  function gather(): Batch {
    const done = before.then(() => {
      gathering = undefined;
      return write(batch);
    });
    const batch: Batch = { lines: [], end, done };
    before = done;
    // Whoever appends is told; a chain that nobody appends to any more is no unhandled rejection.
    before.catch(() => {});
    return batch;
  }

  return {
    path,
    async append(entry) {
      const written = linkedLine(entry, end.last);
      const line = from.redact ? redactAddresses(written) : written;
      end = { at: entry.at, last: hashText(line), lines: end.lines + 1 };
      gathering ??= gather();
      gathering.lines.push(`${line}\n`);
      gathering.end = end;
      await gathering.done;
      ended ||= entry.event === "end";
    },
    hasEnded: () => ended,
    isEmpty: () => empty,
    async close() {
      await file.close();
      if (empty) await unlink(path);
      const { at, lines, last } = durable;
      const whole = empty ? { lines: 0, last: "" } : { lines, last };
      await appendRecord(dirname(path), { at, kind: "end", journal: basename(path), ...whole });
    },
  };
}

/** Entries of a journal. A last line that was cut off by a crash is left out: its entry was never promised. */
export async function readJournal(path: string): Promise<readonly JournalEntry[]> {
  const lines = (await readOwn(path)).toString("utf8").split("\n");
  return lines.flatMap((line, index) => {
    if (line === "") return [];
    const entry = journalEntryFrom(line);
    if (entry) return [entry];
    if (index === lines.length - 1) return [];
    throw new UnusableFile(`${path}:${index + 1}`, "is not a journal entry; restore the file, or move it away");
  });
}

/** `ana@acme.com` becomes `…@acme.com`. */
function redactAddresses(line: string): string {
  return line.replaceAll(/[\p{L}\p{N}._%+'-]+@(?=[\p{L}\p{N}.-]+)/gu, "…@");
}
