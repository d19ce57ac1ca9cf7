/** Where chunks start in their text: offsets and lines, each counted once for a list of chunks. */

import type { Chunk } from "./chunks.ts";

const offsets = new WeakMap<readonly Chunk[], Uint32Array>();
const lines = new WeakMap<readonly Chunk[], Uint32Array>();

/** Offset of each chunk, and the length of the text. */
export function chunkStarts(chunks: readonly Chunk[]): Uint32Array {
  return known(offsets, chunks, ({ text }) => text.length);
}

/** Line at which each chunk starts, from 0, and the number of line breaks in the text. */
export function chunkLines(chunks: readonly Chunk[]): Uint32Array {
  return known(lines, chunks, ({ breaks }) => breaks);
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
