/** What Okta does that its documentation does not say, or says only in passing. Each entry names its date. */

import type { PrincipalState } from "../../core/model/directory.ts";

/**
 * 2026-11: `limit` may be 10,000, but the vendor advises 200, and with `expand=stats` larger pages time out.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/
 */
export const PAGE_SIZE = 200;

/**
 * 2026-11: rows without statistics are cheap, so this many are asked for where only ids matter; 10,000 is the most. No
 * round number, because a list whose last page is full is read twice.
 */
export const BARE_PAGE_SIZE = 997;

/** 2026-11: long addresses are refused by gateways at about 2 KB, so ids are asked for 40 at a time. */
export const IDS_PER_REQUEST = 40;

/**
 * 2026-11: `search` lags some seconds behind writes, `filter` does not but knows only id, type and dates. Names can be
 * found through `search` alone; that a name is absent is therefore true as of a few seconds before the read.
 */
export const NAME_PARAMETER = "search";

/**
 * 2026-11: changes are asked for from ten minutes before the last read, because the clock here may be behind Okta's and
 * writes take a while to be found. Groups that are read twice for it do no harm.
 */
export const OVERLAP_MS = 10 * 60_000;

/**
 * 2026-11: people who are deactivated or suspended stay in their groups, so membership says nothing about access.
 * States are those of the user object. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
export const STATES: ReadonlyMap<string, PrincipalState> = new Map([
  ["ACTIVE", "active"],
  ["PASSWORD_EXPIRED", "active"],
  ["LOCKED_OUT", "active"],
  ["RECOVERY", "active"],
  ["STAGED", "staged"],
  ["PROVISIONED", "staged"],
  ["ACTIVATING", "staged"],
  ["SUSPENDED", "suspended"],
  ["DEPROVISIONED", "deactivated"],
]);

/**
 * 2026-11: whether `usersCount` counts deactivated people is not documented, and it lags. A list of members is doubted
 * only when it is empty against a count, or less than half of it and more than five people short.
 */
export function contradictsCount(listed: number, count: number): boolean {
  return (listed === 0 && count > 0) || (listed < count / 2 && count - listed > 5);
}

const SPAN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** 2026-11: the life of an API token is a span of days, or of hours and minutes. In milliseconds; undefined for others. */
export function spanOf(text: string | undefined): number | undefined {
  const match = SPAN.exec(text ?? "");
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
