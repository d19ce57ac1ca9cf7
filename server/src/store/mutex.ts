/** Does one thing at a time with a file, across processes. Loaded when there is something to guard. */

// proper-lockfile: a lock that survives crashes and network drives.
import { lock } from "proper-lockfile";

export interface MutexOptions {
  /** A process that died while it was alone is waited for no longer than this. */
  readonly staleMs: number;
  /** Times that somebody else's turn is waited for, with growing pauses. */
  readonly tries: number;
}

/** Runs the task while nobody else is alone with `path`, which need not exist. Rejects when the turn never comes. */
export async function alone<T>(path: string, { staleMs, tries }: MutexOptions, task: () => Promise<T>): Promise<T> {
  const retries = { retries: tries, minTimeout: 20, maxTimeout: 250 };
  const release = await lock(path, { realpath: false, stale: staleMs, retries });
  try {
    return await task();
  } finally {
    await release();
  }
}
