/** `accessmap/plan`: a plan from fresh reads, shown before anything is applied, and kept for the apply that may follow. */

import type { CancellationToken } from "vscode-languageserver";
import { isEmpty, openRefusals, summarize } from "../../core/sync/makePlan.ts";
import type { SealedPlan } from "../../core/sync/plan.ts";
import { renderPlan } from "../../core/sync/render/plan.ts";
import { gatherProgress, type OnReadProgress } from "../../workspace/live/progress.ts";
import { describeReasons } from "../../workspace/noPlan.ts";
import type { PlanAttempt } from "../../workspace/workspace.ts";
import { chooseOrganization } from "../choose.ts";
import { failed, signalOf } from "../guard.ts";
import type { Project } from "../projects.ts";
import type { PlanParams, PlanResult } from "../protocol.ts";
import { planKey, type Session } from "../session.ts";

type Report = (line: string) => unknown;

/**
 * Reads what the plan rests on, which takes seconds to minutes; progress goes to the client's token. Fails when nothing
 * can be planned at all: a plan with refusals is a plan.
 */
export async function onPlan(session: Session, params: PlanParams, token: CancellationToken): Promise<PlanResult> {
  const { project, organization } = await chooseOrganization(session, params);
  return withProgress(session, organization, params.workDoneToken, async (report) =>
    toPlanResult(await planAnew(session, project, organization, token, report)),
  );
}

/** Planning an organization, with progress for people. */
export async function withProgress<T>(
  session: Session,
  organization: string,
  workDoneToken: string | number | undefined,
  work: (report: Report) => Promise<T>,
): Promise<T> {
  const progress = session.connection.window.attachWorkDoneProgress(workDoneToken);
  progress.begin(`Planning ${organization}`, undefined, "reading live systems", true);
  let isOver = false;
  try {
    // A read that somebody else waits for goes on after a plan was called off.
    return await work((line) => isOver || progress.report(line));
  } finally {
    isOver = true;
    progress.done();
  }
}

/** A plan from fresh reads, kept as the one that was shown last. Fails with words for people. */
export async function planAnew(
  session: Session,
  project: Project,
  organization: string,
  token: CancellationToken,
  report: Report = () => {},
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

async function tryPlan(
  { workspace }: Project,
  organization: string,
  token: CancellationToken,
  report: Report,
): Promise<SealedPlan | string> {
  return planLive(token, report, (signal, onProgress) => workspace.makePlan(organization, signal, onProgress));
}

/** The plan, or why there is none. */
export async function planLive(
  token: CancellationToken,
  report: Report,
  make: (signal: AbortSignal, onProgress: OnReadProgress) => Promise<PlanAttempt>,
): Promise<SealedPlan | string> {
  const attempt = await make(signalOf(token), gatherProgress(report));
  if (token.isCancellationRequested) return "Cancelled; nothing was changed";
  return "noPlan" in attempt ? describeReasons(attempt.noPlan) : attempt.sealed;
}

/** A plan as the client shows it. `isApplyable` is false as long as one guard refuses it: the editor lifts none. */
export function toPlanResult(sealed: SealedPlan): PlanResult {
  const { plan, fingerprint } = sealed;
  const refusals = openRefusals(plan, []);
  return {
    organization: plan.organization.name,
    organizationTitle: plan.organization.title,
    text: renderPlan(sealed, { format: "text" }),
    fingerprint,
    isEmpty: isEmpty(plan),
    isApplyable: refusals.length === 0,
    summary: summarize(plan),
    refusals: refusals.map((refusal) => refusal.message),
  };
}
