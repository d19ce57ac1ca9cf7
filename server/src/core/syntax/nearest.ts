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
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const close: { name: string; score: number }[] = [];
  for (const name of names) {
    if (name === text || Math.abs(name.length - wanted.length) > limit) continue;
    const score = distance(wanted, name.toLowerCase());
    if (score <= limit) close.push({ name, score });
  }
  close.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return close.slice(0, most).map((candidate) => candidate.name);
}
