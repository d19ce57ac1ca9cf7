/** Moments as vendors write them. */

import type { Instant } from "../core/model/time.ts";

/** Years from which on a date means "never": Google gives keys without an end one in 9999. (2026-11) */
const NEVER_FROM = 9000;

/** A moment in any spelling with a time zone, as ISO text in UTC; undefined for anything else. */
export function instantOf(value: unknown): Instant | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The moment at which something ends; undefined where it never does. */
export function endOf(value: unknown): Instant | undefined {
  const end = instantOf(value);
  return end === undefined || new Date(end).getUTCFullYear() >= NEVER_FROM ? undefined : end;
}
