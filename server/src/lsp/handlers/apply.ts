/** `accessmap/apply`: performs exactly the plan that was shown, with progress; cancelling stops between two steps. */

import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver";
import type { ApplyEvent } from "../../core/sync/apply.ts";
import { describeChange } from "../../core/sync/describeChange.ts";
import { type Applied, applySealed } from "../../workspace/applying.ts";
import { signalOf } from "../guard.ts";
import type { ApplyParams, ApplyResult } from "../protocol.ts";
import type { Session } from "../session.ts";

export async function onApply(
  session: Session,
  params: Partial<ApplyParams>,
  token: CancellationToken,
): Promise<ApplyResult> {
  const shown = session.plans.get(params.fingerprint ?? "");
  if (!shown || shown.sealed.plan.organization.name !== params.organization)
    return refused("This plan is no longer known; make a new one");
  // A plan is applied once: whatever comes of it, the next one starts from what is live then.
  session.plans.delete(shown.sealed.fingerprint);

  const { project, sealed } = shown;
  const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
  progress.begin(`Syncing ${sealed.plan.organization.title}`, 0, "checking", true);
  try {
    const applied = await applySealed(project.workspace, sealed, {
      waivers: [],
      signal: signalOf(token),
      onEvent: (event) => report(progress, event),
    });
    return "refused" in applied ? refused(applied.refused) : toResult(applied);
  } finally {
    progress.done();
    project.workspace
      .refresh("apply")
      .catch((error: unknown) => session.log(`reading live systems after apply failed: ${String(error)}`));
  }
}

function report(progress: WorkDoneProgressReporter, event: ApplyEvent): void {
  if (event.kind === "checking") progress.report(0, `checking ${event.facts} facts`);
  if (event.kind !== "step") return;
  const percentage = Math.floor(((event.step - 1) / event.steps) * 100);
  progress.report(percentage, `${event.step} of ${event.steps}: ${describeChange(event.change)}`);
}

function toResult({ outcome: { status, message, counts }, journal }: Applied): ApplyResult {
  return {
    done: counts.done + counts.already,
    failed: counts.failed + counts.unverified,
    skipped: counts.skipped,
    cancelled: status === "cancelled",
    message: status === "refused" || journal === undefined ? message : `${message} Journal: ${journal}`,
    ...(status === "refused" ? { refused: message } : {}),
  };
}

function refused(message: string): ApplyResult {
  return { done: 0, failed: 0, skipped: 0, cancelled: false, message, refused: message };
}
