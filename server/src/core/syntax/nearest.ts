/** Near names for "did you mean". */

// fastest-levenshtein: one small, much used function; typo distance is nothing we should own.
import { distance } from "fastest-levenshtein";

/** The closest of `names` to `text`, or undefined when none is close enough to be what was meant. */
export function nearest(text: string, names: Iterable<string>): string | undefined {
  const [best] = nearestFew(text, names, 1);
  return best;
}

/** Up to `most` close names, the closest first. Case alone counts for little. */
export function nearestFew(text: string, names: Iterable<string>, most: number): string[] {
  const wanted = text.toLowerCase();
  const letters = lettersIn(wanted);
  const close: Candidate[] = [];
  let limit = Math.max(1, Math.floor(wanted.length / 3));
  for (const name of names) {
    if (name === text || Math.abs(name.length - wanted.length) > limit) continue;
    if (leastDistance(letters, lettersIn(name)) > limit) continue;
    const score = distance(wanted, name.toLowerCase());
    if (score > limit) continue;
    close.push({ name, score });
    // With enough of them, only what is as close as the last of them can still be told.
    if (close.length < 2 * most) continue;
    close.sort(compareCandidates);
    close.length = most;
    limit = close.at(-1)?.score ?? limit;
  }
  close.sort(compareCandidates);
  return close.slice(0, most).map(({ name }) => name);
}

interface Candidate {
  readonly name: string;
  readonly score: number;
}

function compareCandidates(one: Candidate, other: Candidate): number {
  return one.score - other.score || (one.name < other.name ? -1 : 1);
}

/** Which characters a name has, case aside: a bit for each letter, and for each 32nd of the other ASCII characters. */
interface Letters {
  readonly latin: number;
  readonly others: number;
  /** Beyond ASCII letter case is no matter of one bit, so nothing is told of such names. */
  readonly isAscii: boolean;
}

function lettersIn(name: string): Letters {
  let [latin, others, all] = [0, 0, 0];
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const folded = code | 32;
    if (folded >= 97 && folded <= 122) latin |= 1 << (folded & 31);
    else others |= 1 << (code & 31);
    all |= code;
  }
  return { latin, others, isAscii: all < 128 };
}

/** Typing errors that there must be at least: each mends one character that the other name lacks. */
function leastDistance(one: Letters, other: Letters): number {
  if (!one.isAscii || !other.isAscii) return 0;
  const surplus = bitsOf(one.latin & ~other.latin) + bitsOf(one.others & ~other.others);
  const missing = bitsOf(other.latin & ~one.latin) + bitsOf(other.others & ~one.others);
  return Math.max(surplus, missing);
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
