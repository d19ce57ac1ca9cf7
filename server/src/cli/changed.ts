/** `check --changed`: tells findings apart that a commit of the repository has too, all files and live data considered. */

import { type KnownProblem, news } from "../core/analysis/news.ts";
import { countOf, fold } from "../core/analysis/words.ts";
import { organizationOf } from "../core/analysis/world.ts";
import type { Problem } from "../core/model/problem.ts";
import { SNAPSHOT_FILE } from "../store/snapshotFile.ts";
import { readText } from "../workspace/discover.ts";
import { GitFailure, openGit } from "../workspace/git.ts";
import { findBase, isSameText, movedModules, readPast, whyNothingNew } from "../workspace/past.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { EXIT, Exit } from "./support/exit.ts";

export interface Comparison {
  /** Hash of the commit. */
  readonly base: string;
  /** Present findings that the commit's files have too, judged with the live data at hand. */
  oldOnes(): ReadonlySet<Problem>;
  /** What readers must know about the comparison. */
  notes(hidden: number): readonly string[];
}

/**
 * Reads the files of a commit, or with `true` of the point where this branch left the main line. From then on the
 * workspace's rules about a change compare with them. Throws `Exit` when git cannot tell.
 */
export async function compareWith(workspace: Workspace, name: string | true): Promise<Comparison> {
  const past = await readBase(workspace, name).catch((error: unknown) => {
    if (error instanceof GitFailure) throw new Exit(EXIT.usage, `Cannot tell what changed: ${error.message}`);
    throw error;
  });
  workspace.compareTo(past.texts);
  const snapshotNow = await readText(workspace.folder, SNAPSHOT_FILE);
  const isOtherSnapshot = !isSameText(typeof snapshotNow === "string" ? snapshotNow : undefined, past.snapshot);
  return {
    base: past.commit,
    oldOnes() {
      // Without one of its files the commit seems to have findings that it has not, and those would hide new ones.
      if (past.unread.length > 0) return new Set();
      const now = known(workspace);
      const fresh = new Set(news(now, known(workspace.judge(past.texts))));
      return new Set(now.flatMap((each) => (fresh.has(each) ? [] : [each.problem])));
    },
    notes(hidden) {
      const isUsed = workspace.status().systems.some(({ snapshotAt }) => snapshotAt !== undefined);
      const commit = past.commit.slice(0, 12);
      return [
        ...(past.nothingNew === undefined ? [] : [past.nothingNew]),
        ...(past.unread.length > 0
          ? [`${fold(past.unread)} of commit ${commit} cannot be read here, so every finding counts as new`]
          : []),
        ...(hidden > 0
          ? [`${countOf(hidden, "finding")} not shown: commit ${commit} has ${hidden === 1 ? "it" : "them"} too`]
          : []),
        // Whoever may change the snapshot decides what the systems are believed to hold.
        ...(isUsed && isOtherSnapshot
          ? [
              `${SNAPSHOT_FILE} is another one than in commit ${commit}, and everything rests on the new one: review it too`,
            ]
          : []),
      ];
    },
  };
}

async function readBase({ folder, texts }: Workspace, name: string | true) {
  const git = await openGit(folder);
  const past = await readPast(git, await findBase(git, name === true ? undefined : name, process.env));
  const unread = [...past.unread, ...(await movedModules(git, past))];
  // Whoever names the commit knows what it is.
  return { ...past, unread, nothingNew: name === true ? await whyNothingNew(git, past, texts()) : undefined };
}

function known(of: Pick<Workspace, "problems" | "keys" | "snapshot">): readonly KnownProblem[] {
  const snapshot = of.snapshot();
  const heads = new Map(snapshot.files.map(({ file, head }) => [file, head]));
  return [...of.problems()].flatMap(([file, problems]) => {
    const keys = of.keys(file);
    const head = heads.get(file);
    const organization = head && organizationOf(snapshot, head)?.name;
    return problems.map((problem, index) => ({ problem, key: keys[index] ?? "", organization }));
  });
}
