/** Pages by number, as nearly every Datadog list has them: ten rows unless asked, a hundred at most. */

import type { Context } from "hono";
import { intOf } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";

export interface NumberedPage<T> {
  readonly rows: readonly T[];
  readonly size: number;
  readonly number: number;
}

/** `page[size]` and `page[number]`, from 0. 2026-09: sizes beyond the maximum are refused, not cut down. */
export function pageOf<T>(context: Context, rows: readonly T[], most = 100): NumberedPage<T> {
  const size = intOf(context, "page[size]", { fallback: 10, least: 1, most });
  const number = intOf(context, "page[number]", { fallback: 0, least: 0, most: 1_000_000 });
  if (size === undefined) throw new VendorError(400, `page[size] must be between 1 and ${most}`);
  if (number === undefined) throw new VendorError(400, "page[number] must be a whole number from 0");
  return { rows: rows.slice(number * size, (number + 1) * size), size, number };
}

/** Rows in the order that `sort` names, `-` first for descending; unknown names keep the order. */
export function sortedBy<T>(
  rows: readonly T[],
  sort: string | undefined,
  fields: Readonly<Record<string, (row: T) => string | number>>,
): readonly T[] {
  const [, sign, name = ""] = /^(-?)(.*)$/.exec(sort ?? "") ?? [];
  const field = fields[name];
  if (!field) return rows;
  const direction = sign === "-" ? -1 : 1;
  return [...rows].sort((a, b) => direction * compare(field(a), field(b)));
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 2026-09: `links.next` of teams and memberships is there even on the last page; only `total` says where the end is. */
export function teamPaging(context: Context, { size, number }: NumberedPage<unknown>, total: number) {
  const { origin, pathname, search } = new URL(context.req.url);
  const last = Math.max(0, Math.ceil(total / size) - 1);
  const link = (page: number) => `${origin}${pathname}?page[number]=${page}&page[size]=${size}`;
  const previous = number > 0 ? number - 1 : 0;
  return {
    meta: {
      pagination: {
        number,
        first_number: 0,
        prev_number: previous,
        next_number: number + 1,
        last_number: last,
        size,
        type: "number_size",
        total,
      },
    },
    links: {
      self: `${origin}${pathname}${search}`,
      last: link(last),
      next: link(number + 1),
      prev: number > 0 ? link(previous) : null,
      first: link(0),
    },
  };
}
