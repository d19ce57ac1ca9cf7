/** `accessmap lock`: records the ids of what the files name, what this repository manages, and who has been adopted. */

import { join } from "node:path";
import { changesSinceReview, pinsOf } from "../core/analysis/pins.ts";
import { renderLock } from "../core/syntax/readLock.ts";
import { SHARED_FILE, writeWhole } from "../store/wholeFile.ts";
import { LOCK_FILE } from "../workspace/discover.ts";
import { EXIT, orUnwritable } from "./exit.ts";
import { chooseOrganization, openProject, type ProjectOptions, readWhole } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface LockOptions extends ProjectOptions {
  /** Organization to adopt: from then on apply may also remove. `true` means the only one. */
  readonly adopt?: string | true;
}

export async function lock(options: LockOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
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
