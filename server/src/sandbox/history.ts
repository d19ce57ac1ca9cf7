/** The company as it was at several moments, for reads that lag behind. */

import type { Company } from "./company.ts";

/** How far a read lags: by time in milliseconds, or by a number of requests. */
export type Lag = { readonly ms: number } | { readonly requests: number };

export interface History {
  /** Keeps the company as it is now, and forgets what no read with one of these lags can see any more. */
  remember(company: Company, atMs: number, lags: readonly Lag[]): void;
  /** The company as it was so long ago; the oldest that is kept, where nothing is older. */
  recall(lag: Lag, nowMs: number): Company | undefined;
}

/** Moments older than the longest lag are dropped as soon as a newer one is there. */
export function createHistory(): History {
  const moments: { readonly atMs: number; readonly company: Company }[] = [];

  function indexOf(lag: Lag, nowMs: number): number {
    if ("requests" in lag) return Math.max(0, moments.length - 1 - lag.requests);
    return Math.max(
      0,
      moments.findLastIndex(({ atMs }) => atMs <= nowMs - lag.ms),
    );
  }

  return {
    remember(company, atMs, lags) {
      moments.push({ atMs, company: structuredClone(company) });
      moments.splice(0, Math.min(...lags.map((lag) => indexOf(lag, atMs))));
    },
    recall: (lag, nowMs) => moments[indexOf(lag, nowMs)]?.company,
  };
}
