/** Which names of a chunk match what was typed, in buckets from the best kind of match to the loosest. */

import { type Index, indexOf, lettersOf, type NameChunk, rangeOf } from "./nameIndex.ts";

/** How near a name is to the place it is offered at, the nearest first. */
export const NEARNESS = { sameOwner: 0, nearby: 1, other: 2, later: 3 } as const;
export type Nearness = (typeof NEARNESS)[keyof typeof NEARNESS];

/** What the files tell of names. */
export interface Familiar {
  readonly near?: ReadonlyMap<string, Nearness>;
  readonly later?: ReadonlySet<string>;
  /** Folded beginnings: names that share one with a familiar name are a little familiar themselves. A later one wins. */
  readonly beginnings?: readonly (readonly [string, Nearness])[];
  /** Two things of one name are two choices. */
  readonly isTwice?: boolean;
}

/** Ranks in a chunk's index, ascending, by kind of match and level. Each holds the first ones only. */
export type Buckets = readonly number[][];

/** More of one kind are never shown. */
export const MOST = 100;

/** Kinds of match, the best first; from `SCATTERED` on, the more pieces the match falls into the later. */
const [EXACT, BEGINS, WORD, INSIDE, SCATTERED] = [0, 1, 2, 3, 4];
/** A match in one piece is none that is scattered. */
const [LEAST_PIECES, MOST_PIECES] = [2, 6];
const LEVEL_COUNT = 4;
export const BUCKET_COUNT = (SCATTERED + MOST_PIECES + 1) * LEVEL_COUNT;

/** What finds names of a chunk, each way looser than the one before; all fill the same buckets. */
export const WAYS = [findBeginning, findInside, findScattered] as const;

/** A bucket for each kind of match and level. */
export function emptyBuckets(): Buckets {
  return Array.from({ length: BUCKET_COUNT }, () => []);
}

function findBeginning<T>(chunk: NameChunk<T>, wanted: string, familiar: Familiar, buckets: Buckets): void {
  const index = indexOf(chunk);
  const { starts } = index;
  const { put, skip } = filler(chunk, familiar, buckets);
  const [from, to] = rangeOf(index, wanted);
  for (let rank = from; rank < to; rank = skip(rank + 1, BEGINS))
    put(rank, (starts[rank + 1] as number) - 1 - (starts[rank] as number) === wanted.length ? EXACT : BEGINS);
}

function findInside<T>(chunk: NameChunk<T>, wanted: string, familiar: Familiar, buckets: Buckets): void {
  const index = indexOf(chunk);
  const fill = filler(chunk, familiar, buckets);
  const [from, to] = rangeOf(index, wanted);
  searchBetween(index, wanted, 0, from, fill);
  searchBetween(index, wanted, to, index.order.length, fill);
}

/** The letters in this order, blanks left out. */
function findScattered<T>(chunk: NameChunk<T>, wanted: string, familiar: Familiar, buckets: Buckets): void {
  const { text, starts, letters } = indexOf(chunk);
  const { put, skip } = filler(chunk, familiar, buckets);
  const spare = wanted.replaceAll(" ", "");
  if (spare.length < 2) return;
  const needed = lettersOf(spare);
  for (let rank = 0; rank < letters.length; rank = skip(rank + 1, SCATTERED + LEAST_PIECES)) {
    if (needed & ~(letters[rank] as number)) continue;
    const [start, end] = [starts[rank] as number, (starts[rank + 1] as number) - 1];
    const pieces = piecesOf(text, start, end, spare);
    if (pieces > 0 && !text.slice(start, end).includes(wanted)) put(rank, SCATTERED + Math.min(pieces, MOST_PIECES));
  }
}

interface Fill {
  put(rank: number, kind: number): void;
  /** The first rank, from this one on, that may still be wanted when it matches no better than `kind`. */
  skip(rank: number, kind: number): number;
}

/** Names between two ranks with the text inside. None of them begins with it. */
function searchBetween({ text, starts }: Index, wanted: string, from: number, to: number, { put, skip }: Fill): void {
  let rank = from;
  const next = () => (rank < to ? text.indexOf(wanted, starts[rank]) : -1);
  for (let at = next(); at >= 0 && at < (starts[to] as number); at = next()) {
    while ((starts[rank + 1] as number) <= at) rank++;
    put(rank, beginsWord(text, wanted, at, starts[rank + 1] as number) ? WORD : INSIDE);
    rank = skip(rank + 1, WORD);
  }
}

function filler<T>(chunk: NameChunk<T>, { near, later, beginnings = [] }: Familiar, buckets: Buckets): Fill {
  const index = indexOf(chunk);
  const levels = beginnings.length > 0 ? levelsIn(index, beginnings) : undefined;
  const isFull = (kind: number, level: number) => (buckets[kind * LEVEL_COUNT + level]?.length ?? 0) > MOST;
  return {
    put(rank, kind) {
      const usual = levels?.[rank] ?? NEARNESS.other;
      if (!near && isFull(kind, usual)) return; // whatever comes later is not needed then
      const name = chunk.nameOf(chunk.items[index.order[rank] as number] as T);
      const level = near?.get(name) ?? (later?.has(name) && kind !== EXACT ? NEARNESS.later : usual);
      if (!isFull(kind, level)) buckets[kind * LEVEL_COUNT + level]?.push(rank);
    },
    skip(rank, kind) {
      if (near) return rank;
      if (!levels) return isFull(kind, NEARNESS.other) ? index.order.length : rank;
      let next = rank;
      while (next < levels.length && isFull(kind, levels[next] as number)) next++;
      return next;
    },
  };
}

function levelsIn(index: Index, beginnings: NonNullable<Familiar["beginnings"]>): Uint8Array {
  const levels = new Uint8Array(index.order.length).fill(NEARNESS.other);
  for (const [beginning, level] of beginnings) levels.fill(level, ...rangeOf(index, beginning));
  return levels;
}

function beginsWord(text: string, wanted: string, first: number, end: number): boolean {
  for (let at = first; at >= 0 && at < end; at = text.indexOf(wanted, at + 1))
    if (isSeparator(text.charCodeAt(at - 1))) return true;
  return false;
}

/** Into how many runs the letters fall when each is taken as early as it comes; 0 when they do not come in this order. */
function piecesOf(text: string, start: number, end: number, wanted: string): number {
  let pieces = 0;
  let last = -2;
  let at = start;
  for (let letter = 0; letter < wanted.length; letter++, at++) {
    const code = wanted.charCodeAt(letter);
    while (at < end && text.charCodeAt(at) !== code) at++;
    if (at === end) return 0;
    if (at !== last + 1) pieces++;
    last = at;
  }
  return pieces;
}

/** What stands between the words of a name: ASCII that is no letter and no digit. */
function isSeparator(code: number): boolean {
  return code < 48 || (code > 57 && code < 97) || (code > 122 && code < 128);
}
