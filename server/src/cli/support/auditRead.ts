/** What verbs for auditors share: a read made for them, with its progress. */

import type { Snapshot } from "../../core/analysis/snapshot.ts";
import type { TargetExtra } from "../../core/sync/connector.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { readOrEnd } from "./cancel.ts";
import type { Terminal } from "./terminal.ts";

export interface AuditRead {
  readonly cause: string;
  /** Parts that an ordinary read leaves out. */
  readonly include: readonly TargetExtra[];
}

/** Reads all systems afresh. What could not be read is unknown in the snapshot; Ctrl+C ends the command. */
export function readForAudit(
  workspace: Workspace,
  terminal: Terminal,
  { cause, include }: AuditRead,
): Promise<Snapshot> {
  return readOrEnd(terminal, (signal, onProgress) =>
    workspace.readAfresh({ cause, extras: { include } }, signal, onProgress),
  );
}
