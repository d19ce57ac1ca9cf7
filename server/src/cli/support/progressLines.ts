/** What is under way, in a line for each subject: a bar where it is known how much there is, a count where it is not. Pure. */

import { columnsOf, cutTo } from "../../core/model/columns.ts";
import { printable } from "../../core/model/printable.ts";
import type { ReadProgress } from "../../core/sync/connector.ts";
import { describeProgress } from "../../workspace/live/progress.ts";

export interface Progress extends ReadProgress {
  /** What is being done now, shown as far as there is room. */
  readonly next?: string;
}

export interface Look {
  readonly columns: number;
  readonly hasBlocks: boolean;
}

/** Cells of a bar; with fewer than the least it says less than the number beside it. */
const [MOST_CELLS, LEAST_CELLS] = [20, 5];

/** No line is wider than `columns`, so a terminal breaks none of them. */
export function progressLines(all: ReadonlyMap<string, Progress>, { columns, hasBlocks }: Look): readonly string[] {
  const rows = [...all].map(([subject, progress]) => ({
    subject: printable(subject),
    progress,
    text: printable(describeProgress(progress)),
    whole: printable(progressText(progress)),
  }));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(columnsOf));
  const margin = widest(rows.map(({ subject }) => subject)) + 2;
  const barred = rows.filter(({ progress }) => partOf(progress) !== undefined);
  const edges = hasBlocks ? 0 : 2;
  const room = columns - margin - 1 - edges - widest(barred.map(({ text }) => text));
  const cells = room < LEAST_CELLS ? 0 : Math.min(room, MOST_CELLS);
  return rows.map(({ subject, progress, whole }) => {
    const part = partOf(progress);
    const bar = part === undefined || cells === 0 ? "" : `${barOf(part, cells, hasBlocks)} `;
    return cutTo(columns, `${subject}${" ".repeat(margin - columnsOf(subject))}${bar}${whole}`).trimEnd();
  });
}

/** `3 of 41 steps: give SRE to ana@acme.com` */
export function progressText(progress: Progress): string {
  const text = describeProgress(progress);
  return progress.next === undefined ? text : `${text}: ${progress.next}`;
}

/**
 * Several lists of a system are read at once: one that is under way keeps the line until it is through, lest the line jump
 * between them.
 */
export function takesLine(now: ReadProgress, before: ReadProgress | undefined): boolean {
  const part = before && partOf(before);
  return part === undefined || part >= 1 || now.done === undefined || now.what === before?.what;
}

/**
 * Whether a terminal shows block elements for what they are. Elsewhere they come out as several strange letters and make the
 * line too wide, and ASCII is readable everywhere; so the person's locale has to say UTF-8, by the first of the variables
 * that POSIX asks in this order. The fonts of a Linux console hold a few hundred signs. Windows sets none of these variables,
 * but its consoles take Unicode from Node, and their oldest fonts have these blocks.
 */
export function showsBlocks({ LC_ALL, LC_CTYPE, LANG, TERM }: NodeJS.ProcessEnv, platform = process.platform): boolean {
  if (platform === "win32") return true;
  return TERM !== "linux" && /\butf-?8\b/i.test(LC_ALL || LC_CTYPE || LANG || "");
}

/** From 0 to 1; undefined where nobody knows how much there is. */
function partOf({ done, total }: ReadProgress): number | undefined {
  if (done === undefined || total === undefined) return undefined;
  return done >= total ? 1 : done / total;
}

/** Only what is through fills it. */
function barOf(part: number, cells: number, hasBlocks: boolean): string {
  const full = Math.floor(part * cells);
  const [done, left] = hasBlocks ? ["█", "░"] : ["#", "."];
  const bar = `${done.repeat(full)}${left.repeat(cells - full)}`;
  return hasBlocks ? bar : `[${bar}]`;
}
