/**
 * Names made searchable: sorted, folded to one spelling and packed into one text a chunk, so that 100,000 of them cost 3 MB
 * and are searched by the engine's own text search. Chunks are indexed one by one, so that nobody waits for all at once.
 */

import { memo } from "../../analysis/memo.ts";

/** Names a chunk holds: few enough to be sorted between two keystrokes. */
const CHUNK = 4096;

/** Some things that have names, not yet looked at. */
export interface NameChunk<T> {
  readonly items: readonly T[];
  nameOf(item: T): string;
}

export type NameChunks<T> = readonly NameChunk<T>[];

export interface Index {
  /** Positions of the items in the order of their folded names. */
  readonly order: Uint16Array;
  /** Folded names in that order, each behind a line break. */
  readonly text: string;
  /** Where each name begins in `text`; one more marks the end. */
  readonly starts: Uint32Array;
  /** The letters and digits that each name has, a bit for each. */
  readonly letters: Uint32Array;
}

/** Things with names, in chunks that are indexed when somebody searches them; what has no name is left out. */
export function toNames<T>(items: Iterable<T>, nameOf: (item: T) => string): NameChunks<T> {
  const chunks: NameChunk<T>[] = [];
  let open: T[] = [];
  for (const item of items) {
    if (nameOf(item) === "") continue;
    if (open.length === CHUNK) open = [];
    if (open.length === 0) chunks.push({ items: open, nameOf });
    open.push(item);
  }
  return chunks;
}

/** The index of a chunk, made when it is first asked for. */
export function indexOf(chunk: NameChunk<unknown>): Index {
  return memo(chunk, makeIndex);
}

function makeIndex(chunk: NameChunk<unknown>): Index {
  const folded = chunk.items.map((item) => foldName(chunk.nameOf(item)));
  const order = Uint16Array.from(folded.keys()).sort((a, b) =>
    (folded[a] as string) < (folded[b] as string) ? -1 : 1,
  );
  const starts = new Uint32Array(order.length + 1);
  const letters = new Uint32Array(order.length);
  let text = "";
  for (const [rank, at] of order.entries()) {
    const name = folded[at] as string;
    starts[rank] = text.length + 1;
    letters[rank] = lettersOf(name);
    text += `\n${name}`;
  }
  text += "\n";
  starts[order.length] = text.length;
  return { order, text, starts, letters };
}

/** One spelling for names that people take for the same: lower case, without accents, on one line. */
export function foldName(name: string): string {
  const lower = name.toLowerCase();
  if (!/[^ -~]/.test(lower)) return lower;
  return lower
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[\r\n]/g, " ");
}

/** A bit for each letter, one for all digits and one for all signs beyond ASCII. */
export function lettersOf(folded: string): number {
  let letters = 0;
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    if (code >= 97 && code <= 122) letters |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) letters |= 1 << 26;
    else if (code > 127) letters |= 1 << 27;
  }
  return letters >>> 0;
}

/** The ranks from and before which names begin with a folded text. */
export function rangeOf(index: Index, beginning: string): [from: number, to: number] {
  // The highest sign there is ends the names that begin so.
  return [seek(index, beginning), seek(index, `${beginning}\uffff`)];
}

/** A folded name by its rank. */
export function nameAt({ text, starts }: Index, rank: number): string {
  return text.slice(starts[rank], (starts[rank + 1] as number) - 1);
}

/** The first name that does not come before `folded`. */
function seek(index: Index, folded: string): number {
  let low = 0;
  let high = index.order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nameAt(index, middle) < folded) low = middle + 1;
    else high = middle;
  }
  return low;
}
