/** Whether the record of plans and applies is as it was written, and if not, what the first thing is that is not. */

import { countOf, inQuotes } from "../analysis/words.ts";
import { indexBy } from "../model/maps.ts";
import { compareText } from "../model/order.ts";
import {
  GENESIS,
  type HashText,
  prevOf,
  type RecordEntry,
  type RecordHead,
  readHead,
  readRecordLine,
} from "../sync/journal/record.ts";
import { checkJournals, upTo } from "./verifyJournals.ts";

export interface RecordTexts {
  readonly chain: string;
  readonly head: string | undefined;
  readonly journals: ReadonlyMap<string, string>;
}

export interface RecordVerdict {
  readonly entries: number;
  readonly head: RecordHead | undefined;
  readonly journals: number;
  /** In the order of the record; the first one is where to look. None for a sound record. */
  readonly broken: readonly string[];
  /** What a crash left, and what is from before there was a record. */
  readonly notes: readonly string[];
}

/** What the record is held against. */
export interface RecordWitness {
  /** The beginning of a head that somebody kept elsewhere, without which cutting all that proves something leaves no trace. */
  readonly kept: string | undefined;
  /** Those of the project; undefined where its file cannot be read as it is meant. */
  readonly organizations: readonly string[] | undefined;
}

/** Notes are not evidence against the record; what is broken is. */
export function verifyRecord(
  texts: RecordTexts,
  { kept, organizations }: RecordWitness,
  hash: HashText,
): RecordVerdict {
  const head = readHead(texts.head);
  const { entries, broken, last } = followChain(texts.chain, hash);
  const ending = broken.length > 0 ? { broken: [], notes: [] } : checkEnd(texts, head, last, entries.length);
  const holding = broken.length + ending.broken.length > 0 ? entries.length : undefined;
  const journals = checkJournals(entries, texts.journals, holding, hash);
  const isMissed = kept !== undefined && !isEntry(entries, kept);
  const anchor = isMissed ? [whyMissed(kept, broken.length > 0 ? holding : undefined)] : [];
  return {
    entries: entries.length,
    head,
    journals: texts.journals.size,
    broken: [...broken, ...ending.broken, ...journals.broken, ...anchor],
    notes: [...ending.notes, ...journals.notes, ...(organizations ? notesOnOthers(entries, organizations) : [])],
  };
}

/** Journals are found by the name of their organization, so another name hides them from whoever asks. */
function notesOnOthers(entries: readonly RecordEntry[], organizations: readonly string[]): readonly string[] {
  const named = entries.flatMap((entry) => (entry.kind === "end" ? [] : [entry]));
  const others = indexBy(
    named.filter(({ organization }) => !organizations.includes(organization)),
    ({ organization }) => organization,
  );
  return [...others]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, own]) => {
      const plans = own.filter(({ kind }) => kind === "plan").length;
      const applies = own.length - plans;
      const count = [
        ...(plans > 0 ? [countOf(plans, "plan")] : []),
        ...(applies > 0 ? [countOf(applies, "apply", "applies")] : []),
      ].join(" and ");
      return `${count} ${own.length === 1 ? "is" : "are"} for ${inQuotes(name)}, which accessmap.yaml does not have: it was renamed or taken out there, or the record is another project's; drift, history and undo pass over them`;
    });
}

/** Eight letters tell entries apart; fewer prove nothing. */
function isEntry(entries: readonly RecordEntry[], kept: string): boolean {
  return kept.length >= 8 && entries.some(({ hash }) => hash.startsWith(kept.toLowerCase()));
}

/** `holding`: how many entries hold, where the chain is broken behind them and not merely cut. */
function whyMissed(kept: string, holding: number | undefined): string {
  if (holding === undefined) return `no entry has the hash ${kept} that was kept: entries were cut off or written anew`;
  const kind = `the hash ${kept} that was kept, and what stands further on proves nothing`;
  if (holding < 2) return `${holding === 0 ? "no entry has" : "entry 1 has not"} ${kind}`;
  return `none of ${upTo(holding)} has ${kind}`;
}

/** Entries up to the first one that does not follow. */
function followChain(chain: string, hash: HashText) {
  const lines = chain
    .slice(0, chain.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  const read = lines.map((line) => readRecordLine(line, hash));
  const entries: RecordEntry[] = [];
  let last = GENESIS;
  for (const [index, entry] of read.entries()) {
    const why = entry ? whyNotNext(entry, last, read.slice(index + 1)) : `entry ${index + 1} was changed`;
    if (why !== undefined || !entry) return { entries, last, broken: [why ?? ""] };
    entries.push(entry);
    last = { count: entry.seq, hash: entry.hash };
  }
  return { entries, last, broken: [] };
}

function whyNotNext(
  entry: RecordEntry,
  last: RecordHead,
  later: readonly (RecordEntry | undefined)[],
): string | undefined {
  const wanted = last.count + 1;
  if (entry.seq === wanted) {
    if (entry.prev === last.hash) return undefined;
    return last.count === 0
      ? `entry 1 was written anew${tell(entry)}: it follows something that is not there`
      : `entry ${last.count} was written anew: entry ${wanted}${tell(entry)} followed another one`;
  }
  if (entry.seq < wanted) return `entry ${entry.seq}${tell(entry)} stands where entry ${wanted} should`;
  return later.some((other) => other?.seq === wanted)
    ? `entry ${wanted} was moved: entry ${entry.seq}${tell(entry)} stands in its place`
    : `${entry.seq - wanted === 1 ? `entry ${wanted} was` : `entries ${wanted} to ${entry.seq - 1} were`} taken out, before entry ${entry.seq}${tell(entry)}`;
}

function tell(entry: RecordEntry): string {
  const what = entry.kind === "plan" ? `plan for ${entry.organization}` : `${entry.kind} of ${entry.journal}`;
  return ` (${what}, ${entry.at})`;
}

/** The end of the chain beside the head that was written after it. */
function checkEnd(
  { chain, head: headText }: RecordTexts,
  head: RecordHead | undefined,
  last: RecordHead,
  count: number,
): { readonly broken: readonly string[]; readonly notes: readonly string[] } {
  const isTorn = chain !== "" && !chain.endsWith("\n");
  const torn = isTorn ? ["the last line is half: a crash cut off an entry that was never relied upon"] : [];
  if (!head) {
    if (count === 0 && headText === undefined) return { broken: [], notes: torn };
    // The first entry is written before the first head.
    if (count === 1 && headText === undefined) return { broken: [], notes: [...torn, BEHIND] };
    return { broken: ["the head of the record is gone or changed"], notes: [] };
  }
  if (head.count === count && head.hash === last.hash) return { broken: [], notes: torn };
  const before = prevOf(chain.trimEnd().split("\n").at(-1) ?? "");
  if (head.count === count - 1 && before === head.hash && !isTorn) return { broken: [], notes: [BEHIND] };
  if (head.count > count)
    return {
      broken: [
        `the record was cut: ${countOf(head.count - count, "entry is", "entries are")} gone behind entry ${count}`,
      ],
      notes: [],
    };
  return { broken: [`entry ${head.count} was written anew: the head of the record was another one`], notes: [] };
}

const BEHIND = "the head is one entry behind: a crash came in between";
