/** Sets of small numbers as bits. All sets of one vocabulary have the same length; only `add` and `addAll` write. */

export type Bits = Uint32Array;

/** The empty set of a vocabulary with so many members. */
export function newBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** Sets one bit, counted from 0. */
export function add(bits: Bits, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
}

/** Adds the members of `more` to `bits`. */
export function addAll(bits: Bits, more: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) | (more[word] ?? 0);
}

/** True when that bit is set; false beyond the end. */
export function has(bits: Bits, index: number): boolean {
  return ((bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
}

/** True for sets of one length with the same bits. */
export function isEqual(one: Bits, other: Bits): boolean {
  return one.every((word, at) => word === other[at]);
}

/** True when `whole` has all members of `part`. */
export function isSubset(part: Bits, whole: Bits): boolean {
  return part.every((word, at) => (word & ~(whole[at] ?? 0)) === 0);
}

/** True when the sets have a member in common. */
export function meets(one: Bits, other: Bits): boolean {
  return one.some((word, at) => (word & (other[at] ?? 0)) !== 0);
}

/** What both have. */
export function common(one: Bits, other: Bits): Bits {
  return one.map((word, at) => word & (other[at] ?? 0));
}

/** Sets that are equal as one: ten thousand people hold a few hundred different ones. By a hash of their words. */
export type BitsPool = Map<number, Bits>;

/** The set of the pool that is equal to this one, which must not be written from now on. */
export function share(pool: BitsPool, bits: Bits): Bits {
  let hash = 0;
  for (const word of bits) hash = (Math.imul(hash, 31) + word) | 0;
  const known = pool.get(hash);
  if (known && isEqual(known, bits)) return known;
  pool.set(hash, bits);
  return bits;
}

/** What `bits` has and `less` lacks. */
export function without(bits: Bits, less: Bits): Bits {
  return bits.map((word, at) => word & ~(less[at] ?? 0));
}

/** Members in ascending order. */
export function indexesOf(bits: Bits): readonly number[] {
  const found: number[] = [];
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1)
      found.push(word * 32 + 31 - Math.clz32(rest & -rest));
  }
  return found;
}
