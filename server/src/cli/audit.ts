/** What verbs for auditors share: a read made for them, with its progress. */

import type { Snapshot } from "../core/analysis/snapshot.ts";
import type { TargetExtra } from "../core/sync/connector.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { EXIT, Exit } from "./exit.ts";
import { cancelOnInterrupt, progressOf } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface AuditRead {
  readonly cause: string;
  /** Parts that an ordinary read leaves out. */
  readonly include: readonly TargetExtra[];
}

/** Reads all systems afresh. What could not be read is unknown in the snapshot; Ctrl+C ends the command. */
export async function readForAudit(
  workspace: Workspace,
  terminal: Terminal,
  { cause, include }: AuditRead,
): Promise<Snapshot> {
  const cancel = cancelOnInterrupt();
  const snapshot = await workspace
    .readAfresh({ cause, extras: { include } }, cancel.signal, progressOf(terminal))
    .finally(cancel.dispose);
  terminal.endProgress();
  if (cancel.signal.aborted) throw new Exit(EXIT.live, "Cancelled; nothing was written");
  return snapshot;
}
