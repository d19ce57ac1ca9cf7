/** One piece of one file with what was said of it, by rules that looked at it alone and by others. */

import type { Finding } from "../../model/finding.ts";
import type { Suppression } from "../../model/mapping.ts";
import type { Piece } from "../../syntax/readPiece.ts";
import type { CheckedPiece } from "./checkPiece.ts";
import type { Verdict } from "./verdict.ts";

export interface Entry {
  readonly file: string;
  readonly piece: Piece;
  /** Position in its file. */
  order: number;
  checked: CheckedPiece;
  /** What rules said that looked at more than this piece, by what they looked at. */
  shared: ReadonlyMap<string, Verdict>;
  /** Who names this piece as related to what was found elsewhere. */
  mentioned: ReadonlySet<string>;
}

const NOTHING_SHARED: ReadonlyMap<string, Verdict> = new Map();
const NO_MENTION: ReadonlySet<string> = new Set();

/** Of most entries others have nothing to say, so the thousands share what holds nothing. */
export function newEntry(file: string, piece: Piece, checked: CheckedPiece): Entry {
  return { file, piece, order: 0, checked, shared: NOTHING_SHARED, mentioned: NO_MENTION };
}

/** Notes what a producer says of an entry; without a verdict it takes its word back. */
export function noteShared(entry: Entry, producer: string, verdict?: Verdict): void {
  if (!verdict && !entry.shared.has(producer)) return;
  const shared = new Map(entry.shared);
  if (verdict) shared.set(producer, verdict);
  else shared.delete(producer);
  entry.shared = shared.size === 0 ? NOTHING_SHARED : shared;
}

/** Notes that a producer names the entry as related to what it found elsewhere. */
export function noteMention(entry: Entry, producer: string): void {
  if (!entry.mentioned.has(producer)) entry.mentioned = new Set(entry.mentioned).add(producer);
}

/** Everything found in a piece, in the order of its text. */
export function findingsOf({ piece, checked, shared }: Entry): readonly Finding[] {
  const all = [...piece.problems, ...checked.verdict.findings];
  for (const { findings } of shared.values()) all.push(...findings);
  return inOrder(all);
}

/** Most entries of most files are. */
export function isSilent({ piece, checked, shared }: Entry): boolean {
  return piece.problems.length === 0 && checked.verdict.findings.length === 0 && shared.size === 0;
}

/** Suppressions of a piece that silenced something. */
export function usedIn({ checked, shared }: Entry): ReadonlySet<Suppression> {
  const all = [checked.verdict, ...shared.values()].flatMap(({ used }) => used);
  return new Set(all.map(({ suppression }) => suppression));
}

/** Findings by place, those of one place by rule. What is said twice of one place counts once: aliases repeat it. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort(compare);
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    return before === undefined || compare(before, finding) !== 0;
  });
}

function compare(a: Finding, b: Finding): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}
