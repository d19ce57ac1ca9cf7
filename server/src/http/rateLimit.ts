/** What vendors say about their rate limits, read from response headers. Pure; header names are lower case. */

export type Headers = Readonly<Record<string, string>>;

export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the allowance is filled again. */
  readonly resetMs: number;
}

/** A second on top of Okta's reset, because it is rounded to seconds. */
export const ROUNDING_MS = 1000;

/** Nobody resets in thirty years: from here on, seconds are counted from 1970, as gateways in between do. */
const EPOCH_FROM = 1e9;

/**
 * Milliseconds the answer asks to wait, or undefined when it does not say.
 * `Retry-After`: seconds, possibly fractional (Graph sends 2.128), or a date. `X-Rate-Limit-Reset`: Okta, epoch seconds,
 * compared with the server's own `Date` so that a wrong local clock does no harm
 * (https://developer.okta.com/docs/reference/rl-best-practices/, 2026-11). `X-RateLimit-Reset`: Datadog, seconds until
 * the reset (https://docs.datadoghq.com/api/latest/rate-limits/, 2026-09).
 */
export function readWait(headers: Headers, nowMs: number): number | undefined {
  const serverNow = readDate(headers.date) ?? nowMs;
  return readRetryAfter(headers["retry-after"], serverNow) ?? readReset(headers, serverNow);
}

/** The allowance after this answer, or undefined when the vendor sends none. A limit of 0 marks Okta's concurrency 429. */
export function readAllowance(headers: Headers, nowMs: number): Allowance | undefined {
  const limit = readNumber(headers["x-rate-limit-limit"] ?? headers["x-ratelimit-limit"]);
  const remaining = readNumber(headers["x-rate-limit-remaining"] ?? headers["x-ratelimit-remaining"]);
  const resetMs = readReset(headers, readDate(headers.date) ?? nowMs);
  return limit === undefined || remaining === undefined || resetMs === undefined
    ? undefined
    : { limit, remaining, resetMs };
}

/** True when few requests are left: less than a tenth of the limit. */
export function isLow(allowance: Pick<Allowance, "limit" | "remaining">): boolean {
  return allowance.limit > 0 && allowance.remaining < allowance.limit / 10;
}

/** The part of a URL that vendors count together: its path with ids blanked out. */
export function bucketOf(url: string): string {
  const { origin, pathname } = new URL(url);
  const parts = pathname.split("/").map((part) => (/\d/.test(part) && part.length >= 8 ? "*" : part));
  return origin + parts.join("/");
}

function readRetryAfter(value: string | undefined, serverNow: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1000;
  const date = readDate(value);
  return date === undefined ? undefined : Math.max(0, date - serverNow);
}

function readReset(headers: Headers, serverNow: number): number | undefined {
  const epoch = readNumber(headers["x-rate-limit-reset"]);
  if (epoch !== undefined) return Math.max(0, epoch * 1000 - serverNow) + ROUNDING_MS;
  const seconds = readNumber(headers["x-ratelimit-reset"]);
  if (seconds === undefined) return undefined;
  return seconds < EPOCH_FROM ? seconds * 1000 : Math.max(0, seconds * 1000 - serverNow) + ROUNDING_MS;
}

function readNumber(value: string | undefined): number | undefined {
  const text = value?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function readDate(value: string | undefined): number | undefined {
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
