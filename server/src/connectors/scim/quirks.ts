/** What SCIM services do that the standard does not say. Each entry names its date. */

import { numberOf, truthOf } from "./attributes.ts";

/** 2026-11: services cap pages at 20 to 1,000 rows without saying so, and move on by what they sent. */
export const PAGE_SIZE = 200;

/**
 * 2026-11: a filter on an attribute a service does not know is an error for some, everything for others and nothing for
 * others still. A value that no member can have tells the first two from a filter that works.
 */
export const NOBODY = "accessmap-nobody-has-this-id";

/** What a service says of itself, as far as it narrows what is asked. It is often missing or wrong, so it never widens. */
export interface Limits {
  readonly count: number;
  readonly canFilter: boolean;
}

export const DEFAULT_LIMITS: Limits = { count: PAGE_SIZE, canFilter: true };

/** Limits out of `/ServiceProviderConfig` (RFC 7643, 5; RFC 9865, 3). */
export function toLimits(config: unknown): Limits {
  const record = config as { readonly filter?: unknown; readonly pagination?: unknown } | undefined;
  const most = [numberOf(record?.pagination, "maxPageSize"), numberOf(record?.filter, "maxResults")];
  const stated = most.filter((number) => number !== undefined && number > 0) as readonly number[];
  return {
    count: Math.min(PAGE_SIZE, ...stated),
    canFilter: truthOf(record?.filter, "supported") !== false,
  };
}
