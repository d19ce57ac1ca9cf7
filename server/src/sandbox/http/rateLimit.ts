/** Fixed windows of requests per bucket, as both vendors count them. */

export interface Window {
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in milliseconds since the epoch. */
  readonly resetsAt: number;
  /** False: this request is one too many. */
  readonly allowed: boolean;
}

export interface RateLimiter {
  /** Counts one request at `now` (milliseconds since the epoch), which may cost more than one unit. */
  count(bucket: string, limit: number, seconds: number, now: number, cost?: number): Window;
}

/** Windows begin with the first request in them, not on the wall clock's minute. Without `limited` nothing is ever one too many. */
export function createRateLimiter(limited = true): RateLimiter {
  const windows = new Map<string, { used: number; resetsAt: number }>();
  return {
    count(bucket, limit, seconds, now, cost = 1) {
      const known = windows.get(bucket);
      const window = known && known.resetsAt > now ? known : { used: 0, resetsAt: now + seconds * 1000 };
      windows.set(bucket, window);
      window.used += cost;
      const remaining = limited ? Math.max(0, limit - window.used) : limit;
      return { limit, remaining, resetsAt: window.resetsAt, allowed: !limited || window.used <= limit };
    },
  };
}
