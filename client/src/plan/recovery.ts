/** Applies that did not come to their end: told once, finished or closed when somebody says so. */

import { type Disposable, l10n, workspace } from "vscode";
import {
  type AbandonResult,
  abandonRequest,
  appliesRequest,
  interruptedPlanRequest,
  type ResumeParams,
  resumeRequest,
} from "../../../server/src/lsp/protocol/planView.ts";
import type { ApplyResult } from "../../../server/src/lsp/protocol.ts";
import type { Actions } from "../dialogs.ts";
import { askWithProgress } from "../server/work.ts";
import { keyOf, nameOf, organizationsIn, type Target } from "../targets.ts";
import { outcomeOf, type PlanTools, showPlan, targetOf, tellOutcome } from "./plans.ts";

type Tools = Pick<PlanTools, "server" | "projects" | "dialogs">;

const remedies = (target: Target): Actions => ({
  [l10n.t("Resume")]: ["accessmap.resume", target],
  [l10n.t("Abandon")]: ["accessmap.abandon", target],
});

/** True when an apply stands in the way; the person has then been told what can be done. */
export async function offerRecovery({ server, dialogs }: Tools, target: Target): Promise<boolean> {
  const { interrupted, busy } = await server.request(appliesRequest, target);
  if (busy !== undefined) dialogs.tell("warning", l10n.t("Not now: {0}.", busy));
  else if (interrupted)
    dialogs.tell(
      "warning",
      l10n.t("{0} Nothing else is written before it is resumed or abandoned.", interrupted.message),
      remedies(target),
    );
  return busy !== undefined || interrupted !== undefined;
}

/** Shows the plan of the interrupted apply, and finishes it after one question. */
export async function resume(tools: PlanTools, argument: unknown): Promise<ApplyResult | undefined> {
  const found = await findInterrupted(tools, l10n.t("Resume the apply to"), argument);
  if (!found) return undefined;
  const { target, interrupted } = found;
  const name = nameOf(tools.projects, target);
  const plan = await tools.server.request(interruptedPlanRequest, target);
  await showPlan(tools, target, "resume", plan);
  const detail = l10n.t("{0} of {1} steps are left. {2}", interrupted.left, interrupted.steps, interrupted.message);
  if (!(await tools.dialogs.confirm(l10n.t("Finish the apply to {0}?", name), detail, l10n.t("Resume {0}", name))))
    return undefined;
  const params: ResumeParams = target;
  const title = l10n.t("Finishing the apply to {0}", name);
  const result = await askWithProgress(tools.server, title, resumeRequest, params);
  if (!result) return undefined;
  await showPlan(tools, target, "resume", plan, outcomeOf(result));
  tellOutcome(tools.dialogs, result);
  return result;
}

/** Closes the interrupted apply after one question. Nothing is written to Datadog. */
export async function abandon(tools: PlanTools, argument: unknown): Promise<AbandonResult | undefined> {
  const found = await findInterrupted(tools, l10n.t("Abandon the apply to"), argument);
  if (!found) return undefined;
  const name = nameOf(tools.projects, found.target);
  const detail = l10n.t("{0} What it wrote stays; a new plan tells what is left to do.", found.interrupted.message);
  if (!(await tools.dialogs.confirm(l10n.t("Close the apply to {0}?", name), detail, l10n.t("Abandon {0}", name))))
    return undefined;
  const result = await tools.server.request(abandonRequest, found.target);
  tools.dialogs.tell("info", result.message, { [l10n.t("Dry Run")]: ["accessmap.dryRun", found.target] });
  return result;
}

async function findInterrupted(tools: PlanTools, title: string, argument: unknown) {
  const target = await targetOf(tools, title, argument);
  if (!target) return undefined;
  const { interrupted, busy } = await tools.server.request(appliesRequest, target);
  if (interrupted) return { target, interrupted };
  tools.dialogs.tell(
    busy === undefined ? "info" : "warning",
    busy === undefined
      ? l10n.t("No apply to {0} was interrupted.", nameOf(tools.projects, target))
      : l10n.t("Not now: {0}.", busy),
  );
  return undefined;
}

/** Tells of interrupted applies once for each start of the server: whoever was at work then may have forgotten. */
export function watchInterrupted(tools: Tools): Disposable {
  const seen = new Set<string>();
  return tools.projects.onDidChange(() => {
    const targets = organizationsIn(tools.projects).map(({ folder, organization }) => ({ folder, organization }));
    if (targets.length === 0) seen.clear();
    if (!workspace.isTrusted) return;
    for (const target of targets) {
      const key = keyOf(target);
      if (seen.has(key)) continue;
      seen.add(key);
      // A folder without a journal, or a server that has just stopped, has nothing to tell.
      offerInterrupted(tools, target).catch(() => {});
    }
  });
}

async function offerInterrupted({ server, dialogs }: Tools, target: Target): Promise<void> {
  const { interrupted } = await server.request(appliesRequest, target);
  if (interrupted) dialogs.tell("warning", interrupted.message, remedies(target));
}
