/** `accessmap undo`: plans the reverse of the last apply, or of a named one, from fresh reads, shows it, and performs it like any other plan. */

import { join } from "node:path";
import type { ToUndo } from "../core/sync/journal/journal.ts";
import { renderPlan } from "../core/sync/render/plan.ts";
import { JOURNAL_FOLDER } from "../store/journalFile.ts";
import { isOwnJournal } from "../store/own.ts";
import { applyToUndo, namedToUndo, whyNotNow } from "../workspace/applies.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ApplyOptions, performPlan } from "./apply.ts";
import { codeOfPlan, painted, planLive, savePlanAt } from "./plan.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganization, openProject } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface UndoOptions extends Omit<ApplyOptions, "resume" | "abandon"> {
  readonly out?: string;
}

/**
 * Plans against what is live now, so only what is still as the apply left it is taken back. With `--out` the plan is
 * saved instead of performed.
 */
export async function undo(journal: string | undefined, options: UndoOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const { name } = chooseOrganization(workspace, options.organization);
  const obstacle = await whyNotNow(workspace, name);
  if (obstacle) throw new Exit(EXIT.refused, `Nothing was written: ${obstacle}`);
  const last = journal === undefined ? await applyToUndo(workspace, name) : await namedToUndo(workspace, name, journal);
  if (!last && journal !== undefined)
    throw new Exit(EXIT.usage, `${journal} tells of no apply to ${name}; journals are in ${JOURNAL_FOLDER}`);
  if (!last) throw new Exit(EXIT.usage, `There is nothing to undo: no apply to ${name} is recorded in this folder`);
  const foreign = await foreignJournal(workspace, last);
  if (foreign !== undefined) tellForeign(foreign, options, terminal);
  const sealed = await planLive(terminal, (signal, onProgress) => workspace.makeUndo(name, last, signal, onProgress));
  if (options.out === undefined) return performPlan(workspace, sealed, { ...options, wasReviewed: false }, terminal);
  terminal.print(renderPlan(sealed, { format: "text", ...painted(terminal) }).trimEnd());
  await savePlanAt(options.out, workspace, sealed, terminal);
  return codeOfPlan(sealed.plan);
}

/** The first of the journals that somebody else may have made up. */
async function foreignJournal({ folder, applies }: Workspace, { apply, before }: ToUndo): Promise<string | undefined> {
  for (const { journal } of [apply, ...before])
    if (!(await isOwnJournal(join(folder, journal), applies))) return journal;
  return undefined;
}

/** What a journal says was there before may be anything, so somebody has to look at the plan; throws `Exit` where nobody would. */
function tellForeign(journal: string, { yes, out }: UndoOptions, terminal: Terminal): void {
  const why = `${journal} does not tell of an apply of yours on this machine, so anybody may have made it up`;
  if (yes && out === undefined)
    throw new Exit(
      EXIT.refused,
      `Nothing was written: ${why}; look at the plan without --yes, or save it with --out and apply that`,
    );
  terminal.note(`${why}: look well at what it would bring back.`);
}
