/**
 * Applies that did not come to their end. While one runs, its whole plan lies beside its journal, so that it can be
 * finished even when the plan was never saved, or its file is gone; the copy goes when the journal has its last line.
 */

import { access, unlink } from "node:fs/promises";
import { type JournalStart, type JournalState, journalState } from "../core/sync/journal/journal.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { readJournal } from "./journalFile.ts";
import { listJournals } from "./journalList.ts";
import { loadPlan, savePlan } from "./planFile.ts";

/** An apply whose journal begins and does not end. */
export interface Interrupted {
  readonly journal: string;
  readonly start: JournalStart;
  readonly state: JournalState;
}

/** Lays the plan beside the journal that is about to begin. Rejects with the system's error. */
export function keepPlan(journal: string, sealed: SealedPlan): Promise<void> {
  return savePlan(planBeside(journal), sealed);
}

/** The plan of an interrupted apply, or why there is none. */
export function keptPlan(journal: string): Promise<SealedPlan | { readonly error: string }> {
  return loadPlan(planBeside(journal));
}

/** For an apply that has ended, or never began. */
export async function dropPlan(journal: string): Promise<void> {
  await unlink(planBeside(journal)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** The latest interrupted apply of an organization, by its name; of any organization when none is given. */
export async function findInterrupted(folder: string, organization?: string): Promise<Interrupted | undefined> {
  for (const journal of [...(await listJournals(folder))].reverse()) {
    if (!(await exists(planBeside(journal)))) continue;
    const state = journalState(await readJournal(journal));
    const { start } = state;
    if (!start || state.ended) continue;
    if (organization === undefined || start.organization.name === organization) return { journal, start, state };
  }
  return undefined;
}

function planBeside(journal: string): string {
  return journal.replace(/\.jsonl$/, ".plan.json");
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
