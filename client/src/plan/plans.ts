/** Dry Run and Sync: a plan from fresh reads, shown, and applied only after one question that names the organization. */

import { l10n, Uri, workspace } from "vscode";
import {
  appliesRequest,
  type PlanViewResult,
  planViewRequest,
  type ShownPlanParams,
  type UndoParams,
  undoRequest,
} from "../../../server/src/lsp/protocol/planView.ts";
import type { Request } from "../../../server/src/lsp/protocol/request.ts";
import {
  type ApplyParams,
  type ApplyResult,
  applyRequest,
  type PlanResult,
  planRequest,
} from "../../../server/src/lsp/protocol.ts";
import type { Current } from "../current.ts";
import type { Actions, Dialogs } from "../dialogs.ts";
import type { Projects } from "../projects.ts";
import type { Server } from "../server/languageClient.ts";
import { askWithProgress } from "../server/work.ts";
import { chooseTarget, liesIn, nameOf, type Target, targetIn, withProject } from "../targets.ts";
import { markDone } from "../walkthrough.ts";
import type { PlanDocuments } from "./planDocument.ts";
import { offerRecovery } from "./recovery.ts";
import { isCurrent, type ShownPlan } from "./shownPlan.ts";

export interface PlanTools {
  readonly server: Server;
  readonly projects: Projects;
  readonly documents: PlanDocuments;
  readonly dialogs: Dialogs;
  readonly current: Current;
}

/** Plans one organization and shows the plan; changes nothing. Undefined when dismissed or cancelled. */
export async function dryRun(tools: PlanTools, argument?: unknown): Promise<PlanResult | undefined> {
  const target = await chooseTarget(tools, l10n.t("Dry run of"), targetIn(argument));
  return target && (await makePlan(tools, target, "plan"))?.plan;
}

/** Plans the reverse of the last apply and shows it; changes nothing. Undefined when dismissed or cancelled. */
export async function undo(tools: PlanTools, argument: unknown): Promise<PlanResult | undefined> {
  const target = await targetOf(tools, l10n.t("Undo the last apply to"), argument);
  if (!target || (await offerRecovery(tools, target))) return undefined;
  const { lastAt } = await tools.server.request(appliesRequest, target);
  if (lastAt === undefined) {
    const name = nameOf(tools.projects, target);
    tools.dialogs.tell("info", l10n.t("There is nothing to undo: no apply to {0} is recorded in this project.", name));
    return undefined;
  }
  return (await makePlan(tools, target, "undo"))?.plan;
}

/** Makes the plan on the screen again. */
export async function refreshPlan(tools: PlanTools, argument: unknown): Promise<PlanResult | undefined> {
  const shown = planOnScreen(tools, argument);
  if (!shown) return dryRun(tools);
  // What was undone is no longer the last apply; what is left to do is told by a plan.
  const kind = shown.report === undefined && shown.kind === "undo" ? "undo" : "plan";
  return (await makePlan(tools, targetOfPlan(shown), kind))?.plan;
}

/**
 * Applies the plan on the screen, or a new one when there is none that still holds: shows it, asks, applies. Undefined
 * when there was nothing to do, the plan was refused, or the person declined.
 */
export async function sync(tools: PlanTools, argument: unknown): Promise<ApplyResult | undefined> {
  const target = await targetOf(tools, l10n.t("Sync"), argument);
  if (!target || !(await saveAll(tools.dialogs, target)) || (await offerRecovery(tools, target))) return undefined;
  const shown = await planToApply(tools, target, planOnScreen(tools, argument));
  if (!shown) return undefined;
  const { plan } = shown;
  if (!plan.isApplyable) return explainRefusals(tools.dialogs, plan);
  if (plan.isEmpty) {
    tools.dialogs.tell("info", l10n.t("Nothing to sync: {0}.", plan.summary));
    return undefined;
  }
  const { question, button } = wordsFor(shown, tools.projects);
  if (!(await tools.dialogs.confirm(question, plan.summary, button))) return undefined;
  const params: ApplyParams = { ...target, fingerprint: plan.fingerprint };
  const title = l10n.t("Syncing {0}", plan.organizationTitle);
  const result = await askWithProgress(tools.server, title, applyRequest, params);
  if (!result) return undefined;
  await tools.documents.show({ ...shown, ...outcomeOf(result) });
  if (result.refused === undefined && result.failed === 0 && !result.cancelled) markDone("synced");
  tellOutcome(tools.dialogs, result);
  return result;
}

/** The plan that a command is about: of the document it was chosen in, or of the one in front. */
export function planOnScreen({ documents }: PlanTools, argument: unknown): ShownPlan | undefined {
  if (targetIn(argument)) return undefined;
  return documents.planAt(argument instanceof Uri ? argument : undefined);
}

/** The organization that a shown plan is for. */
export function targetOfPlan({ folder, plan }: ShownPlan): Target {
  return { folder, organization: plan.organization };
}

/** Lenses and rows say what they mean; editor buttons and the palette mean the plan in front, else somebody chooses. */
export async function targetOf(tools: PlanTools, title: string, argument: unknown): Promise<Target | undefined> {
  const shown = planOnScreen(tools, argument);
  if (shown) return targetOfPlan(shown);
  return chooseTarget(tools, title, targetIn(argument));
}

/** What is applied is what is on the screen, as long as it still holds. */
async function planToApply(
  tools: PlanTools,
  target: Target,
  shown: ShownPlan | undefined,
): Promise<ShownPlan | undefined> {
  if (!shown || shown.report !== undefined || shown.kind === "resume") return makePlan(tools, target, "plan");
  const view = await readView(tools.server, shown.plan).catch(() => undefined);
  return view && isCurrent({ ...shown, view }, Date.now()) ? shown : makePlan(tools, target, shown.kind);
}

async function makePlan(tools: PlanTools, target: Target, kind: "plan" | "undo"): Promise<ShownPlan | undefined> {
  const request: Request<UndoParams, PlanResult> = kind === "undo" ? undoRequest : planRequest;
  const title = l10n.t("Planning {0}", nameOf(tools.projects, target));
  const plan = await askWithProgress(tools.server, title, request, target);
  if (!plan) return undefined;
  markDone("planned");
  return showPlan(tools, target, kind, plan);
}

/** Shows a plan that the server knows, with its outcome if it was applied. */
export async function showPlan(
  { server, documents, projects }: PlanTools,
  target: Target,
  kind: ShownPlan["kind"],
  plan: PlanResult,
  outcome: Outcome = {},
): Promise<ShownPlan> {
  const view = await readView(server, plan);
  const { folder } = target;
  const name = nameOf(projects, target);
  const shown: ShownPlan = { kind, name, plan, view, folder, ...outcome };
  await documents.show(shown);
  return shown;
}

function readView(server: Server, { fingerprint }: PlanResult): Promise<PlanViewResult> {
  const params: ShownPlanParams = { fingerprint };
  return server.request(planViewRequest, params);
}

function wordsFor(shown: ShownPlan, projects: Projects): { readonly question: string; readonly button: string } {
  const { kind, plan } = shown;
  const title = withProject(projects, targetOfPlan(shown), plan.organizationTitle);
  if (kind === "undo")
    return { question: l10n.t("Undo the last apply to {0} in Datadog?", title), button: l10n.t("Undo in {0}", title) };
  return { question: l10n.t("Sync {0} in Datadog?", title), button: l10n.t("Sync {0}", title) };
}

/** What is applied is what the project's files say, and what is reviewed in git is what was saved. */
async function saveAll(dialogs: Dialogs, { folder }: Target): Promise<boolean> {
  const unsaved = workspace.textDocuments.filter(
    ({ isDirty, languageId, uri }) => isDirty && languageId === "accessmap" && liesIn(uri, folder),
  );
  if (unsaved.length === 0) return true;
  const names = unsaved.map((document) => workspace.asRelativePath(document.uri)).join(", ");
  if (
    !(await dialogs.confirm(
      l10n.t("Save the mapping files before Sync?"),
      l10n.t("Not saved: {0}", names),
      l10n.t("Save and Continue"),
    ))
  )
    return false;
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  return saved.every(Boolean);
}

/** Refusals that a message names; the plan has them all. */
const MOST_REFUSALS = 3;

function fewOf(refusals: readonly string[]): string {
  const shown = refusals.slice(0, MOST_REFUSALS).join("; ");
  const more = refusals.length - MOST_REFUSALS;
  return more > 0 ? l10n.t("{0}; and {1} more", shown, more) : shown;
}

/** Guards are lifted on the command line, one by one and by name: the place where such a decision leaves a trace. */
function explainRefusals(dialogs: Dialogs, plan: PlanResult): undefined {
  dialogs.tell(
    "warning",
    l10n.t(
      "Sync of {0} is refused: {1}. The plan says which guards can be lifted; lift them with `accessmap apply --allow` on the command line.",
      plan.organizationTitle,
      fewOf(plan.refusals),
    ),
  );
  return undefined;
}

type Outcome = Pick<ShownPlan, "report" | "journal">;

/** What came of a plan, for its document. */
export function outcomeOf({ report, journal }: ApplyResult): Outcome {
  return { report, ...(journal === undefined ? {} : { journal }) };
}

/** Says what came of it in a sentence; the details stand in the plan, which shows them now. */
export function tellOutcome(dialogs: Dialogs, { refused, failed, cancelled, message, journal }: ApplyResult): void {
  const actions: Actions =
    journal === undefined ? {} : { [l10n.t("Open Journal")]: ["vscode.open", Uri.file(journal)] };
  if (failed > 0) dialogs.tell("error", message, actions);
  else dialogs.tell(refused !== undefined || cancelled ? "warning" : "info", refused ?? message, actions);
}
