/** Keeps each origin within a few parallel requests, and holds requests back while a vendor's allowance is nearly used up. */

// p-limit: the smallest well-kept queue with a limit.
import pLimit, { type LimitFunction } from "p-limit";
import type { Cancellation, HttpResponse } from "../core/model/http.ts";
import { bucketOf, isLow, readAllowance } from "./rateLimit.ts";
import type { Budget } from "./retry.ts";

export interface Gate {
  /** Runs `task` when the origin of `url` has a free place. */
  run<T>(url: string, task: () => Promise<T>): Promise<T>;
  /** Waits while the allowance that `url` counts against is low. `onWait` hears for how many milliseconds. */
  pause(url: string, signal: Cancellation, onWait?: (ms: number) => void): Promise<void>;
  /** Learns from an answer. */
  note(url: string, response: HttpResponse): void;
}

/** An allowance as some process of this machine saw it; times are milliseconds since 1970. */
export interface SeenAllowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: number;
  readonly seenAt: number;
}

/** What other processes of this machine saw of the same allowances. Must never reject and never wait for anything slow. */
export interface SharedAllowances {
  find(bucket: string): Promise<SeenAllowance | undefined>;
  note(bucket: string, seen: SeenAllowance, isUrgent: boolean): void;
}

export interface GateOptions {
  readonly shared?: SharedAllowances | undefined;
  readonly clock: () => number;
  readonly sleep: (ms: number, signal: Cancellation) => Promise<void>;
  readonly budget: Budget;
}

/**
 * One gate for all origins of a process. A pause never lasts longer than the budget's `pauseMs`; `shared` joins what
 * other processes have seen of the same allowance.
 */
export function createGate({ clock, sleep, budget, shared }: GateOptions): Gate {
  const places = new Map<string, LimitFunction>();
  const closedUntil = new Map<string, number>();

  return {
    run(url, task) {
      const { origin } = new URL(url);
      const limit = places.get(origin) ?? pLimit(budget.parallel);
      places.set(origin, limit);
      return limit(task);
    },
    async pause(url, signal, onWait = () => {}) {
      const bucket = bucketOf(url);
      const seen = await shared?.find(bucket);
      const closedElsewhere = seen && isLow(seen) ? seen.resetAt : 0;
      const wait = Math.max(closedUntil.get(bucket) ?? 0, closedElsewhere) - clock();
      if (wait <= 0) return;
      const ms = Math.min(wait, budget.pauseMs);
      onWait(ms);
      await sleep(ms, signal);
    },
    note(url, response) {
      const bucket = bucketOf(url);
      const seenAt = clock();
      const allowance = readAllowance(response.headers, seenAt);
      if (allowance && isLow(allowance)) closedUntil.set(bucket, seenAt + allowance.resetMs);
      else closedUntil.delete(bucket);
      if (!allowance) return;
      const { limit, remaining, resetMs } = allowance;
      shared?.note(bucket, { limit, remaining, resetAt: seenAt + resetMs, seenAt }, isLow(allowance));
    },
  };
}
