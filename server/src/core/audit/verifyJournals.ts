/** Journals beside the record: each begins and ends where the record says, and each line follows the one before. */

import { countOf } from "../analysis/words.ts";
import { type HashText, prevOf, type RecordEntry } from "../sync/journal/record.ts";

interface Findings {
  readonly broken: readonly string[];
  readonly notes: readonly string[];
}

interface Span {
  readonly begin: Extract<RecordEntry, { kind: "begin" }>;
  /** The last one, where there is one. */
  readonly end: Extract<RecordEntry, { kind: "end" }> | undefined;
}

/**
 * `journals` are texts by the names that the record knows them by. What is broken is told apart from what a crash
 * explains or what is older than the record, which is noted. Where the record is broken, `holding` is how many entries hold,
 * and what those behind them may have said of a journal is noted as not known.
 */
export function checkJournals(
  entries: readonly RecordEntry[],
  journals: ReadonlyMap<string, string>,
  holding: number | undefined,
  hash: HashText,
): Findings {
  const spans = new Map<string, Span>();
  const old = new Map<string, RecordEntry>();
  for (const entry of entries) {
    if (entry.kind === "begin") spans.set(entry.journal, { begin: entry, end: undefined });
    const span = entry.kind === "end" ? spans.get(entry.journal) : undefined;
    if (entry.kind === "end" && span) spans.set(entry.journal, { ...span, end: entry });
    // An apply from before there was a record went on after.
    if (entry.kind === "end" && !span) old.set(entry.journal, entry);
  }
  const known = [...spans].map(([name, span]) => checkJournal(name, span, journals.get(name), holding, hash));
  const others = [...journals].filter(([name]) => !spans.has(name) && !old.has(name));
  const strangers = others.filter(
    ([name, text]) => prevOf(text.split("\n", 1)[0] ?? "") !== undefined || isLater(name, entries[0]),
  );
  const accused = holding === undefined ? strangers : [];
  const doubtful = holding === undefined ? [] : strangers;
  const earlier = others.length - strangers.length + old.size;
  return {
    broken: [
      ...known.flatMap(({ broken }) => broken),
      ...accused.map(
        ([name]) => `journal ${name} is not in the record: its entries were taken out, or it was put there`,
      ),
    ],
    notes: [
      ...known.flatMap(({ notes }) => notes),
      ...doubtful.map(
        ([name]) =>
          `journal ${name}: ${holding ? `not in ${upTo(holding)}, behind which the record is broken` : "not in the record, which is broken from its first entry on"}`,
      ),
      ...(earlier > 0 ? [`${countOf(earlier, "journal is", "journals are")} from before there was a record`] : []),
    ],
  };
}

/** A journal is called by the moment it began at; one from after the record began would be in it. */
function isLater(name: string, first: RecordEntry | undefined): boolean {
  const began = /^\d{8}T\d{9}Z(?=-)/.exec(name)?.[0];
  return began !== undefined && first !== undefined && began > first.at.replaceAll(/[-:.]/g, "");
}

/** `entry 1`, `entries 1 to 4`. */
export function upTo(count: number): string {
  return count === 1 ? "entry 1" : `entries 1 to ${count}`;
}

function checkJournal(
  name: string,
  { begin, end }: Span,
  text: string | undefined,
  holding: number | undefined,
  hash: HashText,
): Findings {
  const bad = (why: string): Findings => ({ broken: [`journal ${name}: ${why}`], notes: [] });
  const fine = (...notes: readonly string[]): Findings => ({
    broken: [],
    notes: notes.map((note) => `journal ${name}: ${note}`),
  });
  if (end?.lines === 0)
    return text === undefined ? fine() : bad("it is there, and the record says that it was given up empty");
  if (text === undefined) {
    if (end) return bad("it is gone");
    return holding === undefined
      ? fine("begun and not there: a crash came before its first line")
      : fine("it is not there; whether it was given up empty or taken away, the record no longer tells");
  }
  const lines = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  const wrong = firstWrong(lines, begin.hash, hash);
  if (wrong !== undefined) return bad(wrong);
  const isTorn = !text.endsWith("\n") && text !== "";
  if (!end && holding !== undefined)
    return fine(`whether it was closed is not known: the record is broken behind entry ${holding}`);
  if (!end)
    return fine(
      isTorn ? "cut off by a crash in the middle of a line" : "not closed: its apply runs or was interrupted",
    );
  if (lines.length < end.lines)
    return bad(`cut: ${countOf(end.lines - lines.length, "line is", "lines are")} gone behind line ${lines.length}`);
  if (hash(lines[end.lines - 1] ?? "") !== end.last) return bad(`line ${end.lines} was changed`);
  if (lines.length === end.lines && !isTorn) return fine();
  return holding === undefined
    ? fine("it went on after it was closed, and is not closed again")
    : fine(
        `it went on after it was closed; whether it was closed again is not known: the record is broken behind entry ${holding}`,
      );
}

/** A line tells of the one before; the last one is told of by the record. */
function firstWrong(lines: readonly string[], begin: string, hash: HashText): string | undefined {
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (prevOf(line) === (before === undefined ? begin : hash(before))) continue;
    if (prevOf(line) === undefined) return `line ${index + 1} was changed`;
    return index === 0
      ? "line 1 was changed, or what stood before it taken out"
      : `line ${index} was changed, or what stood behind it taken out`;
  }
  return undefined;
}
