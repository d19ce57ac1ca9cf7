/** Which keys and tokens are old, and which nobody uses, by the limits of the policy. */

import type { Policy } from "../model/project.ts";
import type { Credential } from "../model/target.ts";
import { dayOf, daysBetween, type Instant } from "../model/time.ts";

/** Days since an instant. */
export function daysSince(instant: Instant, now: Instant): number {
  return daysBetween(dayOf(instant), dayOf(now));
}

/**
 * Of one list, those that nobody used for longer than the policy allows. A key without a date of use was never used, if
 * the list has such dates at all.
 */
export function unusedKeys(
  keys: readonly Credential[],
  { credentials: { unused } }: Policy,
  now: Instant,
): readonly Credential[] {
  if (keys.every(({ lastUsedAt }) => lastUsedAt === undefined)) return [];
  return keys.filter(({ lastUsedAt, createdAt }) => {
    const last = lastUsedAt ?? createdAt;
    return last !== undefined && daysSince(last, now) > unused;
  });
}

/** Those that live for ever and are older than the policy allows. API keys permit nothing alone and are not among them. */
export function oldKeys(
  keys: readonly Credential[],
  { credentials: { age } }: Policy,
  now: Instant,
): readonly Credential[] {
  return keys.filter(
    ({ kind, expiresAt, createdAt }) =>
      kind !== "api-key" && expiresAt === undefined && createdAt !== undefined && daysSince(createdAt, now) > age,
  );
}
