/** How many bits of a 32-bit number are set, in as many steps whatever the number. */

/** Takes numbers with and without a sign alike. Bits are added up in pairs, fours and bytes; the product adds the bytes. */
export function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
