/** Near names for "did you mean". */

// fastest-levenshtein: one small, much used function; typo distance is nothing we should own.
import { distance } from "fastest-levenshtein";
import { countBits } from "../model/countBits.ts";

/** Any list of names, or a map with the names as keys, which must not change once it was given: its letters are kept. */
export type Choices = Iterable<string> | ReadonlyMap<string, unknown>;

/** The closest of `names` to `text`, or undefined when none is close enough to be what was meant. */
export function nearest(text: string, names: Choices): string | undefined {
  const [best] = nearestFew(text, names, 1);
  return best;
}

/** Up to `most` close names, each once and the closest first. Case alone counts for nothing. */
export function nearestFew(text: string, names: Choices, most: number): string[] {
  const wanted = text.toLowerCase();
  const own = writeLetters(newLetters(1), 0, wanted);
  const kept = isMap(names) ? lettersOf(names) : undefined;
  const scratch = newLetters(1);
  const close: Candidate[] = [];
  let limit = Math.max(1, Math.floor(wanted.length / 3));
  let at = -1;
  for (const name of isMap(names) ? names.keys() : names) {
    at++;
    // Names get longer in lower case, if anything, so that the others' letters need not be looked at.
    if (name === text || name.length - wanted.length > limit) continue;
    const letters = kept ?? writeLetters(scratch, 0, name);
    if (leastDistance(own, letters, kept ? NUMBERS * at : 0) > limit) continue;
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
 * What lower case names are made of, three numbers a name: their length, a bit for each letter, and one for each 32nd of the
 * other characters. A letter may become two in lower case, such as an I with a dot, and counts as two.
 */
type Letters = Int32Array;

const NUMBERS = 3;

function newLetters(names: number): Letters {
  return new Int32Array(NUMBERS * names);
}

/** The letters of a map's names. With 100,000 names finding them takes nine tenths of the time, and every keystroke asks. */
function lettersOf(names: ReadonlyMap<string, unknown>): Letters {
  const known = lettersOfMaps.get(names);
  if (known) return known;
  const letters = newLetters(names.size);
  let at = 0;
  for (const name of names.keys()) writeLetters(letters, NUMBERS * at++, name);
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
  // Case is a matter of one bit in ASCII alone.
  const lower = all < 128 ? name : name.toLowerCase();
  if (lower !== name) return writeLetters(letters, first, lower);
  letters[first] = name.length;
  letters[first + 1] = latin;
  letters[first + 2] = others;
  return letters;
}

/** Typing errors that there must be at least: each mends one character that the other name lacks, or one of the length. */
function leastDistance(own: Letters, letters: Letters, first: number): number {
  const longer = Math.abs((own[0] as number) - (letters[first] as number));
  const [latin, others] = [own[1] as number, own[2] as number];
  const [itsLatin, itsOthers] = [letters[first + 1] as number, letters[first + 2] as number];
  const surplus = countBits(latin & ~itsLatin) + countBits(others & ~itsOthers);
  const missing = countBits(itsLatin & ~latin) + countBits(itsOthers & ~others);
  return Math.max(longer, surplus, missing);
}

function isMap(names: Choices): names is ReadonlyMap<string, unknown> {
  return names instanceof Map;
}
