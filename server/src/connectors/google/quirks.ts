/** What Google's Directory API does that its documentation does not say, or says only in passing. Each entry names its date. */

import type { Failure } from "../../core/model/knowledge.ts";

/** 2026-11: the most that `maxResults` takes; more is silently less. */
export const GROUPS_PER_PAGE = 200;
export const MEMBERS_PER_PAGE = 200;
export const USERS_PER_PAGE = 500;

/** 2026-11: the row that stands for everybody in the domain; it has no address. */
export const EVERYBODY = "CUSTOMER";

/** 2026-11: somebody of the customer. What is of no known type may be a group. */
export const PERSON = "USER";

/** 2026-11: somebody with an address elsewhere, of whom Google knows nothing else. */
export const OUTSIDER = "EXTERNAL";

/** 2026-11: the count lags, so a list is doubted only when it is empty against it, or far shorter. */
export function contradictsCount(listed: number, count: number): boolean {
  return (listed === 0 && count > 0) || (listed < count / 2 && count - listed > 5);
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /domain cannot use apis|edition|not licensed/i,
    "the edition of this Google account lacks the interface; it is not a matter of permissions",
  ],
  [
    /has not been used|is disabled|accessNotConfigured/i,
    "the Admin SDK API is not enabled in the project of the service account",
  ],
  [
    /not authorized to access this resource/i,
    "the administrator it acts for may not read groups and users, or belongs to another customer",
  ],
];

/** A denial with what is behind it, as far as Google's words tell. */
export function explainDenial(failure: Failure): Failure {
  if (failure.kind !== "denied") return failure;
  const advice = ADVICE.find(([pattern]) => pattern.test(failure.message))?.[1];
  return advice === undefined ? failure : { ...failure, message: `${failure.message}. Probably ${advice}` };
}

/**
 * 2026-11: owners always, and managers unless an owner took it from them, add members.
 * https://support.google.com/a/answer/167094
 */
export const MAY_ADD: ReadonlySet<string> = new Set(["OWNER", "MANAGER"]);
