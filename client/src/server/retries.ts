/** When a read that failed is tried again by itself: soon at first, later and later while it goes on failing. Pure. */

import type { Failure } from "../../../server/src/core/model/knowledge.ts";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";

/** What may be over without anybody doing something in this window: a network, a busy vendor, a token that is valid again. */
const PASSING: readonly Failure["kind"][] = ["unreachable", "throttled", "incomplete", "malformed", "denied"];

const FIRST_MS = 5_000;
const LONGEST_MS = 10 * 60_000;

export interface Retries {
  /** True when it is time for another try. Asked every few seconds, with the systems as they are. */
  isDue(systems: readonly SystemStatus[], now: number): boolean;
}

/**
 * Asked often, answers true once for each try that is due; `now` is in milliseconds. Any read that goes well begins the
 * count anew.
 */
export function createRetries(): Retries {
  let tries = 0;
  let next: number | undefined;
  return {
    isDue(systems, now) {
      if (systems.some(({ state }) => state === "reading")) return false;
      if (!systems.some(({ failure }) => failure && mayPass(failure))) {
        [tries, next] = [0, undefined];
        return false;
      }
      next ??= now + Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
      if (now < next) return false;
      [tries, next] = [tries + 1, undefined];
      return true;
    },
  };
}

/** A refusal that no vendor spoke, in a workspace that is not trusted, stays until somebody trusts it. */
function mayPass({ kind, status }: Failure): boolean {
  return PASSING.includes(kind) && (kind !== "denied" || status !== undefined);
}
