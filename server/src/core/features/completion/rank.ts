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

/** The very name first, then names that begin with `typed`, those with a word that does, with it inside, with its letters in order. */
export function rank<T>(
  typed: string,
  names: readonly Indexed<T>[],
  isLater: (item: Indexed<T>) => boolean = () => false,
): Ranked<T> {
  const wanted = typed.toLowerCase();
  const buckets: Indexed<T>[][] = Array.from({ length: 10 }, () => []);
  let isCut = false;
  for (const candidate of names) {
    const score = scoreOf(candidate.lower, wanted);
    if (score < 0) continue;
    const later = score > 0 && isLater(candidate) ? 1 : 0;
    const bucket = buckets[score * 2 + later] as Indexed<T>[];
    if (bucket.length < MOST) bucket.push(candidate);
    else isCut = true;
  }
  const found = buckets.flat();
  if (found.length > 0) return { best: found.slice(0, MOST), isCut: isCut || found.length > MOST, isGuess: false };
  return { best: guess(typed, names), isCut: false, isGuess: true };
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

/** 0 is it, 1 begins with it, 2 a word begins with it, 3 holds it, 4 holds its letters in order, -1 none of these. */
function scoreOf(name: string, wanted: string): number {
  const at = name.indexOf(wanted);
  if (at === 0) return name.length === wanted.length ? 0 : 1;
  if (at > 0) return beginsWord(name, at) || wordStart(name, wanted, at + 1) ? 2 : 3;
  let from = 0;
  for (let letter = 0; letter < wanted.length; letter++) {
    from = name.indexOf(wanted.charAt(letter), from) + 1;
    if (from === 0) return -1;
  }
  return 4;
}

function wordStart(name: string, wanted: string, from: number): boolean {
  for (let at = name.indexOf(wanted, from); at > 0; at = name.indexOf(wanted, at + 1))
    if (beginsWord(name, at)) return true;
  return false;
}

function beginsWord(name: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(name.charAt(at - 1));
}
