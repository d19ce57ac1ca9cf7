/** Which keys, tokens and secrets are old, which nobody uses, and which are about to end, by the limits of the policy. */

import type { DirectoryCredentialKind } from "../../model/directory.ts";
import type { Policy } from "../../model/project.ts";
import type { CredentialKind } from "../../model/target.ts";
import { dayOf, daysBetween, type Instant } from "../../model/time.ts";

/** What ages need to know of a credential, whoever issued it. */
export interface AgingCredential {
  readonly kind: CredentialKind | DirectoryCredentialKind;
  readonly createdAt?: Instant;
  readonly lastUsedAt?: Instant;
  readonly expiresAt?: Instant;
}

/** A key, token or certificate that ends within so many days is about to stop something. */
const SOON_DAYS = 14;

/** Days since an instant. */
export function daysSince(instant: Instant, now: Instant): number {
  return daysBetween(dayOf(instant), dayOf(now));
}

/**
 * Of one list, those that nobody used for longer than the policy allows. A key without a date of use was never used, if
 * the list has such dates at all.
 */
export function unusedKeys<T extends AgingCredential>(
  keys: readonly T[],
  { credentials: { unused } }: Policy,
  now: Instant,
): readonly T[] {
  if (keys.every(({ lastUsedAt }) => lastUsedAt === undefined)) return [];
  return keys.filter(({ lastUsedAt, createdAt }) => {
    const last = lastUsedAt ?? createdAt;
    return last !== undefined && daysSince(last, now) > unused;
  });
}

/**
 * Those that are older than the policy allows. What ends by itself is not among them, unless it is a client secret: Entra
 * lets nobody make one without an end, and that may be years away.
 */
export function oldKeys<T extends AgingCredential>(
  keys: readonly T[],
  { credentials: { age } }: Policy,
  now: Instant,
): readonly T[] {
  return keys.filter(({ kind, expiresAt, createdAt }) => {
    const isExcused = expiresAt !== undefined && kind !== "client-secret";
    return !isExcused && createdAt !== undefined && daysSince(createdAt, now) > age;
  });
}

/** Days until it ends, negative when it has; undefined unless that is over or within a fortnight. */
function daysToSoonEnd({ expiresAt }: AgingCredential, now: Instant): number | undefined {
  if (expiresAt === undefined) return undefined;
  const left = -daysSince(expiresAt, now);
  return left <= SOON_DAYS ? left : undefined;
}

/** What there is to say of its end. */
export function describeEnd(credential: AgingCredential, now: Instant): readonly string[] {
  const left = daysToSoonEnd(credential, now);
  if (left === undefined) return [];
  if (left < 0) return ["has ended; delete it"];
  return [left === 0 ? "ends today" : left === 1 ? "ends in 1 day" : `ends in ${left} days`];
}
