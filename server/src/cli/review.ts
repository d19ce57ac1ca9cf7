/** `accessmap review`: what changed since somebody last looked, and the record that somebody has. */

import { join } from "node:path";
import { changesSinceReview, pinsOf } from "../core/analysis/pins.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { renderLock } from "../core/syntax/readLock.ts";
import { SHARED_FILE, writeWhole } from "../store/wholeFile.ts";
import { LOCK_FILE } from "../workspace/discover.ts";
import { refuseBrokenLock } from "./lock.ts";
import { EXIT, orUnwritable } from "./support/exit.ts";
import { openProject, type ProjectOptions, readWhole } from "./support/project.ts";
import { confirm } from "./support/prompt.ts";
import type { Terminal } from "./support/terminal.ts";

export interface ReviewOptions extends ProjectOptions {
  readonly yes?: boolean;
}

/**
 * Shows the changes, asks, and writes the review into accessmap.lock. It rests on a whole read, or nothing is recorded.
 */
export async function review(options: ReviewOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenLock(workspace);
  await readWhole(workspace, terminal, "review", "Nothing was recorded: a review rests on what was read completely.");
  const snapshot = workspace.snapshot();
  const changes = changesSinceReview(snapshot);
  const first = neverReviewed(snapshot);
  if (first.length > 0) terminal.print(`No review of ${first.join(", ")} is on record; this is the first.`);
  if (changes.length === 0 && first.length === 0) terminal.print("Nothing changed since the last review.");
  for (const change of changes) terminal.print(`  ${change}`);
  const after = renderLock(pinsOf(snapshot, { isReview: true }));
  if (after === workspace.texts().get(LOCK_FILE)) return EXIT.clean;
  await confirm(
    "Have you looked at this, and may it be recorded as reviewed?",
    options,
    terminal,
    "Nothing was recorded",
  );
  await orUnwritable(LOCK_FILE, writeWhole(join(workspace.folder, LOCK_FILE), after, SHARED_FILE));
  terminal.print(`${LOCK_FILE} records this review. Commit it.`);
  return EXIT.clean;
}

/** Organizations with roles on record whose content nobody has reviewed, so that nothing can be said of changes. */
function neverReviewed({ project, lock }: Snapshot): readonly string[] {
  return [...(project?.content.organizations.keys() ?? [])].filter(
    (name) => lock.organizations.get(name)?.reviewed === undefined,
  );
}
