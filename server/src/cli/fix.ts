/** `accessmap fix`: applies the fixes that cannot change who gets what, as the editor's "fix all" does. */

import { countOf } from "../core/analysis/words.ts";
import { safeFixes } from "../core/features/codeActions.ts";
import type { Problem } from "../core/model/problem.ts";
import { RULE_PAGES } from "../core/model/rulePages.ts";
import { applyEdits } from "../core/syntax/edit.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { noSuchRule } from "./rule.ts";
import { chooser } from "./support/collect.ts";
import { EXIT } from "./support/exit.ts";
import { openProject, type ProjectOptions, readLive } from "./support/project.ts";
import { type RewriteOptions, rewrite } from "./support/rewrite.ts";
import type { Terminal } from "./support/terminal.ts";

export interface FixOptions extends ProjectOptions, RewriteOptions {
  readonly live: boolean;
  /** Ids of the rules whose findings are fixed; all of them without any. */
  readonly rule?: readonly string[];
}

/** A fix can make another one possible, or wait for one at the same place. No project of ours needed more than three. */
const MOST_PASSES = 10;

/**
 * Changes files in place, or shows how with `--check` and `--diff`. Files that cannot be read are told and make the
 * exit code.
 */
export async function fix(paths: readonly string[], options: FixOptions, terminal: Terminal): Promise<number> {
  const { rule: rules } = options;
  for (const id of rules ?? []) if (!RULE_PAGES.has(id)) throw noSuchRule(id);
  const workspace = await openProject(options, terminal);
  const isWanted = chooser(workspace, paths);
  if (options.live) await readLive(workspace, terminal, "fix");
  const before = workspace.texts();
  const count = fixAll(workspace, (problem) => {
    const isOurs = isWanted(problem.place.file) && (rules?.includes(problem.rule) ?? true);
    // A fix is made whole or not at all, and not beyond the files that were named.
    return isOurs && problem.fixes.every(({ safe, edits }) => !safe || edits.every(({ file }) => isWanted(file)));
  });
  terminal.note(`${countOf(count, "safe fix").replace(/fixs$/, "fixes")}.`);
  const code = await rewrite(workspace, before, workspace.texts(), options, terminal);
  const unreadable = workspace.unreadable();
  for (const { file, message } of unreadable) terminal.note(`${file} ${message}`);
  return unreadable.length > 0 ? EXIT.usage : code;
}

/** Fixes in memory until nothing is left to fix; returns how many fixes that took. */
function fixAll(workspace: Workspace, isOurs: (problem: Problem) => boolean): number {
  let count = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const fixes = safeFixes([...workspace.problems().values()].flat().filter(isOurs));
    if (fixes.length === 0) break;
    count += fixes.length;
    const edits = fixes.flatMap(({ fix }) => fix.edits);
    const texts = workspace.texts();
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const own = edits.filter((edit) => edit.file === file);
      workspace.setEditorText(file, applyEdits(texts.get(file) ?? "", own));
    }
  }
  return count;
}
