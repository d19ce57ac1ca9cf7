/** Which plan an apply performs: the person's own saved one, or one made now that is like the one they reviewed. */

import { resolve } from "node:path";
import { summarize } from "../core/sync/makePlan.ts";
import type { Plan, SealedPlan } from "../core/sync/plan.ts";
import { isOwnPlan } from "../store/own.ts";
import { loadPlan } from "../store/planFile.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { freshPlan } from "./plan.ts";
import { EXIT, Exit } from "./support/exit.ts";
import type { Terminal } from "./support/terminal.ts";

/** What an apply is to perform, and what the person has seen of it. */
interface Chosen {
  readonly sealed: SealedPlan;
  readonly wasReviewed: boolean;
  readonly isSaved: boolean;
}

/**
 * One's own saved plan as it is. Else one made now, which has to be like the reviewed one, or like the file of somebody
 * else. Throws `Exit` where it is not, and where a file is no plan or one for another organization.
 */
export async function chosenPlan(
  workspace: Workspace,
  file: string | undefined,
  { organization, reviewed }: { readonly organization?: string; readonly reviewed?: string },
  terminal: Terminal,
): Promise<Chosen> {
  const saved = file === undefined ? undefined : await savedPlan(file, organization);
  if (saved && (await isOwnPlan(saved, workspace.applies))) return { sealed: saved, wasReviewed: true, isSaved: true };
  if (file !== undefined && saved) tellForeign(file, saved.plan, terminal);
  const sealed = await freshPlan(workspace, organization ?? saved?.plan.organization.name, terminal);
  const likeThat = reviewed ?? file;
  if (likeThat !== undefined) await compareReviewed(sealed, likeThat, organization);
  return { sealed, wasReviewed: likeThat !== undefined, isSaved: false };
}

/** A plan that anybody may have made up is only compared with; throws `Exit` for an undo, which no plan of the files is like. */
function tellForeign(file: string, { undoes }: Plan, terminal: Terminal): void {
  const why = `${file} was not saved by you on this machine, so anybody may have made it up`;
  if (undoes !== undefined)
    throw new Exit(EXIT.refused, `Nothing was written: ${why}; \`accessmap undo\` makes such a plan from the journal`);
  terminal.note(`${why}: it is compared with a plan made now, and that one is applied.`);
}

async function savedPlan(file: string, organization: string | undefined): Promise<SealedPlan> {
  const loaded = await loadPlan(resolve(file));
  if ("error" in loaded) throw new Exit(EXIT.usage, loaded.error);
  const planned = loaded.plan.organization.name;
  if (organization !== undefined && organization !== planned)
    throw new Exit(EXIT.usage, `${file} is a plan for "${planned}", not for "${organization}"`);
  return loaded;
}

/**
 * Whoever could write the reviewed plan's file could have made it up. So it is only compared with, never performed: the
 * fingerprint covers files, changes and the live facts they rest on, and no time.
 */
async function compareReviewed(fresh: SealedPlan, reviewed: string, organization: string | undefined): Promise<void> {
  const isFingerprint = /^[0-9a-f]{64}$/.test(reviewed);
  const before = isFingerprint ? undefined : await savedPlan(reviewed, organization);
  if (fresh.fingerprint === (before?.fingerprint ?? reviewed)) return;
  const then = before ? `; reviewed was: ${summarize(before.plan)}` : "";
  throw new Exit(
    EXIT.refused,
    `Nothing was written: this is not the plan that was reviewed, because files or live data moved. Now it would be: ${summarize(fresh.plan)}${then}. Review a new plan`,
  );
}
