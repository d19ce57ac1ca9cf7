/** Keeps each origin within a few parallel requests, and holds requests back while a vendor's allowance is nearly used up. */

// p-limit: the smallest well-kept queue with a limit.
import pLimit, { type LimitFunction } from "p-limit";
import type { Cancellation, HttpResponse } from "../core/model/http.ts";
import { bucketOf, isLow, readAllowance } from "./rateLimit.ts";
import type { Budget } from "./retry.ts";

export interface Gate {
  /** Runs `task` when the origin of `url` has a free place. */
  run<T>(url: string, task: () => Promise<T>): Promise<T>;
  /** Waits while the allowance that `url` counts against is low. */
  pause(url: string, signal: Cancellation): Promise<void>;
  /** Learns from an answer. */
  note(url: string, response: HttpResponse): void;
}

export interface GateOptions {
  readonly clock: () => number;
  readonly sleep: (ms: number, signal: Cancellation) => Promise<void>;
  readonly budget: Budget;
}

export function createGate({ clock, sleep, budget }: GateOptions): Gate {
  const places = new Map<string, LimitFunction>();
  const closedUntil = new Map<string, number>();

  return {
    run(url, task) {
      const { origin } = new URL(url);
      const limit = places.get(origin) ?? pLimit(budget.parallel);
      places.set(origin, limit);
      return limit(task);
    },
    async pause(url, signal) {
      const wait = (closedUntil.get(bucketOf(url)) ?? 0) - clock();
      if (wait > 0) await sleep(Math.min(wait, budget.pauseMs), signal);
    },
    note(url, response) {
      const bucket = bucketOf(url);
      const allowance = readAllowance(response.headers, clock());
      if (allowance && isLow(allowance)) closedUntil.set(bucket, clock() + allowance.resetMs);
      else closedUntil.delete(bucket);
    },
  };
}
