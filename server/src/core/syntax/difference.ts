/** Where two lists differ: most of what an edit leaves alone stands before and behind it. */

/** How many items two lists share at their start and at their end. Items are compared by identity, or as told. */
export function difference<T>(
  before: readonly T[],
  after: readonly T[],
  isSame: (one: T, other: T) => boolean = Object.is,
): { readonly start: number; readonly end: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && isSame(before[start] as T, after[start] as T)) start++;
  let end = 0;
  while (end < most - start && isSame(before[before.length - 1 - end] as T, after[after.length - 1 - end] as T)) end++;
  return { start, end };
}

/** A list with `count` items from `start` on replaced by others: one copy of it, since each keystroke replaces a part of lists of thousands. */
export function replaced<T>(list: readonly T[], start: number, count: number, items: readonly T[]): readonly T[] {
  if (count !== items.length) return list.slice(0, start).concat(items, list.slice(start + count));
  const next = list.slice();
  for (let index = 0; index < count; index++) next[start + index] = items[index] as T;
  return next;
}
