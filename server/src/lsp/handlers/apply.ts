/** `accessmap/apply`: performs exactly the plan that was shown, with progress; cancelling stops between two steps. */

import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver";
import { type ApplyEvent, type ApplyOutcome, applyPlan, READ_BACK_PATIENCE } from "../../core/sync/apply.ts";
import { describeChange } from "../../core/sync/describeChange.ts";
import { hashTexts } from "../../store/hash.ts";
import { JOURNAL_FOLDER, openJournal } from "../../store/journalFile.ts";
import { failed, signalOf } from "../guard.ts";
import type { ApplyParams, ApplyResult } from "../protocol.ts";
import type { Session, ShownPlan } from "../session.ts";

export async function onApply(session: Session, params: ApplyParams, token: CancellationToken): Promise<ApplyResult> {
  const shown = session.plans.get(params.fingerprint);
  if (!shown || shown.sealed.plan.organization.name !== params.organization)
    return refused("This plan is no longer known; make a new one");
  const moved = movedFiles(shown);
  if (moved.length > 0) return refused(`${moved.join(", ")} changed since the plan was made; make a new one`);
  // A plan is applied once: whatever comes of it, the next one starts from what is live then.
  session.plans.delete(params.fingerprint);

  const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
  progress.begin(`Syncing ${shown.sealed.plan.organization.title}`, 0, "checking", true);
  try {
    const { outcome, journal } = await perform(shown, signalOf(token), (event) => tell(progress, event));
    return toResult(outcome, journal);
  } finally {
    progress.done();
    void shown.project.workspace
      .refresh("apply")
      .catch((error: unknown) => session.log(`refresh failed: ${String(error)}`));
  }
}

async function perform({ project, sealed }: ShownPlan, signal: AbortSignal, report: (event: ApplyEvent) => void) {
  const { workspace, folder } = project;
  const { name } = sealed.plan.organization;
  const writer = workspace.openWriter(name);
  if (!writer) throw failed(`accessmap.yaml no longer names the organization "${name}"`);
  const now = () => new Date().toISOString();
  const journal = await openJournal({
    folder: join(folder, JOURNAL_FOLDER),
    startedAt: now(),
    organization: name,
    fingerprint: sealed.fingerprint,
  });
  try {
    const wait = (ms: number) => delay(ms);
    const run = applyPlan(sealed, {
      writer,
      journal,
      waivers: [],
      signal,
      now,
      wait,
      readBackPatience: READ_BACK_PATIENCE,
    });
    for (;;) {
      const next = await run.next();
      if (next.done) return { outcome: next.value, journal: journal.path };
      report(next.value);
    }
  } finally {
    await journal.close();
  }
}

function tell(progress: WorkDoneProgressReporter, event: ApplyEvent): void {
  if (event.kind === "checking") progress.report(0, `checking ${event.facts} facts`);
  if (event.kind === "step")
    progress.report(
      Math.floor(((event.step - 1) / event.steps) * 100),
      `${event.step} of ${event.steps}: ${describeChange(event.change)}`,
    );
}

function movedFiles({ project, sealed }: ShownPlan): readonly string[] {
  const then = sealed.plan.files;
  const now = hashTexts(project.workspace.texts());
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((file) => then[file] !== now[file]).sort();
}

function toResult({ status, message, counts }: ApplyOutcome, journal: string): ApplyResult {
  const wasStarted = status !== "refused";
  return {
    done: counts.done + counts.already,
    failed: counts.failed + counts.unverified,
    skipped: counts.skipped,
    cancelled: status === "cancelled",
    message: wasStarted ? `${message} Journal: ${journal}` : message,
    ...(wasStarted ? {} : { refused: message }),
  };
}

function refused(message: string): ApplyResult {
  return { done: 0, failed: 0, skipped: 0, cancelled: false, message, refused: message };
}
