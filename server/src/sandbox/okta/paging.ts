/** Pages by `Link` headers with opaque cursors, which hold commas on purpose: clients that split the header fail. */

import type { Context } from "hono";
import { intOf } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";

export interface PageBounds {
  /** Rows without `limit`. */
  readonly fallback: number;
  readonly most: number;
}

/**
 * The page that `limit` and `after` ask for, with `self` and `next` links set. A list that ends exactly with a full page
 * is followed by an empty page which still has a `next`: the end is where there is none. 2026-11
 */
export function pageOf<T>(context: Context, rows: readonly T[], { fallback, most }: PageBounds): readonly T[] {
  const limit = intOf(context, "limit", { fallback, least: 1, most });
  if (limit === undefined)
    throw new VendorError(400, `Api validation failed: limit must be between 1 and ${most}`, { code: "E0000001" });
  const start = readCursor(context.req.query("after"));
  const page = rows.slice(start, start + limit);
  context.header("link", `<${context.req.url}>; rel="self"`, { append: true });
  const isFull = page.length === limit;
  const isEmptyOnce = page.length === 0 && start === rows.length && start > 0;
  if (isFull || isEmptyOnce) {
    const next = isFull ? start + limit : start + 1;
    context.header("link", `<${withCursor(context.req.url, next)}>; rel="next"`, { append: true });
  }
  return page;
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined || cursor === "") return 0;
  const start = Number.parseInt(/^p,([0-9a-z]+),/.exec(cursor)?.[1] ?? "", 36);
  if (Number.isNaN(start)) throw new VendorError(400, "Api validation failed: after", { code: "E0000001" });
  return start;
}

function withCursor(url: string, start: number): string {
  const [path = "", query = ""] = url.split("?");
  const kept = query.split("&").filter((part) => part !== "" && !part.startsWith("after="));
  return `${path}?${[`after=p,${start.toString(36)},end`, ...kept].join("&")}`;
}
