/** The record on disk: a chain beside the journals, each entry synced before anybody relies on it, and its head beside it. */

import { constants } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  GENESIS,
  type RecordBody,
  type RecordHead,
  readHead,
  readRecordLine,
  recordLine,
} from "../core/sync/journal/record.ts";
import { hashText } from "./hash.ts";
import { listJournals } from "./journalList.ts";
import { openOwn, readOwn } from "./ordinaryFile.ts";
import { PRIVATE_FILE, syncFolder, writeWhole } from "./wholeFile.ts";

const { O_WRONLY, O_APPEND, O_CREAT } = constants;

const CHAIN = "record.chain";
const HEAD = "record.head";

/** A process that died while it wrote is waited for no longer than this. */
const STALE_MS = 5000;

/** Everything that proves the record, as it is on disk. */
export interface RecordFiles {
  readonly chain: string;
  readonly head: string | undefined;
  /** Text of every journal by its name. */
  readonly journals: ReadonlyMap<string, string>;
}

/**
 * Adds an entry to the record of a folder of journals, which must exist. Resolves with the new head when the entry would
 * survive a power cut. Rejects with the system's error.
 */
export async function appendRecord(folder: string, body: RecordBody): Promise<RecordHead> {
  const path = join(folder, CHAIN);
  const { alone } = await import("./mutex.ts");
  return alone(path, { staleMs: STALE_MS, tries: 40 }, async () => {
    const text = await readOr(path, "");
    const kept = readHead(await readOr(join(folder, HEAD), undefined));
    const { before, whole } = endOf(text, kept);
    const { line, head } = recordLine(body, before, hashText);
    const file = await openOwn(path, O_WRONLY | O_APPEND | O_CREAT, PRIVATE_FILE);
    // A half line that no crash explains stays as it is, for `record verify` to find.
    const standing = whole < text.length && isTorn(text, kept) ? text.slice(0, whole) : text;
    try {
      if (standing !== text) await file.truncate(Buffer.byteLength(standing));
      await file.appendFile(`${standing === "" || standing.endsWith("\n") ? "" : "\n"}${line}\n`, "utf8");
      await file.sync();
      if (text === "") await syncFolder(folder);
      await writeWhole(join(folder, HEAD), `${JSON.stringify(head)}\n`);
    } catch (error) {
      // A full disk can fail again and again, and a chain that runs ahead of its head by more than one looks tampered with.
      const isHeadOld = readHead(await readOr(join(folder, HEAD), undefined))?.hash === kept?.hash;
      if (isHeadOld) await file.truncate(Buffer.byteLength(standing)).catch(() => {});
      throw error;
    } finally {
      await file.close();
    }
    return head;
  });
}

/** Where the record of a folder ends now; undefined where there is none. */
export async function recordHead(folder: string): Promise<RecordHead | undefined> {
  return readHead(await readOr(join(folder, HEAD), undefined));
}

/** Rejects with the system's error. */
export async function readRecord(folder: string): Promise<RecordFiles> {
  const journals = new Map<string, string>();
  for (const path of await listJournals(folder)) journals.set(basename(path), (await readOwn(path)).toString("utf8"));
  const [chain, head] = await Promise.all([readOr(join(folder, CHAIN), ""), readOr(join(folder, HEAD), undefined)]);
  return { chain, head, journals };
}

/**
 * What the next entry follows, and how much of the chain is whole lines. The head has the last word: were the chain
 * followed wherever it ends, cutting it would leave no trace. It is behind by one entry when a crash came in between.
 */
function endOf(text: string, head: RecordHead | undefined): { readonly before: RecordHead; readonly whole: number } {
  const whole = text.lastIndexOf("\n") + 1;
  const last = readRecordLine(text.slice(0, whole).trimEnd().split("\n").at(-1) ?? "", hashText);
  const end = last ? { count: last.seq, hash: last.hash } : GENESIS;
  // A crash can only come before the first head. Nothing follows where a later one is gone, or that would be forgotten.
  if (!head) return { before: end.count > 1 ? { count: end.count, hash: hashText("no head") } : end, whole };
  const isOneAhead = last !== undefined && last.seq === head.count + 1 && last.prev === head.hash;
  return { before: isOneAhead ? end : head, whole };
}

/** A crash leaves half of the entry after the head, and nothing else. */
function isTorn(text: string, head: RecordHead | undefined): boolean {
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n").length - 1;
  return lines === (head ?? GENESIS).count;
}

async function readOr<T>(path: string, otherwise: T): Promise<string | T> {
  return readOwn(path).then(
    (bytes) => bytes.toString("utf8"),
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return otherwise;
      throw error;
    },
  );
}
