/** Equal items as one object: who is in ten groups is read, or loaded from disk, ten times. */

export type Shared<T extends object = object> = Map<string, readonly [key: string, item: T]>;

/** What is known of this key already where it is equal in every field, with its key; else what is given, from now on. */
export function shareEqual<T extends object>(shared: Shared<T>, key: string, item: T): readonly [string, T] {
  const known = shared.get(key);
  if (known && isEqual(known[1], item)) return known;
  const entry = [key, item] as const;
  shared.set(key, entry);
  return entry;
}

/** Of flat objects; what holds other objects is equal to itself alone. */
function isEqual(one: object, other: object): boolean {
  const [names, otherNames] = [Object.keys(one), Object.keys(other)];
  if (names.length !== otherNames.length) return false;
  return names.every((name) => Object.is(Reflect.get(one, name), Reflect.get(other, name)));
}
