/** Since when the mapping files give what they give, from git: for reviews, which ask how old a grant is. */

import { type Snapshot, takeSnapshot } from "../core/analysis/snapshot.ts";
import { type GrantHistory, grantHistory } from "../core/audit/review/since.ts";
import { GitFailure, openGit } from "../workspace/git.ts";
import { pastStates } from "../workspace/past.ts";

/** Commits to mapping files that are looked at, at most: a few seconds' work. */
const MOST_COMMITS = 1000;

/** The history, or why there is none, in words. */
export async function grantAges(folder: string, now: Snapshot): Promise<GrantHistory | { readonly why: string }> {
  try {
    const git = await openGit(folder);
    const isCut = await git.isShallow();
    const history = await grantHistory(now, snapshots(), (commits) => commits < MOST_COMMITS && !isCut);
    return history.commits === 0 ? { why: "no commit has these files" } : history;

    async function* snapshots() {
      let before: Snapshot | undefined;
      for await (const { committedAt, parts } of pastStates(git, MOST_COMMITS)) {
        before = takeSnapshot({ ...now, ...parts }, before);
        yield { committedAt, snapshot: before };
      }
    }
  } catch (error) {
    if (error instanceof GitFailure) return { why: error.message };
    throw error;
  }
}
