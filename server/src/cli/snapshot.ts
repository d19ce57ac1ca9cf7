/** `accessmap snapshot`: writes what the systems hold, without people, for checks by those who have no credentials. */

import { join, resolve } from "node:path";
import { SNAPSHOT_FILE, saveSnapshot } from "../store/snapshotFile.ts";
import { EXIT, Exit, orUnwritable } from "./exit.ts";
import { cancelOnInterrupt, openProject, type ProjectOptions, progressOf } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface SnapshotOptions extends ProjectOptions {
  readonly out?: string;
}

export async function snapshot(options: SnapshotOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const cancel = cancelOnInterrupt();
  const { file, unread, incomplete } = await workspace
    .takeSnapshot(cancel.signal, progressOf(terminal))
    .finally(cancel.dispose);
  terminal.endProgress();
  if (cancel.signal.aborted) throw new Exit(EXIT.live, "Cancelled; nothing was written");
  if (unread.length > 0) {
    const reasons = unread.map(({ system, message }) => `  ${system}: ${message}`);
    throw new Exit(
      EXIT.live,
      `The snapshot was not written, because systems could not be read:\n${reasons.join("\n")}`,
    );
  }
  const path = options.out === undefined ? join(workspace.folder, SNAPSHOT_FILE) : resolve(options.out);
  await orUnwritable(path, saveSnapshot(path, file));
  for (const { system, message } of incomplete)
    terminal.note(
      `${system} was not read completely, so the snapshot cannot tell what does not exist there: ${message}`,
    );
  terminal.print(
    `${path} written. It names groups, roles and teams, and no people; commit it beside the mapping files.`,
  );
  return EXIT.clean;
}
