/** Applies of a project as its journals tell them: the last ones, one that was interrupted, and who is at work. */

import { basename, join } from "node:path";
import { type KeptApply, type LatestApplies, type ToUndo, whatToUndo } from "../core/sync/journal/journal.ts";
import { latestApplies, recordedApplies } from "../store/applied.ts";
import { findInterrupted, type Interrupted } from "../store/interrupted.ts";
import { JOURNAL_FOLDER } from "../store/journalFile.ts";
import { holderOf } from "./alone.ts";
import { describeHeld, describeInterrupted } from "./applyWords.ts";
import type { Workspace } from "./workspace.ts";

/** The apply of this project that began and did not end; of any organization when none is named. */
export function interruptedApply(workspace: Workspace, organization?: string): Promise<Interrupted | undefined> {
  return findInterrupted(join(workspace.folder, JOURNAL_FOLDER), organization);
}

/** What an undo would take back; undefined where no apply of this project wrote anything to the organization. */
export function applyToUndo(workspace: Workspace, organization: string): Promise<ToUndo | undefined> {
  return whatToUndo(recordedApplies(join(workspace.folder, JOURNAL_FOLDER), organization));
}

/** The same for the apply that the journal of this name tells, whatever came after it; undefined where it is none of these. */
export function namedToUndo(workspace: Workspace, organization: string, journal: string): Promise<ToUndo | undefined> {
  return whatToUndo(from(recordedApplies(join(workspace.folder, JOURNAL_FOLDER), organization)));

  async function* from(applies: AsyncIterable<KeptApply>): AsyncGenerator<KeptApply> {
    let isFound = false;
    for await (const apply of applies) {
      isFound ||= basename(apply.journal) === basename(journal);
      if (isFound) yield apply;
    }
  }
}

/** The last applies of this project to the organization. */
export function recentApplies(workspace: Workspace, organization: string): Promise<LatestApplies> {
  return latestApplies(join(workspace.folder, JOURNAL_FOLDER), organization);
}

/** Why no apply may begin now, so that nobody plans and asks in vain; undefined when one may. */
export async function whyNotNow(workspace: Workspace, organization?: string): Promise<string | undefined> {
  const interrupted = await interruptedApply(workspace, organization);
  if (!interrupted) return undefined;
  return (await whoIsApplying(workspace, interrupted)) ?? describeInterrupted(interrupted, now());
}

/** In words who is at work on an apply without an end, if anybody is. */
export async function whoIsApplying(workspace: Workspace, { start }: Interrupted): Promise<string | undefined> {
  const holder = await holderOf(workspace, start.organization.id);
  return holder && describeHeld(holder, now());
}

function now(): string {
  return new Date().toISOString();
}
