/** What was computed of frozen objects, kept for as long as they live: the only state that modules hold. */

const memos = new WeakMap<object, Map<unknown, unknown>>();

/**
 * Computes once per owner, which is a snapshot, an inventory or another frozen object. `compute` is the key, so pass
 * a named function, never a fresh closure.
 */
export function memo<O extends object, T>(owner: O, compute: (owner: O) => T): T {
  const known = resultsOf(owner);
  if (!known.has(compute)) known.set(compute, compute(owner));
  return known.get(compute) as T;
}

/** The same for an owner and one of many things that are asked of it, such as the roles of an organization. */
export function memoOf<O extends object, K extends object, T>(owner: O, key: K, compute: (owner: O, key: K) => T): T {
  const known = resultsOf(owner);
  let byKey = known.get(compute) as WeakMap<K, { readonly value: T }> | undefined;
  if (!byKey) {
    byKey = new WeakMap();
    known.set(compute, byKey);
  }
  let found = byKey.get(key);
  if (!found) {
    found = { value: compute(owner, key) };
    byKey.set(key, found);
  }
  return found.value;
}

function resultsOf(owner: object): Map<unknown, unknown> {
  let known = memos.get(owner);
  if (!known) {
    known = new Map();
    memos.set(owner, known);
  }
  return known;
}
