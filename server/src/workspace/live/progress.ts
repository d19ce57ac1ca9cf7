/** How a read goes, in words for people who wait for it. Pure. */

import type { ReadProgress } from "../../core/sync/connector.ts";

/** Called while a read goes on, e.g. for a progress line. */
export type OnReadProgress = (system: string, progress: ReadProgress) => void;

/** `320 of 1000 groups`; `320 groups so far` where nobody says how many there are. */
export function describeProgress({ what, done, total }: ReadProgress): string {
  if (done === undefined) return what;
  return total === undefined ? `${done} ${what} so far` : `${done} of ${total} ${what}`;
}

/** One line of what is still being read, for `report`: a system that is through says no more while another is at work. */
export function gatherProgress(report: (line: string) => void): OnReadProgress {
  const lines = new Map<string, string>();
  return (system, progress) => {
    const line = `${system}: ${describeProgress(progress)}`;
    if (progress.done !== undefined && progress.done === progress.total) lines.delete(system);
    else lines.set(system, line);
    report(lines.size === 0 ? line : [...lines.values()].join(", "));
  };
}

/** Of a request that waits for so many milliseconds, because its allowance is nearly used up. */
export function describeWait(ms: number): ReadProgress {
  return { what: `waits ${Math.ceil(ms / 1000)} s for its rate limit` };
}
