/** Google says "too many requests" with status 403 and a reason; here that becomes the 429 it means. */

import type { HttpResponse } from "../core/model/http.ts";
import { isRecord } from "../core/model/json.ts";

/** https://developers.google.com/workspace/admin/directory/v1/limits (2026-11). Every other 403 is a denial. */
const REASONS = new Set(["userRateLimitExceeded", "rateLimitExceeded", "quotaExceeded"]);

/** The same answer, with status 429 when it is a 403 whose reason is a limit. */
export function asThrottled(response: HttpResponse): HttpResponse {
  return response.status === 403 && reasonsOf(response.body).some((reason) => REASONS.has(reason))
    ? { ...response, status: 429 }
    : response;
}

function reasonsOf(body: string): readonly string[] {
  if (!body.includes("LimitExceeded") && !body.includes("quotaExceeded")) return [];
  try {
    const value: unknown = JSON.parse(body);
    const errors = isRecord(value) && isRecord(value.error) ? value.error.errors : undefined;
    if (!Array.isArray(errors)) return [];
    return errors.flatMap((entry) => (isRecord(entry) && typeof entry.reason === "string" ? [entry.reason] : []));
  } catch {
    return [];
  }
}
