/** Near names for "did you mean". */

// fastest-levenshtein: one small, much used function; typo distance is nothing we should own.
import { distance } from "fastest-levenshtein";

/** Any list of names, or a map with the names as keys, which must not change once it was given: its letters are kept. */
export type Choices = Iterable<string> | ReadonlyMap<string, unknown>;

/** The closest of `names` to `text`, or undefined when none is close enough to be what was meant. */
export function nearest(text: string, names: Choices): string | undefined {
  const [best] = nearestFew(text, names, 1);
  return best;
}

/** Up to `most` close names, each once and the closest first. Case alone counts for little. */
export function nearestFew(text: string, names: Choices, most: number): string[] {
  const wanted = text.toLowerCase();
  const [latin = 0, others = 0] = writeLetters(newLetters(1), 0, wanted);
  const kept = isMap(names) ? lettersOf(names) : undefined;
  const scratch = newLetters(1);
  const close: Candidate[] = [];
  let limit = Math.max(1, Math.floor(wanted.length / 3));
  let at = -1;
  for (const name of isMap(names) ? names.keys() : names) {
    at++;
    if (name === text || Math.abs(name.length - wanted.length) > limit) continue;
    const letters = kept ?? writeLetters(scratch, 0, name);
    const first = kept ? 2 * at : 0;
    if (leastDistance(latin, others, letters[first] as number, letters[first + 1] as number) > limit) continue;
    const score = distance(wanted, name.toLowerCase());
    if (score > limit || close.some((one) => one.name === name)) continue;
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

/** What was meant by less than a name: names close to `text`, else those that hold it, those that begin with it first. */
export function nearestOrFuller(text: string, names: Iterable<string>, most: number): string[] {
  const all = new Set(names);
  const near = nearestFew(text, all, most);
  const wanted = text.toLowerCase();
  if (near.length > 0 || wanted.length < SHORTEST_PART) return near;
  const places = [...all].map((name) => ({ name, score: name.toLowerCase().indexOf(wanted) }));
  const fuller = places.filter(({ name, score }) => score >= 0 && name !== text);
  return fuller
    .sort(compareCandidates)
    .slice(0, most)
    .map(({ name }) => name);
}

/** A shorter text is part of most names. */
const SHORTEST_PART = 3;

interface Candidate {
  readonly name: string;
  readonly score: number;
}

function compareCandidates(one: Candidate, other: Candidate): number {
  return one.score - other.score || (one.name < other.name ? -1 : 1);
}

/**
 * Which characters names have, case aside, two numbers a name: a bit for each letter, and one for each 32nd of the other
 * ASCII characters.
 */
type Letters = Int32Array;

/** In place of the letters where some lie beyond ASCII: there letter case is no matter of one bit, so nothing is told. */
const UNTOLD = -1;

function newLetters(names: number): Letters {
  return new Int32Array(2 * names);
}

/** The letters of a map's names. With 100,000 names finding them takes nine tenths of the time, and every keystroke asks. */
function lettersOf(names: ReadonlyMap<string, unknown>): Letters {
  const known = lettersOfMaps.get(names);
  if (known) return known;
  const letters = newLetters(names.size);
  let at = 0;
  for (const name of names.keys()) writeLetters(letters, 2 * at++, name);
  lettersOfMaps.set(names, letters);
  return letters;
}

const lettersOfMaps = new WeakMap<ReadonlyMap<string, unknown>, Letters>();

function writeLetters(letters: Letters, first: number, name: string): Letters {
  let [latin, others, all] = [0, 0, 0];
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const folded = code | 32;
    if (folded >= 97 && folded <= 122) latin |= 1 << (folded & 31);
    else others |= 1 << (code & 31);
    all |= code;
  }
  letters[first] = all < 128 ? latin : UNTOLD;
  letters[first + 1] = others;
  return letters;
}

/** Typing errors that there must be at least: each mends one character that the other name lacks. */
function leastDistance(latin: number, others: number, otherLatin: number, otherOthers: number): number {
  if (latin === UNTOLD || otherLatin === UNTOLD) return 0;
  const surplus = bitsOf(latin & ~otherLatin) + bitsOf(others & ~otherOthers);
  const missing = bitsOf(otherLatin & ~latin) + bitsOf(otherOthers & ~others);
  return Math.max(surplus, missing);
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function isMap(names: Choices): names is ReadonlyMap<string, unknown> {
  return names instanceof Map;
}
