/** Where chunks start in their text: offsets and lines, each counted once for a list of chunks. */

import type { Chunk } from "./chunks.ts";

const offsets = new WeakMap<readonly Chunk[], Uint32Array>();
const lines = new WeakMap<readonly Chunk[], Uint32Array>();

/** Offset of each chunk, and the length of the text. */
export function chunkStarts(chunks: readonly Chunk[]): Uint32Array {
  return known(offsets, chunks, lengthOf);
}

/** Line at which each chunk starts, from 0, and the number of line breaks in the text. */
export function chunkLines(chunks: readonly Chunk[]): Uint32Array {
  return known(lines, chunks, breaksOf);
}

/**
 * Hands the starts of a list on to the list that was made of it by replacing `count` chunks from `first` on. They are moved
 * in place, because every keystroke would else make two tables of thousands; whoever asks for those of the list before has
 * them counted again.
 */
export function moveStarts(
  before: readonly Chunk[],
  after: readonly Chunk[],
  edit: { readonly first: number; readonly count: number },
): void {
  if (before.length !== after.length) return;
  move(offsets, before, after, edit, lengthOf);
  move(lines, before, after, edit, breaksOf);
}

function move(
  table: WeakMap<readonly Chunk[], Uint32Array>,
  before: readonly Chunk[],
  after: readonly Chunk[],
  { first, count }: { readonly first: number; readonly count: number },
  sizeOf: (chunk: Chunk) => number,
): void {
  const sums = table.get(before);
  if (!sums) return;
  table.delete(before);
  const behind = first + count;
  let sum = sums[first] as number;
  for (let index = first; index < behind; index++) {
    sum += sizeOf(after[index] as Chunk);
    if (index + 1 < behind) sums[index + 1] = sum;
  }
  const moved = sum - (sums[behind] as number);
  if (moved !== 0) for (let index = behind; index < sums.length; index++) sums[index] = (sums[index] as number) + moved;
  table.set(after, sums);
}

function known(
  table: WeakMap<readonly Chunk[], Uint32Array>,
  chunks: readonly Chunk[],
  sizeOf: (chunk: Chunk) => number,
): Uint32Array {
  const found = table.get(chunks);
  if (found) return found;
  const sums = new Uint32Array(chunks.length + 1);
  let sum = 0;
  for (let index = 0; index < chunks.length; index++) {
    sum += sizeOf(chunks[index] as Chunk);
    sums[index + 1] = sum;
  }
  table.set(chunks, sums);
  return sums;
}

function lengthOf({ text }: Chunk): number {
  return text.length;
}

function breaksOf({ breaks }: Chunk): number {
  return breaks;
}
