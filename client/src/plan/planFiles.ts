/** The plan on the screen as a file for the command line, and as Markdown for a pull request. */

import { env, l10n, Uri, window, workspace } from "vscode";
import { type SavePlanParams, savePlanRequest } from "../../../server/src/lsp/protocol/planView.ts";
import { type PlanTools, planOnScreen } from "./plans.ts";
import type { ShownPlan } from "./shownPlan.ts";

/** Milliseconds that a note stays in the status bar. */
const NOTE_TIME = 4_000;

/** Path of the file; undefined when dismissed or without a plan. */
export async function savePlan(tools: PlanTools, argument: unknown): Promise<string | undefined> {
  const shown = findPlan(tools, argument);
  if (!shown) return undefined;
  const name = `${shown.plan.organization}.${shown.kind}.json`;
  const proposal = Uri.joinPath(Uri.file(shown.folder), name);
  const path = await tools.dialogs.choosePath(l10n.t("Save Plan"), proposal, { [l10n.t("accessmap plan")]: ["json"] });
  if (path === undefined) return undefined;
  const params: SavePlanParams = { fingerprint: shown.plan.fingerprint, path };
  await tools.server.request(savePlanRequest, params);
  const file = workspace.asRelativePath(path);
  tools.dialogs.tell("info", l10n.t("Plan saved. `accessmap apply {0}` performs exactly this.", file));
  return path;
}

/** The Markdown; undefined without a plan. */
export async function copyPlan(tools: PlanTools, argument: unknown): Promise<string | undefined> {
  const shown = findPlan(tools, argument);
  if (!shown) return undefined;
  await env.clipboard.writeText(shown.view.markdown);
  window.setStatusBarMessage(`$(check) ${l10n.t("Plan copied as Markdown")}`, NOTE_TIME);
  return shown.view.markdown;
}

function findPlan(tools: PlanTools, argument: unknown): ShownPlan | undefined {
  const shown = planOnScreen(tools, argument);
  if (!shown)
    tools.dialogs.tell("info", l10n.t("There is no plan in front. Make one first."), {
      [l10n.t("Dry Run")]: "accessmap.dryRun",
    });
  return shown;
}
