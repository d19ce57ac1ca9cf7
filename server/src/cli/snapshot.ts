/** `accessmap snapshot`: writes what the systems hold, without people, for checks by those who have no credentials. */

import { join, resolve } from "node:path";
import { SNAPSHOT_FILE, saveSnapshot } from "../store/snapshotFile.ts";
import { readOrEnd } from "./support/cancel.ts";
import { EXIT, Exit, orUnwritable } from "./support/exit.ts";
import { openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface SnapshotOptions extends ProjectOptions {
  readonly out?: string;
}

/** Writes the whole file or, where one system could not be read at all, nothing. */
export async function snapshot(options: SnapshotOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const { file, unread, incomplete } = await readOrEnd(terminal, (signal, onProgress) =>
    workspace.takeSnapshot(signal, onProgress),
  );
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
