/** Maps of lists, of sets and of maps: filled as one goes, or made of a list at once. */

/** Lists of values by key, in the order they come. */
export function indexBy<K, T>(values: Iterable<T>, keyOf: (value: T) => K): ReadonlyMap<K, readonly T[]> {
  const index = new Map<K, T[]>();
  for (const value of values) push(index, keyOf(value), value);
  return index;
}

/** Adds a value to the list under a key. */
export function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Adds a value to the set under a key. */
export function addTo<K, T>(map: Map<K, Set<T>>, key: K, value: T): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}

/** The map under a key, which is an empty one when there was none. */
export function entryOf<K, L, T>(map: Map<K, Map<L, T>>, key: K): Map<L, T> {
  const known = map.get(key);
  if (known) return known;
  const fresh = new Map<L, T>();
  map.set(key, fresh);
  return fresh;
}
