/** Which findings are new: those that another state of the same project, judged with the same live data, does not have. */

import { push } from "../model/maps.ts";
import type { Problem } from "../model/problem.ts";

/** A finding, what it is about (`keysOf`), and the organization of its file, where it has one. */
export interface KnownProblem {
  readonly problem: Problem;
  readonly key: string;
  readonly organization: string | undefined;
}

/**
 * The findings of `now` that `before` has not. Line numbers do not count, but everything that is said does: a finding that
 * got worse, names more people or is no longer inherited is a new one. What moved to another file of the same organization
 * is not.
 */
export function news(now: readonly KnownProblem[], before: readonly KnownProblem[]): readonly KnownProblem[] {
  const there = take(now, before, inPlace);
  return take(there.rest, there.unused, elsewhere).rest;
}

/** Takes away from `now` what `before` has too, each as often as it is there. */
function take(
  now: readonly KnownProblem[],
  before: readonly KnownProblem[],
  identify: (known: KnownProblem) => string,
): { readonly rest: readonly KnownProblem[]; readonly unused: readonly KnownProblem[] } {
  const left = new Map<string, KnownProblem[]>();
  for (const known of before) push(left, identify(known), known);
  const rest = now.filter((known) => left.get(identify(known))?.pop() === undefined);
  return { rest, unused: [...left.values()].flat() };
}

function inPlace({ problem, key }: KnownProblem): string {
  return [key, problem.severity, problem.inherited ? "inherited" : "", problem.message].join("\n");
}

/** A project's own file has no organization, and does not move. */
function elsewhere(known: KnownProblem): string {
  const { problem, key, organization } = known;
  if (organization === undefined) return inPlace(known);
  return `${organization}\n${inPlace({ ...known, key: key.slice(problem.place.file.length) })}`;
}
