/** Does one thing at a time with a file, across processes. Loaded when there is something to guard. */

// proper-lockfile: a lock that survives crashes and network drives.
import { lock } from "proper-lockfile";

export interface MutexOptions {
  /** A process that died while it was alone is waited for no longer than this. */
  readonly staleMs: number;
  /** Times that somebody else's turn is waited for, with growing pauses. */
  readonly tries: number;
}

/**
 * Runs the task while nobody else is alone with `path`, which need not exist. Rejects when the turn never comes. Where the
 * machine stood still for `staleMs`, somebody else may have taken the turn over; the task goes on, since it cannot be
 * taken back, and what it answers counts.
 */
export async function alone<T>(path: string, { staleMs, tries }: MutexOptions, task: () => Promise<T>): Promise<T> {
  const retries = { retries: tries, minTimeout: 20, maxTimeout: 250 };
  let isOurs = true;
  const release = await lock(path, {
    realpath: false,
    stale: staleMs,
    retries,
    // Without this the library throws where nobody catches, which ends the process in the middle of its work (4.1.2).
    onCompromised: () => {
      isOurs = false;
    },
  });
  try {
    return await task();
  } finally {
    if (isOurs) await release();
  }
}
