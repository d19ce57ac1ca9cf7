/** The best few of many names for what was typed, in one pass that allocates nothing for the names it drops. */

import { nearestFew } from "../../syntax/nearest.ts";

/** A name with its lower-case spelling, made once per list. */
export interface Indexed<T> {
  readonly name: string;
  readonly lower: string;
  readonly item: T;
}

export interface Ranked<T> {
  readonly best: readonly Indexed<T>[];
  /** More would match: the next character deserves a new question. */
  readonly isCut: boolean;
  /** Nothing matched; these are close to what was typed. */
  readonly isGuess: boolean;
}

const MOST = 100;
const GUESSES = 5;

export function index<T>(items: Iterable<T>, nameOf: (item: T) => string): readonly Indexed<T>[] {
  const indexed: Indexed<T>[] = [];
  for (const item of items) {
    const name = nameOf(item);
    if (name !== "") indexed.push({ name, lower: name.toLowerCase(), item });
  }
  return indexed.sort((a, b) => (a.lower < b.lower ? -1 : a.lower > b.lower ? 1 : 0));
}

/**
 * The very name first, then names that begin with `typed`, those with a word that does, with it inside, and, where these
 * are few, with its letters in order.
 */
export function rank<T>(
  typed: string,
  names: readonly Indexed<T>[],
  isLater: (item: Indexed<T>) => boolean = () => false,
): Ranked<T> {
  const wanted = typed.toLowerCase();
  const near = sift(names, isLater, (name) => scoreOf(name, wanted));
  const found = near.length >= MOST ? near : [...near, ...sift(names, isLater, (name) => looseScoreOf(name, wanted))];
  if (found.length === 0) return { best: guess(typed, names), isCut: false, isGuess: true };
  return { best: found.slice(0, MOST), isCut: found.length > MOST, isGuess: false };
}

/** Names by score, each score's first ones only, and those that are to come later behind their equals. */
function sift<T>(
  names: readonly Indexed<T>[],
  isLater: (item: Indexed<T>) => boolean,
  score: (name: string) => number,
): readonly Indexed<T>[] {
  const buckets: Indexed<T>[][] = Array.from({ length: 10 }, () => []);
  for (const candidate of names) {
    const points = score(candidate.lower);
    if (points < 0) continue;
    const later = points > 0 && isLater(candidate) ? 1 : 0;
    const bucket = buckets[points * 2 + later] as Indexed<T>[];
    if (bucket.length <= MOST) bucket.push(candidate);
  }
  return buckets.flat();
}

function guess<T>(typed: string, names: readonly Indexed<T>[]): readonly Indexed<T>[] {
  if (typed.length < 3) return [];
  const near = nearestFew(
    typed,
    names.map((candidate) => candidate.name),
    GUESSES,
  );
  return near.flatMap((name) => names.find((candidate) => candidate.name === name) ?? []);
}

/** 0 is it, 1 begins with it, 2 a word begins with it, 3 holds it, -1 none of these. */
function scoreOf(name: string, wanted: string): number {
  const first = name.indexOf(wanted);
  if (first < 0) return -1;
  if (first === 0) return name.length === wanted.length ? 0 : 1;
  for (let at = first; at > 0; at = name.indexOf(wanted, at + 1)) if (isSeparator(name.charCodeAt(at - 1))) return 2;
  return 3;
}

/** 0 holds the letters in order without holding the word, -1 does not. */
function looseScoreOf(name: string, wanted: string): number {
  if (name.includes(wanted)) return -1;
  let from = 0;
  for (let letter = 0; letter < wanted.length; letter++) {
    from = name.indexOf(wanted.charAt(letter), from) + 1;
    if (from === 0) return -1;
  }
  return 0;
}

/** What stands between the words of a name: ASCII that is no letter and no digit. */
function isSeparator(code: number): boolean {
  return code < 48 || (code > 57 && code < 97) || (code > 122 && code < 128);
}
