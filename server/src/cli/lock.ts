/** `accessmap lock`: records the ids of what the files name, what this repository manages, and who has been adopted. */

import { join } from "node:path";
import { changesSinceReview, pinsOf } from "../core/analysis/pins.ts";
import { readLock, renderLock } from "../core/syntax/readLock.ts";
import { SHARED_FILE, writeWhole } from "../store/wholeFile.ts";
import { LOCK_FILE } from "../workspace/discover.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { EXIT, Exit, orUnwritable } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions, readWhole } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface LockOptions extends ProjectOptions {
  /** Organization to adopt: from then on apply may also remove. `true` means the only one. */
  readonly adopt?: string | true;
}

/**
 * Writes accessmap.lock from a whole read of everything, or nothing. With `adopt` the organization's apply may remove
 * from then on.
 */
export async function lock(options: LockOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenLock(workspace);
  await readWhole(
    workspace,
    terminal,
    "lock",
    "The lock was not written: it may only record what was read completely.",
  );
  const adopt =
    options.adopt === undefined
      ? undefined
      : chooseOrganization(workspace, options.adopt === true ? undefined : options.adopt).name;
  const before = workspace.texts().get(LOCK_FILE) ?? "";
  const snapshot = workspace.snapshot();
  const after = renderLock(pinsOf(snapshot, adopt === undefined ? {} : { adopt }));
  const waiting = changesSinceReview(snapshot).length;
  if (waiting > 0)
    terminal.note(
      `${waiting === 1 ? "One thing" : `${waiting} things`} changed since the last review: accessmap review`,
    );
  if (after === before) {
    terminal.print(`${LOCK_FILE} is up to date.`);
    return EXIT.clean;
  }
  await orUnwritable(LOCK_FILE, writeWhole(join(workspace.folder, LOCK_FILE), after, SHARED_FILE));
  terminal.print(`${LOCK_FILE} written. Review it and commit it with the change.`);
  if (adopt) terminal.print(`${adopt} is adopted: apply may now also remove what the files no longer give.`);
  return EXIT.clean;
}

/** A new lock in place of one that cannot be read would forget what is adopted, and take up what nobody has reviewed. */
export function refuseBrokenLock(workspace: Workspace): void {
  const unread = workspace.unreadable().find(({ file }) => file === LOCK_FILE);
  const [broken] = readLock(LOCK_FILE, workspace.texts().get(LOCK_FILE)).problems;
  const why = unread ? `${LOCK_FILE} ${unread.message}` : broken?.message;
  if (why === undefined) return;
  const anew = `to begin anew, with nothing adopted and nothing reviewed, delete it first`;
  throw new Exit(EXIT.usage, `Nothing was recorded: ${why}; ${anew}`);
}
