/**
 * Applies a sealed plan from a workspace: same files as planned, one applier, one journal, one writer; finishes or closes
 * an apply that was interrupted. Editor and command line share it.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../core/model/thrown.ts";
import {
  type ApplyEvent,
  type ApplyOutcome,
  applyPlan,
  READ_BACK_PATIENCE,
  STEPS_AT_ONCE,
} from "../core/sync/apply/apply.ts";
import { adding } from "../core/sync/apply/outcome.ts";
import { liftingWaivers } from "../core/sync/guards/waivers.ts";
import type { JournalState } from "../core/sync/journal/journal.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { type Begun, clearBegun, hasBegun, markBegun } from "../store/begun.ts";
import { dropPlan, type Interrupted, keepPlan, keptPlan } from "../store/interrupted.ts";
import {
  type JournalFile,
  type JournalOptions,
  journalFolderOf,
  journalPath,
  openJournal,
  reopenJournal,
} from "../store/journalFile.ts";
import { startAfterAll } from "../store/journalList.ts";
import { markOwnJournal } from "../store/own.ts";
import { alone, type Refused } from "./alone.ts";
import { interruptedApply } from "./applies.ts";
import { describeInterrupted } from "./applyWords.ts";
import { whyGroupsMoved, whyOutdated } from "./outdated.ts";
import type { Workspace } from "./workspace.ts";

export type { Refused } from "./alone.ts";

export interface ApplyOptions {
  /** Waivers as in `--allow`. */
  readonly waivers: readonly string[];
  readonly signal: AbortSignal;
  /** Steps under way at the same time, at most. */
  readonly atOnce?: number;
  readonly onEvent: (event: ApplyEvent) => void;
  /** The plan comes from a file, however old it is; who is in which groups is read again then. */
  readonly isSaved?: boolean;
  /** Something people should know that stops nobody. */
  readonly onNote?: (text: string) => void;
}

/** What came of it. `journal` is the path of the journal; undefined when nothing was begun. */
export interface Applied {
  readonly outcome: ApplyOutcome;
  readonly journal: string | undefined;
}

/** Performs the plan. Must be asked for by a person, or by `--yes`: nothing here asks again. */
export async function applySealed(
  workspace: Workspace,
  sealed: SealedPlan,
  options: ApplyOptions,
): Promise<Applied | Refused> {
  const outdated = whyOutdated(workspace, sealed);
  if (outdated) return { refused: outdated };
  const { name, id } = sealed.plan.organization;
  const moved = await whyGroupsMoved(workspace, sealed, options);
  if (moved) return { refused: moved };
  const waivers = liftingWaivers(sealed.plan, options.waivers);
  return alone(workspace, id, options, async () => {
    const interrupted = await interruptedApply(workspace, name);
    if (interrupted) return { refused: describeInterrupted(interrupted, now()) };
    const folder = await journalFolderOf(workspace.folder);
    const redact = redacts(workspace);
    const { fingerprint } = sealed;
    const startedAt = await startAfterAll(folder, now());
    const journal: JournalOptions = { folder, startedAt, organization: name, fingerprint, redact };
    const path = journalPath(journal);
    await keepPlan(path, sealed);
    if (workspace.applies) await markBegun(workspace.applies, { journal: path, fingerprint, waivers });
    return run(workspace, sealed, await openJournal(journal), { ...options, waivers });
  });
}

/**
 * The plan that an interrupted apply has still to finish, or why it cannot be. A drill keeps nothing outside its folder, and
 * can harm nobody.
 */
export async function planToResume(
  workspace: Workspace,
  { journal, start }: Interrupted,
): Promise<SealedPlan | Refused> {
  const sealed = await keptPlan(journal);
  const advice = "close the apply with --abandon and make a new plan";
  if ("error" in sealed) return { refused: `${sealed.error}; ${advice}` };
  const begun: Begun = { journal, fingerprint: sealed.fingerprint, waivers: start.waivers };
  if (workspace.applies && !(await hasBegun(workspace.applies, begun)))
    return {
      refused: `you did not begin the apply of ${journal} on this machine, so its plan may be anybody's; ${advice}`,
    };
  return sealed;
}

/** Finishes an interrupted apply: the same plan, the same waivers, the same journal. */
export async function resumeApply(
  workspace: Workspace,
  interrupted: Interrupted,
  options: Omit<ApplyOptions, "waivers">,
): Promise<Applied | Refused> {
  const { journal: path, start, state } = interrupted;
  const sealed = await planToResume(workspace, interrupted);
  if ("refused" in sealed) return sealed;
  const outdated = whyOutdated(workspace, sealed);
  if (outdated) return { refused: `${outdated}, after closing this apply with --abandon, or bring the files back` };
  return alone(workspace, start.organization.id, options, async () =>
    run(
      workspace,
      sealed,
      await reopenJournal(path, redacts(workspace)),
      { ...options, waivers: start.waivers },
      state,
    ),
  );
}

/** Closes an interrupted apply without writing to Datadog, and frees the organization also from somebody silent. */
export async function abandonApply(
  workspace: Workspace,
  organizationId: string,
  interrupted: Interrupted | undefined,
): Promise<{ readonly text: string } | Refused> {
  return alone(workspace, organizationId, { takesSilent: true }, () => close(workspace, interrupted));
}

async function close(workspace: Workspace, interrupted: Interrupted | undefined): Promise<{ readonly text: string }> {
  if (!interrupted) return { text: "No apply was interrupted; the organization is free." };
  const { journal: path, start, state } = interrupted;
  const unknown = state.inFlight.length === 0 ? "" : `; step ${state.inFlight.join(", ")} may or may not be written`;
  const text = `Abandoned after ${state.outcomes.size} of ${start.steps} steps${unknown}.`;
  const journal = await reopenJournal(path);
  try {
    await journal.append({ at: now(), event: "end", text, status: "abandoned" });
  } finally {
    await journal.close();
  }
  const begun: Begun = { journal: path, fingerprint: start.fingerprint, waivers: start.waivers };
  if (workspace.applies && (await hasBegun(workspace.applies, begun))) await markOwnJournal(path, workspace.applies);
  await drop(workspace, begun);
  return { text };
}

async function run(
  workspace: Workspace,
  sealed: SealedPlan,
  journal: JournalFile,
  options: ApplyOptions,
  resumed?: JournalState,
): Promise<Applied | Refused> {
  let told: Applied | Refused | undefined;
  try {
    told = await takePlan(workspace, sealed, journal, options, resumed);
  } finally {
    // What was written stays to be told, also where the disk is full by now.
    const unclosed = await closeJournal(workspace, sealed, journal, options);
    // Closing has removed a journal in which nothing was begun.
    if (told && "outcome" in told)
      told = {
        outcome: unclosed === undefined ? told.outcome : adding(told.outcome, unclosed),
        journal: journal.isEmpty() ? undefined : told.journal,
      };
  }
  return told;
}

async function takePlan(
  workspace: Workspace,
  sealed: SealedPlan,
  journal: JournalFile,
  options: ApplyOptions,
  resumed: JournalState | undefined,
): Promise<Applied | Refused> {
  const { organization } = sealed.plan;
  const writer = await workspace.openWriter(organization.name);
  if (!writer) return { refused: `accessmap.yaml has no organization "${organization.name}"` };
  const steps = applyPlan(sealed, {
    writer,
    journal,
    waivers: options.waivers,
    signal: options.signal,
    now,
    wait: (ms) => sleep(ms),
    readBackPatience: READ_BACK_PATIENCE,
    atOnce: options.atOnce ?? STEPS_AT_ONCE,
    ...(resumed && { resumed }),
  });
  for (;;) {
    const next = await steps.next();
    if (next.done) return { outcome: next.value, journal: journal.path };
    options.onEvent(next.value);
  }
}

/** Undefined when it is closed and on record, else why not. */
async function closeJournal(
  workspace: Workspace,
  sealed: SealedPlan,
  journal: JournalFile,
  { waivers }: ApplyOptions,
): Promise<string | undefined> {
  try {
    await journal.close();
    if (journal.hasEnded()) await markOwnJournal(journal.path, workspace.applies);
    if (journal.hasEnded() || journal.isEmpty())
      await drop(workspace, { journal: journal.path, fingerprint: sealed.fingerprint, waivers });
    return undefined;
  } catch (error) {
    return `The record could not be written: ${messageOf(error)}.`;
  }
}

/** Nothing is left to finish. */
async function drop({ applies }: Workspace, begun: Begun): Promise<void> {
  await dropPlan(begun.journal);
  if (applies) await clearBegun(applies, begun);
}

function redacts(workspace: Workspace): boolean {
  return workspace.snapshot().project?.content.safety.redactsJournal === true;
}

function now(): string {
  return new Date().toISOString();
}
