/** One applier at a time for each organization: a lock with its owner, shared by all editors and commands of one person. */

import { join } from "node:path";
import { type ApplyLock, findHolder, type HeldLock, lockPath, takeApplyLock } from "../store/applyLock.ts";
import { JOURNAL_FOLDER } from "../store/journalFile.ts";
import { describeHeld, describeLeft } from "./applyWords.ts";
import type { Workspace } from "./workspace.ts";

/** Why nothing was written. */
export interface Refused {
  readonly refused: string;
}

export interface AloneOptions {
  /** Something people should know that stops nobody. */
  readonly onNote?: (text: string) => void;
  /** Takes the lock from somebody silent as well. */
  readonly takesSilent?: boolean;
}

/** Runs the task while nobody else applies to the organization. What cannot be locked or journalled is not begun. */
export async function alone<T extends object>(
  workspace: Workspace,
  organizationId: string,
  { onNote, takesSilent = false }: AloneOptions,
  task: () => Promise<T | Refused>,
): Promise<T | Refused> {
  const about = { startedAt: now(), project: workspace.folder };
  let lock: ApplyLock | undefined;
  try {
    const attempt = await takeApplyLock(lockOf(workspace, organizationId), about, { takesSilent });
    if ("held" in attempt) return { refused: describeHeld(attempt.held, now()) };
    lock = attempt.lock;
    // An interrupted apply of this very project is refused by its journal; one of another folder is only told.
    if (attempt.left && attempt.left.project !== workspace.folder) onNote?.(describeLeft(attempt.left, now()));
    return await task();
  } catch (error) {
    const { message } = error as Error;
    const [what, or] = lock ? ["the journal", ""] : ["the lock of applies", ", or name another with ACCESSMAP_STORAGE"];
    return {
      refused: `${what} cannot be written (${message}), and nothing is changed without it. Make that place writable${or}`,
    };
  } finally {
    await lock?.release();
  }
}

/** Who is applying to the organization, if anybody is. */
export function holderOf(workspace: Workspace, organizationId: string): Promise<HeldLock | undefined> {
  return findHolder(lockOf(workspace, organizationId));
}

function lockOf({ applies, folder }: Workspace, organizationId: string): string {
  return lockPath(applies ?? join(folder, JOURNAL_FOLDER, ".."), organizationId);
}

function now(): string {
  return new Date().toISOString();
}
