/** Which journals there are, in the order in which they began. */

import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Instant } from "../core/model/time.ts";

/** Paths of all journals in a folder, the latest last; none when there is no folder. */
export async function listJournals(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * When a journal that begins now is to say that it began: names tell the order, so where the clock was set back it is right
 * after the latest one. Otherwise an undo would take back an older apply.
 */
export async function startAfterAll(folder: string, now: Instant): Promise<Instant> {
  const [last] = (await listJournals(folder)).slice(-1);
  const [, date, time, ms] = /^(\d{8})T(\d{6})(\d{3})Z/.exec(basename(last ?? "")) ?? [];
  if (date === undefined || time === undefined) return now;
  const spread = (digits: string, mark: string) => digits.replaceAll(/(\d\d)(?=\d)/g, `$1${mark}`);
  const day = `${date.slice(0, 4)}-${spread(date.slice(4), "-")}`;
  const after = new Date(Date.parse(`${day}T${spread(time, ":")}.${ms}Z`) + 1);
  return after.getTime() > Date.parse(now) ? after.toISOString() : now;
}

/** The same as long as no journal came or grew. */
export async function journalsMark(folder: string): Promise<string> {
  const paths = await listJournals(folder);
  const last = paths.at(-1);
  return last === undefined ? "" : `${paths.length} ${last} ${(await stat(last)).size}`;
}
