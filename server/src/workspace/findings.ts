/** What is found in a project, kept up to date as its files and live systems change. */

import { type Baseline, inherit, keysOf, renderBaseline, sizeOf } from "../core/analysis/baseline.ts";
import { problemsByFile } from "../core/analysis/check.ts";
import { Checker } from "../core/analysis/checking/checker.ts";
import { toProblems } from "../core/analysis/places.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { policyOf } from "../core/analysis/world.ts";
import type { Finding } from "../core/model/finding.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Source, Spot } from "../core/model/text.ts";
import { RULES } from "../core/rules/index.ts";
import { LOCK_FILE } from "./discover.ts";
import type { FileTable } from "./files.ts";

export interface Findings {
  /** All findings in the coordinates of whole files, by file. Computed once per snapshot. */
  problems(): ReadonlyMap<string, readonly Problem[]>;
  /** True for a file of the project that is there now. */
  has(file: string): boolean;
  /** All files of the project, sorted. */
  files(): readonly string[];
  /** Files whose findings may differ since the last call; what rests on whole organizations follows with `settle`. */
  takeChanged(): readonly string[];
  /** Does a part of what is left to find out about whole organizations; false when nothing is. `takeChanged` tells where. */
  settleStep(): boolean;
  /** Findings of a file in the order of its text, where they were made. Costs little after an edit. */
  findings(file: string): readonly Finding[];
  /** What each finding of a file is about, in the order of `problems`: the same while lines move. */
  keys(file: string): readonly string[];
  /** What a baseline of the present findings would say, and how many findings the committed one stands for. */
  baseline(): { readonly text: string; readonly recorded: number };
  /** The line that a source starts at in its file, from 0. */
  lineOf(source: Source): number;
}

/** Findings of the files in a table. `snapshot` must be one of that table, and is asked at every call. */
export function findingsOf(files: FileTable, snapshot: () => Snapshot): Findings {
  const checker = new Checker(RULES);
  /** What the checker has taken in. */
  let seen: Snapshot | undefined;
  let toldLock: readonly Finding[] | undefined;
  let toldBaseline: Baseline | undefined;
  let listed: { readonly of: Snapshot; readonly problems: ReadonlyMap<string, readonly Problem[]> } | undefined;

  function bringUpToDate(): Snapshot {
    const of = snapshot();
    if (seen !== of) checker.update(of);
    seen = of;
    return of;
  }

  function heirs() {
    return {
      rules: RULES,
      policy: policyOf(snapshot()),
      groupAt: (spot: Spot) => checker.mappingAt(spot)?.mapping.group?.text,
    };
  }

  function findings(file: string): readonly Finding[] {
    return inherit(checker.findings(file), files.read().baseline, heirs());
  }

  function list(of: Snapshot): ReadonlyMap<string, readonly Problem[]> {
    checker.settle();
    const lock = toProblems(of, files.read().lockProblems);
    return new Map([...problemsByFile(of, { findings }), ...(lock.length > 0 ? [[LOCK_FILE, lock] as const] : [])]);
  }

  return {
    problems() {
      const of = bringUpToDate();
      if (listed?.of !== of) listed = { of, problems: list(of) };
      return listed.problems;
    },
    has: (file) => files.has(file),
    files: () => files.names(),
    takeChanged() {
      bringUpToDate();
      const { lockProblems, baseline } = files.read();
      const hasMoved = toldBaseline !== undefined && toldBaseline !== baseline;
      toldBaseline = baseline;
      const lock = lockProblems === toldLock ? [] : [LOCK_FILE];
      toldLock = lockProblems;
      return [...new Set([...checker.takeChanged(), ...(hasMoved ? files.names() : []), ...lock])];
    },
    settleStep() {
      bringUpToDate();
      return checker.settleStep();
    },
    findings(file) {
      bringUpToDate();
      return file === LOCK_FILE ? files.read().lockProblems : findings(file);
    },
    keys(file) {
      bringUpToDate();
      return keysOf(file === LOCK_FILE ? files.read().lockProblems : findings(file), heirs());
    },
    baseline() {
      const of = bringUpToDate();
      checker.settle();
      const { baseline } = files.read();
      const all = [...(of.project ? [of.project.tree.file] : []), ...of.files.map(({ file }) => file)];
      const text = renderBaseline(
        all.flatMap((file) => checker.findings(file)),
        heirs(),
      );
      return { text, recorded: sizeOf(baseline) };
    },
    lineOf: (source) => checker.lineOf(source),
  };
}
