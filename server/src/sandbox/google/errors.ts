/** Errors of Google's APIs: one object with the status, the message, and a reason that programs go by. 2026-11 */

import type { Context } from "hono";
import type { Dialect } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";

const REASONS: Readonly<Record<number, string>> = {
  400: "badRequest",
  401: "authError",
  403: "forbidden",
  404: "notFound",
  429: "rateLimitExceeded",
  500: "backendError",
  503: "backendError",
};

/** Reasons that are about quota, whatever the status: a 403 with one of them passes by itself. */
const USAGE = ["userRateLimitExceeded", "quotaExceeded", "rateLimitExceeded"];

/** `code` of the error is the reason; the status gives one otherwise. */
export const renderError: Dialect["renderError"] = (error: VendorError, context: Context) => {
  for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
  const reason = error.code ?? REASONS[error.status] ?? "backendError";
  const { message } = error;
  const errors = [{ message, domain: USAGE.includes(reason) ? "usageLimits" : "global", reason }];
  return context.json({ error: { code: error.status, message, errors } }, error.status as 400);
};

/** What Google says of a key that is nobody's. */
export function notFound(what: string): VendorError {
  return new VendorError(404, `Resource Not Found: ${what}`);
}

/** What Google says of a parameter that it cannot read. */
export function invalid(what: string): VendorError {
  return new VendorError(400, `Invalid Input: ${what}`, { code: "invalid" });
}

/** What Google says where a scope or the administrator's own right is missing. */
export function forbidden(): VendorError {
  return new VendorError(403, "Not Authorized to access this resource/api");
}
