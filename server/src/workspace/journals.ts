/** Journals of a project as lists of applies, read only when somebody looks at them. */

import { basename, join } from "node:path";
import { type JournalState, journalState } from "../core/sync/journal/journal.ts";
import { JOURNAL_FOLDER, readJournal } from "../store/journalFile.ts";
import { listJournals } from "../store/journalList.ts";

export interface KnownJournal {
  /** Name of the journal's file. */
  readonly key: string;
  /** Path in the project folder. */
  readonly file: string;
  readonly state: JournalState;
}

/** Each costs reading a file. */
const MOST_JOURNALS = 50;

/** The last applies to an organization, the latest first, and how many journals were not looked at. */
export async function recentJournals(
  project: string,
  organization: string,
): Promise<{ readonly recorded: readonly KnownJournal[]; readonly older: number }> {
  const paths = [...(await listJournals(join(project, JOURNAL_FOLDER)))].reverse();
  const recorded: KnownJournal[] = [];
  for (const [index, path] of paths.entries()) {
    if (recorded.length === MOST_JOURNALS) return { recorded, older: paths.length - index };
    const state = await read(path);
    if (state?.start?.organization.name === organization) recorded.push(journalAt(path, state));
  }
  return { recorded, older: 0 };
}

/** One apply by the name of its journal; undefined when there is no such journal. */
export async function journalOf(project: string, key: string): Promise<JournalState | undefined> {
  const paths = await listJournals(join(project, JOURNAL_FOLDER));
  const path = paths.find((candidate) => basename(candidate) === key);
  return path === undefined ? undefined : read(path);
}

function journalAt(path: string, state: JournalState): KnownJournal {
  const key = basename(path);
  return { key, file: `${JOURNAL_FOLDER}/${key}`, state };
}

/** A journal that cannot be read is left out: others may still be of use. */
async function read(path: string): Promise<JournalState | undefined> {
  return readJournal(path).then(journalState, () => undefined);
}
