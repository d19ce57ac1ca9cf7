/** The system's clock and timer, in the shape that the HTTP client takes; tests bring virtual ones. */

import type { Cancellation } from "../core/model/http.ts";

/** Milliseconds since 1970. */
export function systemClock(): number {
  return Date.now();
}

/** Resolves after `ms` milliseconds, or at once when cancelled. */
export function systemSleep(ms: number, signal: Cancellation): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener("abort", wake, { once: true });
  });
}
