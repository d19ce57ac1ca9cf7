/** What came of reading a list page by page: the items so far, and the gap if anything is missing. */

import { complete, type Failure, type Knowledge, partial, unknown } from "../core/model/knowledge.ts";
import type { Instant } from "../core/model/time.ts";

export interface Listing<T> {
  readonly items: readonly T[];
  /** Present when the list is not known to be whole. */
  readonly gap?: Failure;
}

/**
 * A listing as knowledge, keyed by `keyOf`. With a gap and no item nothing is known; with a gap and items they are kept.
 * A later item replaces an earlier one with the same key.
 */
export function toKnowledge<T>(
  listing: Listing<T>,
  source: string,
  asOf: Instant,
  keyOf: (item: T) => string,
): Knowledge<T> {
  const items = new Map(listing.items.map((item) => [keyOf(item), item]));
  if (!listing.gap) return complete(source, asOf, items);
  return items.size === 0 ? unknown(listing.gap) : partial(source, asOf, items, listing.gap);
}

/** A list that is known to miss something. */
export function incomplete(system: string, message: string): Failure {
  return { kind: "incomplete", system, message };
}

/**
 * The items converted. One that is not what the vendor documents leaves the others standing and makes a gap, because
 * the list is then not wholly known.
 */
export function convertAll<T, U>(
  listing: Listing<T>,
  convert: (item: T) => U | undefined,
  system: string,
  what: string,
): Listing<U> {
  const items = listing.items.map((item) => tryConvert(convert, item)).filter((item) => item !== undefined);
  const lost = listing.items.length - items.length;
  if (lost === 0 || listing.gap) return { ...listing, items };
  const message = `${lost} of ${listing.items.length} ${what} from ${system} lack an id or another required field`;
  return { items, gap: { kind: "malformed", system, message } };
}

/** A field of another type than documented makes a conversion throw; the row is then as unreadable as one without id. */
function tryConvert<T, U>(convert: (item: T) => U | undefined, item: T): U | undefined {
  try {
    return convert(item);
  } catch {
    return undefined;
  }
}
