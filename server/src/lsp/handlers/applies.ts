/** Applies of the past: what can be finished, closed or undone, and doing so. */

import type { CancellationToken } from "vscode-languageserver";
import { applyToUndo, interruptedApply, whoIsApplying, whyNotNow } from "../../workspace/applies.ts";
import { abandonApply, planToResume, resumeApply } from "../../workspace/applying.ts";
import { howFar } from "../../workspace/applyWords.ts";
import { chooseOrganization } from "../choose.ts";
import { failed } from "../guard.ts";
import type { AbandonResult, AppliesResult, ResumeParams, UndoParams } from "../protocol/planView.ts";
import type { ApplyResult, PlanResult, Target } from "../protocol.ts";
import { keepView, type Session } from "../session.ts";
import { perform } from "./apply.ts";
import { planLive, toPlanResult, withProgress } from "./plan.ts";

/**
 * What can be offered now: nothing but `busy` while somebody applies, an interrupted apply before anything else, and
 * else the last one as what can be undone. `steps` and `left` count writes.
 */
export async function onApplies(session: Session, params: Partial<Target>): Promise<AppliesResult> {
  const { project, organization } = await chooseOrganization(session, params);
  const interrupted = await interruptedApply(project.workspace, organization);
  const busy = interrupted && (await whoIsApplying(project.workspace, interrupted));
  const last = interrupted ? undefined : await applyToUndo(project.workspace, organization);
  return {
    ...(busy === undefined ? {} : { busy }),
    ...(interrupted && busy === undefined
      ? {
          interrupted: {
            message: `The apply to ${organization}, begun ${howFar(interrupted, new Date().toISOString())}.`,
            steps: interrupted.start.steps,
            left: interrupted.start.steps - interrupted.state.outcomes.size,
          },
        }
      : {}),
    ...(last ? { lastAt: last.apply.start.at } : {}),
  };
}

/** The plan that resuming would go on with, as it was sealed then. No live system is read, and nothing is begun. */
export async function onInterruptedPlan(session: Session, params: Partial<Target>): Promise<PlanResult> {
  const { project, interrupted } = await findInterrupted(session, params, "resume");
  const sealed = await planToResume(project.workspace, interrupted);
  if ("refused" in sealed) throw failed(`Nothing can be resumed: ${sealed.refused}`);
  keepView(session.views, { project, sealed });
  return toPlanResult(sealed);
}

/** Goes on with an interrupted apply, told of and cancelled like any other. */
export async function onResume(
  session: Session,
  params: Partial<ResumeParams>,
  token: CancellationToken,
): Promise<ApplyResult> {
  const { project, organization, interrupted } = await findInterrupted(session, params, "resume");
  const about = { session, project, title: organization, workDoneToken: params.workDoneToken };
  return perform(about, token, (running) => resumeApply(project.workspace, interrupted, running));
}

async function findInterrupted(session: Session, params: Partial<Target>, verb: string) {
  const { project, organization } = await chooseOrganization(session, params);
  const interrupted = await interruptedApply(project.workspace, organization);
  if (!interrupted) throw failed(`There is nothing to ${verb}: no apply to ${organization} was interrupted`);
  return { project, organization, interrupted };
}

/** Closes the journal of an interrupted apply; nothing is sent to a vendor, and what was written stays. */
export async function onAbandon(session: Session, params: Partial<Target>): Promise<AbandonResult> {
  const { project, interrupted } = await findInterrupted(session, params, "abandon");
  const abandoned = await abandonApply(project.workspace, interrupted.start.organization.id, interrupted);
  if ("refused" in abandoned) throw failed(abandoned.refused);
  return { message: abandoned.text };
}

/**
 * A plan that reverses the last apply, from fresh reads. It is kept for `accessmap/apply`, in place of any undo made
 * before.
 */
export async function onUndo(
  session: Session,
  params: Partial<UndoParams>,
  token: CancellationToken,
): Promise<PlanResult> {
  const { project, organization } = await chooseOrganization(session, params);
  const { workspace } = project;
  const obstacle = await whyNotNow(workspace, organization);
  if (obstacle) throw failed(`No undo now: ${obstacle}`);
  const last = await applyToUndo(workspace, organization);
  if (!last) throw failed(`There is nothing to undo: no apply to ${organization} is recorded in this project's folder`);
  const attempt = await withProgress(session, organization, params.workDoneToken, (report) =>
    planLive(token, report, (signal, onProgress) => workspace.makeUndo(organization, last, signal, onProgress)),
  );
  if (typeof attempt === "string") throw failed(attempt);
  session.undos.clear();
  session.undos.set(attempt.fingerprint, { project, sealed: attempt });
  return toPlanResult(attempt);
}
