/** Lists without the room that they grew in. */

const NONE: readonly never[] = Object.freeze([]);

/**
 * The same items in a list that takes no more than they do. V8 gives a list that something is pushed to, or that is
 * filtered, room for 17 items (V8 11 to 13, 2026-11): 128 bytes for each of several lists of each of 10,000 mappings.
 */
export function fitted<T>(grown: readonly T[]): readonly T[] {
  return grown.length === 0 ? NONE : grown.slice();
}
