/** The best few of very many names for what was typed, in one pass that allocates nothing for the names it drops. */

// Written here: fuzzysort holds 590 bytes a name, and uFuzzy filters in list order, so that the best may be cut off (2026-11).
import { countBits } from "../../model/countBits.ts";
import { nearestFew } from "../../syntax/nearest.ts";
import { BUCKET_COUNT, type Buckets, emptyBuckets, type Familiar, MOST, WAYS } from "./match.ts";
import { foldName, indexOf, lettersOf, type NameChunk, type NameChunks, nameAt } from "./nameIndex.ts";

export interface Match<T> {
  readonly name: string;
  readonly item: T;
}

export interface Ranked<T> {
  readonly best: readonly Match<T>[];
  /** More match than are shown. */
  readonly isCut: boolean;
  /** Nothing matched; these are close to what was typed. */
  readonly isGuess: boolean;
}

const GUESSES = 5;
const MOST_SLIPS = 3;

/**
 * The very name first, then names that begin with `typed`, those with a word that does, those with it inside, and, where
 * these are few, those with its letters in order. Among names that match alike the familiar ones come first, then the
 * order of the alphabet. Of two with one name the first list's counts.
 */
export function rank<T>(typed: string, lists: readonly NameChunks<T>[], familiar: Familiar = {}): Ranked<T> {
  const wanted = foldName(typed);
  const chunks = lists.flat();
  const found = chunks.map(emptyBuckets);
  let best: readonly Match<T>[] = [];
  for (const find of WAYS) {
    for (const [at, chunk] of chunks.entries()) find(chunk, wanted, familiar, found[at] as Buckets);
    best = merge(chunks, found, familiar.isTwice === true);
    if (best.length > MOST) return { best: best.slice(0, MOST), isCut: true, isGuess: false };
  }
  return best.length > 0
    ? { best, isCut: false, isGuess: false }
    : { best: guess(typed, chunks), isCut: false, isGuess: true };
}

/** One more than are shown. */
function merge<T>(chunks: readonly NameChunk<T>[], found: readonly Buckets[], isTwice: boolean): readonly Match<T>[] {
  const best: Match<T>[] = [];
  const names = new Set<string>();
  for (let bucket = 0; bucket < BUCKET_COUNT && best.length <= MOST; bucket++) {
    const runs = chunks.flatMap((chunk, at) => openRun(chunk, found[at]?.[bucket] ?? []) ?? []);
    while (runs.length > 0 && best.length <= MOST) {
      const run = runs.reduce((first, other) => (other.head < first.head ? other : first));
      const match = run.match();
      if (isTwice || !names.has(match.name)) best.push(match);
      names.add(match.name);
      if (!run.advance()) runs.splice(runs.indexOf(run), 1);
    }
  }
  return best;
}

/** Walks along one bucket of a chunk, which stands in the order of the alphabet. */
function openRun<T>(chunk: NameChunk<T>, ranks: readonly number[]) {
  if (ranks.length === 0) return undefined;
  const index = indexOf(chunk);
  let at = 0;
  const headAt = () => nameAt(index, ranks[at] as number);
  const run = {
    head: headAt(),
    match(): Match<T> {
      const item = itemAt(chunk, ranks[at] as number);
      return { name: chunk.nameOf(item), item };
    },
    advance(): boolean {
      at++;
      if (at < ranks.length) run.head = headAt();
      return at < ranks.length;
    },
  };
  return run;
}

/** Names a slip or two away. Only those with almost the same letters are compared: a slip changes two of them at most. */
function guess<T>(typed: string, chunks: readonly NameChunk<T>[]): readonly Match<T>[] {
  if (typed.length < 3) return [];
  const wanted = lettersOf(foldName(typed));
  const near = new Map<string, T>();
  for (const chunk of chunks) {
    for (const [rank, letters] of indexOf(chunk).letters.entries()) {
      if (countBits(letters ^ wanted) > 2 * MOST_SLIPS) continue;
      const item = itemAt(chunk, rank);
      if (!near.has(chunk.nameOf(item))) near.set(chunk.nameOf(item), item);
    }
  }
  return nearestFew(typed, near.keys(), GUESSES).map((name) => ({ name, item: near.get(name) as T }));
}

function itemAt<T>(chunk: NameChunk<T>, rank: number): T {
  return chunk.items[indexOf(chunk).order[rank] as number] as T;
}
