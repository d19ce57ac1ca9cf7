/** Dry Run and Sync: the plan is made afresh, shown, and applied only after one question that names the organization. */

import { type QuickPickItem, workspace } from "vscode";
import {
  type ApplyParams,
  type ApplyResult,
  applyRequest,
  type PlanParams,
  type PlanResult,
  planRequest,
} from "../../server/src/lsp/protocol.ts";
import type { Current } from "./current.ts";
import type { Dialogs } from "./dialogs.ts";
import type { Server } from "./languageClient.ts";
import type { PlanDocuments } from "./planDocument.ts";
import type { Projects } from "./projects.ts";
import { askWithProgress } from "./work.ts";

export interface PlanTools {
  readonly server: Server;
  readonly projects: Projects;
  readonly documents: PlanDocuments;
  readonly dialogs: Dialogs;
  readonly current: Current;
}

/** What a command is about: an organization, by the project that names it. */
export interface Target {
  readonly folder: string;
  readonly organization: string;
}

/** Plans one organization and shows the plan; changes nothing. Undefined when dismissed or cancelled. */
export async function dryRun(tools: PlanTools, organization?: string): Promise<PlanResult | undefined> {
  const target = await chooseTarget(tools, "Dry run of", organization);
  return target && makePlan(tools, target);
}

/** Plans, shows, asks, applies. Undefined when there was nothing to do, the plan was refused, or the person declined. */
export async function sync(tools: PlanTools, organization?: string): Promise<ApplyResult | undefined> {
  const target = await chooseTarget(tools, "Sync", organization);
  if (!target || !(await saveAll(tools.dialogs))) return undefined;
  const plan = await makePlan(tools, target);
  if (!plan) return undefined;
  const { organizationTitle: title, fingerprint } = plan;
  if (!plan.isApplyable) return explainRefusals(tools.dialogs, plan);
  if (plan.isEmpty) {
    tools.dialogs.tell("info", `Nothing to sync: ${plan.summary}.`);
    return undefined;
  }
  if (!(await tools.dialogs.confirm(`Sync ${title} in Datadog?`, plan.summary, `Sync ${title}`))) return undefined;
  const params: ApplyParams = { ...target, fingerprint };
  const result = await askWithProgress<ApplyResult>(tools.server, `Syncing ${title}`, applyRequest, params);
  if (!result) return undefined;
  await tools.documents.show(plan, target.folder, result.refused ?? result.message);
  tellOutcome(tools.dialogs, result);
  return result;
}

async function makePlan({ server, documents }: PlanTools, target: Target): Promise<PlanResult | undefined> {
  const params: PlanParams = target;
  const plan = await askWithProgress<PlanResult>(server, `Planning ${target.organization}`, planRequest, params);
  if (plan) await documents.show(plan, target.folder);
  return plan;
}

/** What is applied is what the files say, and what is reviewed in git is what was saved. */
async function saveAll(dialogs: Dialogs): Promise<boolean> {
  const unsaved = workspace.textDocuments.filter((document) => document.isDirty && document.languageId === "accessmap");
  if (unsaved.length === 0) return true;
  const names = unsaved.map((document) => workspace.asRelativePath(document.uri)).join(", ");
  if (!(await dialogs.confirm("Save the mapping files before Sync?", `Not saved: ${names}`, "Save and Continue")))
    return false;
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  return saved.every(Boolean);
}

/** The organization asked for, else the only one, else the one chosen for this window, else whichever the person picks now. */
export async function chooseTarget(
  { projects, dialogs, current }: PlanTools,
  title: string,
  organization: string | undefined,
): Promise<Target | undefined> {
  const targets = organizationsIn(projects).filter(({ label }) => organization === undefined || label === organization);
  const known = organization === undefined ? currentOf(targets, current) : undefined;
  const chosen = known ?? (targets.length > 1 ? await dialogs.pick(title, targets) : targets[0]);
  return chosen && { folder: chosen.folder, organization: chosen.organization };
}

/** Organizations of the window as rows to pick from. */
export function organizationsIn(projects: Projects): readonly (Target & QuickPickItem)[] {
  return projects
    .all()
    .flatMap(({ folder, systems }) =>
      systems
        .filter(({ kind }) => kind === "organization")
        .map(({ name, origin }) => ({ label: name, description: origin, detail: folder, folder, organization: name })),
    );
}

/** The one chosen for this window, if it is still there. */
export function currentOf<T extends Target>(targets: readonly T[], current: Current): T | undefined {
  const chosen = current.get();
  return targets.find(({ folder, organization }) => folder === chosen?.folder && organization === chosen.organization);
}

/** Guards are lifted on the command line, one by one and by name: the place where such a decision leaves a trace. */
function explainRefusals(dialogs: Dialogs, plan: PlanResult): undefined {
  dialogs.tell(
    "warning",
    `Sync of ${plan.organizationTitle} is refused: ${plan.refusals.join("; ")}. The plan says which guards can be lifted; lift them with \`accessmap apply --allow\` on the command line.`,
  );
  return undefined;
}

function tellOutcome(dialogs: Dialogs, { refused, failed, cancelled, message }: ApplyResult): void {
  if (failed > 0) dialogs.tell("error", message);
  else dialogs.tell(refused !== undefined || cancelled ? "warning" : "info", refused ?? message);
}
