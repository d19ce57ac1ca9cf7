/** What earlier applies did, as their journals tell it: what undo takes back, and what drift is measured against. */

import { basename } from "node:path";
import { messageOf } from "../core/model/thrown.ts";
import {
  type JournalState,
  journalState,
  type KeptApply,
  type LatestApplies,
  type RecordedApply,
} from "../core/sync/journal/journal.ts";
import { JOURNAL_FOLDER, readJournal } from "./journalFile.ts";
import { listJournals } from "./journalList.ts";

/** Applies to an organization that wrote something or may have, the latest first. Reads one journal at a time, on demand. */
export async function* recordedApplies(folder: string, organization: string): AsyncGenerator<KeptApply> {
  for (const path of [...(await listJournals(folder))].reverse()) {
    const state = journalState(await readJournal(path));
    if (state.start?.organization.name !== organization) continue;
    if (hasWritten(state)) yield { start: state.start, state, journal: `${JOURNAL_FOLDER}/${basename(path)}` };
  }
}

/** Older ones say little about who changed what since. */
const MOST_RECENT = 20;

/**
 * The last applies to an organization. A journal that cannot be read may have undone what older ones did, so nothing older
 * than it is told.
 */
export async function latestApplies(folder: string, organization: string): Promise<LatestApplies> {
  const applies: RecordedApply[] = [];
  try {
    for await (const apply of recordedApplies(folder, organization)) {
      applies.push(apply);
      if (applies.length >= MOST_RECENT) break;
    }
    return { applies };
  } catch (error) {
    return { applies, unread: messageOf(error) };
  }
}

function hasWritten({ outcomes, inFlight }: JournalState): boolean {
  return (
    inFlight.length > 0 || [...outcomes.values()].some(({ result }) => result === "done" || result === "unverified")
  );
}
