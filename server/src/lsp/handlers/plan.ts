/** `accessmap/plan`: a plan from fresh reads, shown before anything is applied, and kept for the apply that may follow. */

import type { CancellationToken } from "vscode-languageserver";
import { isEmpty, openRefusals, summarize } from "../../core/sync/makePlan.ts";
import type { SealedPlan } from "../../core/sync/plan.ts";
import { renderPlan } from "../../core/sync/renderPlan.ts";
import { chooseOrganization } from "../choose.ts";
import { failed, signalOf } from "../guard.ts";
import type { Project } from "../projects.ts";
import type { PlanParams, PlanResult } from "../protocol.ts";
import { planKey, type Session } from "../session.ts";

export async function onPlan(session: Session, params: PlanParams, token: CancellationToken): Promise<PlanResult> {
  const { project, organization } = await chooseOrganization(session, params);
  const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
  progress.begin(`Planning ${organization}`, undefined, "reading live systems", true);
  try {
    const sealed = await planAnew(session, project, organization, token, (line) => progress.report(line));
    const { plan, fingerprint } = sealed;
    const refusals = openRefusals(plan, []);
    return {
      organization,
      organizationTitle: plan.organization.title,
      text: renderPlan(sealed, { format: "text" }),
      fingerprint,
      isEmpty: isEmpty(plan),
      isApplyable: refusals.length === 0,
      summary: summarize(plan),
      refusals: refusals.map((refusal) => refusal.message),
    };
  } finally {
    progress.done();
  }
}

/** A plan from fresh reads, kept as the one that was shown last. Fails with words for people. */
export async function planAnew(
  session: Session,
  project: Project,
  organization: string,
  token: CancellationToken,
  report: (line: string) => void = () => {},
): Promise<SealedPlan> {
  const { plans, unplanned } = session;
  const attempt = await tryPlan(project, organization, token, report);
  for (const [known, shown] of plans)
    if (shown.project === project && shown.sealed.plan.organization.name === organization) plans.delete(known);
  if (typeof attempt === "string") {
    unplanned.set(planKey(project, organization), attempt);
    session.announceRows(project);
    throw failed(attempt);
  }
  unplanned.delete(planKey(project, organization));
  plans.set(attempt.fingerprint, { project, sealed: attempt });
  session.announceRows(project);
  return attempt;
}

/** The plan, or why there is none. */
async function tryPlan(
  { workspace }: Project,
  organization: string,
  token: CancellationToken,
  report: (line: string) => void,
): Promise<SealedPlan | string> {
  const unreadable = workspace.unreadable();
  // A plan from half of the files would take away what the other half gives.
  if (unreadable.length > 0)
    return `No plan while files cannot be read: ${unreadable.map(({ file, message }) => `${file} ${message}`).join("; ")}`;
  const attempt = await workspace.makePlan(organization, signalOf(token), (system, { what, done, total }) =>
    report(`${system}: ${what} ${done}${total === undefined ? "" : ` of ${total}`}`),
  );
  if (token.isCancellationRequested) return "Cancelled; nothing was changed";
  if ("missing" in attempt)
    return `No plan without live data: ${attempt.missing.map(({ system, message }) => `${system}: ${message}`).join("; ")}`;
  return attempt.sealed;
}
