/** Findings of a snapshot, made from nothing: what the checker keeps up to date by difference must equal this. */

import type { Problem } from "../model/problem.ts";
import { Checker } from "./checking/checker.ts";
import { toProblems } from "./places.ts";
import type { Rule } from "./rule.ts";
import type { Snapshot } from "./snapshot.ts";

/** All findings of the project by file and place, those of the files' form included. */
export function check(snapshot: Snapshot, rules: readonly Rule[]): readonly Problem[] {
  const checker = new Checker(rules);
  checker.update(snapshot);
  checker.settle();
  return [...problemsByFile(snapshot, checker).values()].flat();
}

/** Findings in the coordinates of whole files. Every file of the project has an entry; files come sorted. */
export function problemsByFile(
  snapshot: Snapshot,
  checker: Pick<Checker, "findings">,
): ReadonlyMap<string, readonly Problem[]> {
  const own = snapshot.project ? [snapshot.project.tree.file] : [];
  const files = [...own, ...snapshot.files.map(({ file }) => file)].sort();
  return new Map(files.map((file) => [file, toProblems(snapshot, checker.findings(file))]));
}
