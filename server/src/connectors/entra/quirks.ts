/** What Microsoft Graph does that its documentation does not say, or says only in passing. Each entry names its date. */

import type { Failure } from "../../core/model/knowledge.ts";

/** 2026-11: 999 is the most that `$top` takes for groups and members. */
export const PAGE_SIZE = 999;

/** 2026-11: a delta query of groups filters by ids alone, and by 50 at most. https://learn.microsoft.com/en-us/graph/api/group-delta */
export const IDS_PER_DELTA = 50;

/**
 * 2026-11: from so many questions on, following all groups of the tenant at once costs less, if a good part of them is
 * meant: the first answer then tells the direct members of every group.
 */
export const MOST_DELTAS = 5;

/**
 * 2026-11: without `Member.Read.Hidden` a group of this visibility looks empty, and there is no way to tell that from
 * being empty. Nothing is concluded about its members.
 */
export const HIDDEN = "HiddenMembership";

/** 2026-11: all other visibilities; null is what security groups have. */
export const OPEN: ReadonlySet<unknown> = new Set(["Public", "Private", null]);

/** 2026-11: ids of directory objects. Graph answers 400 and not 404 for a text that is none. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * 2026-11: delta links of directory objects live seven days. Then the answer is 410, or a 40x that names a lost sync state;
 * every other failure says nothing about the link. https://learn.microsoft.com/en-us/graph/delta-query-overview
 */
export function isExpiredDelta(failure: Failure): boolean {
  if (failure.kind !== "rejected") return false;
  return failure.status === 410 || /syncState|resync/i.test(failure.message);
}
