/** SCIM lists: pages that start at 1, and the few filters Datadog knows. */

import { type Filter, parse } from "scim2-parse-filter";
import type { DatadogContext } from "../datadog/caller.ts";
import { intOf } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";

export const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** One page. 2026-08: `count` defaults to 20; an upper limit is not published, so whatever is asked for is answered. */
export function listOf<T>(context: DatadogContext, rows: readonly T[]) {
  // RFC 7644, 3.4.2.4: a start below 1 means 1, a count below 0 means 0.
  const bounds = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
  const startIndex = intOf(context, "startIndex", { fallback: 1, ...bounds });
  const count = intOf(context, "count", { fallback: 20, ...bounds });
  if (startIndex === undefined || count === undefined)
    throw new VendorError(400, "startIndex and count must be whole numbers");
  const start = Math.max(1, startIndex);
  const page = rows.slice(start - 1, start - 1 + Math.max(0, count));
  return {
    schemas: [LIST_SCHEMA],
    totalResults: rows.length,
    startIndex: start,
    itemsPerPage: page.length,
    Resources: page,
  };
}

/** Attribute and value of each `eq` in a filter made of nothing else but `and`. Throws 400 for any other filter. */
export function equalities(filter: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  collect(parseOrThrow(filter), found);
  return found;
}

function collect(filter: Filter, found: Map<string, string>): void {
  if (filter.op === "and") {
    for (const part of filter.filters) collect(part, found);
    return;
  }
  if (filter.op !== "eq" || typeof filter.compValue !== "string") throw unsupported();
  found.set(filter.attrPath, filter.compValue);
}

/** The documentation shows values without quotes, clients send them with quotes; both are understood. 2026-08 */
function parseOrThrow(filter: string): Filter {
  const quoted = filter.replace(/\beq\s+([^"\s]\S*)/gi, (_, value: string) => `eq ${JSON.stringify(value)}`);
  try {
    return parse(quoted);
  } catch {
    throw unsupported();
  }
}

/** What the service says of any other filter. */
export function unsupported(): VendorError {
  return new VendorError(400, "The filter is not supported");
}
