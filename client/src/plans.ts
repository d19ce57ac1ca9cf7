/** Dry Run and Sync: the plan is made afresh, shown, and applied only after one question that names the organization. */

import { ProgressLocation, window, workspace } from "vscode";
import {
  type ApplyParams,
  type ApplyResult,
  applyRequest,
  type PlanParams,
  type PlanResult,
  planRequest,
} from "../../server/src/lsp/protocol.ts";
import type { Dialogs } from "./dialogs.ts";
import type { Server } from "./languageClient.ts";
import type { PlanDocuments } from "./planDocument.ts";
import type { Projects } from "./projects.ts";

export interface PlanTools {
  readonly server: Server;
  readonly projects: Projects;
  readonly documents: PlanDocuments;
  readonly dialogs: Dialogs;
}

/** Plans one organization and shows the plan; changes nothing. Undefined when nothing was chosen. */
export async function dryRun(tools: PlanTools, organization?: string): Promise<PlanResult | undefined> {
  const name = organization ?? (await chooseOrganization(tools, "Dry run of"));
  if (name === undefined) return undefined;
  const plan = await makePlan(tools.server, name);
  await tools.documents.show(plan, folderOf(tools, name));
  return plan;
}

/** Plans, shows, asks, applies. Undefined when there was nothing to do, the plan was refused, or the person declined. */
export async function sync(tools: PlanTools, organization?: string): Promise<ApplyResult | undefined> {
  const name = organization ?? (await chooseOrganization(tools, "Sync"));
  if (name === undefined || !(await saveAll(tools.dialogs))) return undefined;
  const plan = await makePlan(tools.server, name);
  await tools.documents.show(plan, folderOf(tools, name));
  if (plan.isEmpty && plan.isApplyable) {
    void window.showInformationMessage(`${plan.organizationTitle}: no changes. Datadog matches the mapping files.`);
    return undefined;
  }
  if (!plan.isApplyable) {
    explainRefusals(plan);
    return undefined;
  }
  const { organizationTitle: title, summary } = plan;
  const isConfirmed = await tools.dialogs.confirm(`Sync ${title} in Datadog?`, summary, `Sync ${title}`);
  if (!isConfirmed) return undefined;
  const result = await apply(tools.server, plan);
  await tools.documents.show(plan, folderOf(tools, name), result.refused ?? result.message);
  tell(result);
  return result;
}

function makePlan(server: Server, organization: string): Promise<PlanResult> {
  const params: PlanParams = { organization };
  return Promise.resolve(
    window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: `Planning ${organization}: reading live systems`,
        cancellable: true,
      },
      (_, token) => server.request<PlanResult>(planRequest, params, token),
    ),
  );
}

function apply(server: Server, plan: PlanResult): Promise<ApplyResult> {
  const workDoneToken = `apply ${plan.fingerprint}`;
  const params: ApplyParams = { organization: plan.organization, fingerprint: plan.fingerprint, workDoneToken };
  const title = `Syncing ${plan.organizationTitle}`;
  return Promise.resolve(
    window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        let reached = 0;
        const subscription = server.onProgress(workDoneToken, ({ message, percentage = reached }) => {
          progress.report({ ...(message === undefined ? {} : { message }), increment: percentage - reached });
          reached = percentage;
        });
        try {
          return await server.request<ApplyResult>(applyRequest, params, token);
        } finally {
          subscription.dispose();
        }
      },
    ),
  );
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

async function chooseOrganization({ projects, dialogs }: PlanTools, title: string): Promise<string | undefined> {
  const organizations = projects.organizations();
  if (organizations.length === 1) return organizations[0]?.name;
  const items = organizations.map(({ name, origin }) => ({ label: name, description: origin }));
  return (await dialogs.pick(title, items))?.label;
}

function folderOf({ projects }: PlanTools, organization: string): string | undefined {
  return projects.all().find(({ systems }) => systems.some(({ name }) => name === organization))?.folder;
}

/** Guards are lifted on the command line, one by one and by name: the place where such a decision leaves a trace. */
function explainRefusals(plan: PlanResult): void {
  void window.showWarningMessage(
    `Sync of ${plan.organizationTitle} is refused: ${plan.refusals.join(" ")} A guard that may be lifted is named in the plan; lift it with \`accessmap apply --allow\` on the command line.`,
  );
}

function tell(result: ApplyResult): void {
  if (result.refused !== undefined) void window.showWarningMessage(result.refused);
  else if (result.failed > 0) void window.showErrorMessage(result.message);
  else if (result.cancelled) void window.showWarningMessage(result.message);
  else void window.showInformationMessage(result.message);
}
