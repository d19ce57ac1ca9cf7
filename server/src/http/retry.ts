/** When a request may be sent again, and after how long. Pure. */

import type { HttpRequest, HttpResponse } from "../core/model/http.ts";
import { ROUNDING_MS, readAllowance, readWait } from "./rateLimit.ts";

export interface Budget {
  /** Times a request is sent at most. */
  readonly tries: number;
  /** Longest single wait; when a vendor asks for more, the request fails at once. */
  readonly pauseMs: number;
  /** Longest time from a request's first try to its last, so that a host that never answers does not hold a refresh for minutes. */
  readonly totalMs: number;
  /** Requests under way at the same time, per origin. */
  readonly parallel: number;
}

/**
 * Okta advises against more than a few parallel requests: an organization has 75 in all, 35 on small plans. It counts by the
 * minute, which may be a whole one away, and a pause is that and what rounding adds (2026-11).
 */
export const DEFAULT_BUDGET: Budget = { tries: 5, pauseMs: 60_000 + ROUNDING_MS, totalMs: 125_000, parallel: 4 };

const BASE_MS = 500;
const READ_AGAIN = new Set([408, 429, 500, 502, 503, 504]);

/**
 * `response` is undefined after a network error or a timeout. Milliseconds until the next try, or undefined when there must not be one. Reads are repeated after network errors, 408,
 * 429 and 5xx. A PUT, PATCH or DELETE is repeated only when the vendor says that it did not act: 429, or 503 with a
 * `Retry-After`. A POST is never repeated here: its caller must first look for what it may have created.
 */
export function retryDelay(
  method: HttpRequest["method"],
  response: HttpResponse | undefined,
  attempt: number,
  time: { readonly nowMs: number; readonly random: () => number },
  budget: Budget,
): number | undefined {
  if (attempt + 1 >= budget.tries || !mayRepeat(method, response)) return undefined;
  const backoff = time.random() * Math.min(budget.pauseMs, BASE_MS * 2 ** attempt);
  if (!response) return backoff;
  const wait = readWait(response.headers, time.nowMs);
  if (wait === undefined || isConcurrencyLimit(response, time.nowMs)) return backoff;
  return wait > budget.pauseMs ? undefined : Math.max(wait, backoff);
}

function mayRepeat(method: HttpRequest["method"], response: HttpResponse | undefined): boolean {
  if (method === "POST") return false;
  if (method === "GET") return !response || READ_AGAIN.has(response.status);
  return response?.status === 429 || (response?.status === 503 && response.headers["retry-after"] !== undefined);
}

/** Okta's 429 for too many parallel requests has a limit of 0; its reset is no promise, so ordinary backoff applies. */
function isConcurrencyLimit(response: HttpResponse, nowMs: number): boolean {
  return response.status === 429 && readAllowance(response.headers, nowMs)?.limit === 0;
}
