/** `accessmap/apply`: performs exactly the plan that was shown, with progress; cancelling stops between two steps. */

import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver";
import { messageOf } from "../../core/model/thrown.ts";
import type { ApplyEvent } from "../../core/sync/apply/apply.ts";
import { describeChange } from "../../core/sync/render/describeChange.ts";
import { renderOutcome } from "../../core/sync/render/outcome.ts";
import { type Applied, type ApplyOptions, applySealed, type Refused } from "../../workspace/applying.ts";
import { signalOf } from "../guard.ts";
import type { Project } from "../projects.ts";
import type { ApplyParams, ApplyResult } from "../protocol.ts";
import { keepView, type Session } from "../session.ts";

/**
 * `organization` is what the person confirmed, and must be the plan's. The plan is forgotten before its first write, so
 * a second request cannot apply it again. A refusal is a result, not an error.
 */
export async function onApply(
  session: Session,
  params: Partial<ApplyParams>,
  token: CancellationToken,
): Promise<ApplyResult> {
  const { plans, undos } = session;
  const shown = plans.get(params.fingerprint ?? "") ?? undos.get(params.fingerprint ?? "");
  if (!shown || shown.sealed.plan.organization.name !== params.organization)
    return refused("This plan is no longer known; make a new one");
  // A plan is applied once: whatever comes of it, the next one starts from what is live then.
  for (const known of [plans, undos]) known.delete(shown.sealed.fingerprint);
  keepView(session.views, shown);

  const { project, sealed } = shown;
  const { title } = sealed.plan.organization;
  return perform({ session, project, title, workDoneToken: params.workDoneToken }, token, (running) =>
    applySealed(project.workspace, sealed, { waivers: [], ...running }),
  );
}

interface About {
  readonly session: Session;
  readonly project: Project;
  /** Of the organization. */
  readonly title: string;
  readonly workDoneToken: string | number | undefined;
}

/** Runs an apply with progress, then reads the live systems again in the background. */
export async function perform(
  { session, project, title, workDoneToken }: About,
  token: CancellationToken,
  start: (running: Omit<ApplyOptions, "waivers">) => Promise<Applied | Refused>,
): Promise<ApplyResult> {
  const progress = session.connection.window.attachWorkDoneProgress(workDoneToken);
  progress.begin(`Syncing ${title}`, 0, "checking", true);
  const notes: string[] = [];
  try {
    const applied = await start({
      signal: signalOf(token),
      onEvent: (event) => report(progress, event),
      onNote: (text) => notes.push(text),
    });
    return "refused" in applied ? refused(applied.refused) : toResult(applied, notes);
  } finally {
    progress.done();
    project.workspace
      .refresh("apply")
      .catch((error: unknown) => session.log(`reading live systems after apply failed: ${messageOf(error)}`));
  }
}

function report(progress: WorkDoneProgressReporter, event: ApplyEvent): void {
  if (event.kind === "checking") progress.report(0, `checking ${event.facts} facts`);
  if (event.kind !== "step") return;
  const percentage = Math.floor(((event.step - 1) / event.steps) * 100);
  progress.report(percentage, `${event.step} of ${event.steps}: ${describeChange(event.change)}`);
}

function toResult({ outcome, journal }: Applied, notes: readonly string[]): ApplyResult {
  const { status, message, counts } = outcome;
  const hasJournal = status !== "refused" && journal !== undefined;
  return {
    done: counts.done + counts.already,
    failed: counts.failed + counts.unverified,
    skipped: counts.skipped,
    cancelled: status === "cancelled",
    message,
    ...(status === "refused" ? { refused: message } : {}),
    ...(hasJournal ? { journal } : {}),
    report: renderOutcome(outcome, [...notes, ...(hasJournal ? [`Journal: ${journal}`] : [])]),
  };
}

function refused(message: string): ApplyResult {
  const report = renderOutcome({ message: `Nothing was written: ${message}`, steps: [] });
  return { done: 0, failed: 0, skipped: 0, cancelled: false, message, refused: message, report };
}
