/** What may be missing from an answer, and why: what is missing for one reason stands on one line. */

import { fold } from "../words.ts";

/** `members of "dd-sre" not known: okta cannot be reached`. What is not told like this stands by itself. */
const TOLD = /^(\S+) (.*) (not known|not checked): (.+)$/s;

/** So many of one kind are named, the rest are counted. Data names all. */
const SHOWN = 5;

/** The end of an answer. */
export function gapLines(gaps: readonly string[], heading = "Not known"): readonly string[] {
  if (gaps.length === 0) return [];
  return [`${heading}, so there may be more`, ...foldGaps(gaps).map((gap) => `  ${gap}`)];
}

/** The same gaps in their order, those of one kind and one reason together at the place of the first. */
function foldGaps(gaps: readonly string[]): readonly string[] {
  const together = new Map<string, { readonly whats: string[]; readonly rest: string }>();
  for (const gap of gaps) {
    const [, kind = "", what = "", said = "", why = ""] = TOLD.exec(gap) ?? [];
    const key = JSON.stringify(kind === "" ? [gap] : [kind, said, why]);
    const group = together.get(key) ?? { whats: [], rest: kind === "" ? "" : ` ${said}: ${why}` };
    together.set(key, group);
    group.whats.push(kind === "" ? gap : `${kind} ${what}`);
  }
  return [...together.values()].map(({ whats, rest }) => `${fold(whats, SHOWN)}${rest}`);
}
