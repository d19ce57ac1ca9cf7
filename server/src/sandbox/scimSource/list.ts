/** Lists: filters of RFC 7644, pages by index, pages by cursor (RFC 9865), and sloppy variants of both. */

import type { Context } from "hono";
import { type Filter, parse, Tester } from "scim2-parse-filter";
import { intOf } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { type Selection, select } from "./attributes.ts";
import type { ScimService } from "./service.ts";
import type { Resource } from "./wire.ts";

export const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const FALLBACK = 100;

/** The page that a request asks for. */
export function listOf(context: Context, resources: readonly Resource[], service: ScimService) {
  const selection = selectionOf(context);
  const filter = context.req.query("filter");
  const isFiltered = filter !== undefined && !service.sloppy.has("filter-ignored");
  const rows = repeated(isFiltered ? matching(resources, filter) : resources, service);
  const cursor = context.req.query("cursor");
  const byCursor =
    cursor !== undefined || (service.paging === "cursor" && context.req.query("startIndex") === undefined);
  return byCursor
    ? cursorPage(context, rows, cursor ?? "", service, selection)
    : indexPage(context, rows, service, selection);
}

/** What the query says about attributes, unread. */
export function selectionOf(context: Context): Selection {
  return {
    attributes: context.req.query("attributes"),
    excludedAttributes: context.req.query("excludedAttributes"),
  };
}

/** RFC 7644, 3.4.2.4: a start below 1 means 1, a count below 0 means 0. */
function indexPage(context: Context, rows: readonly Resource[], service: ScimService, selection: Selection) {
  const start = Math.max(1, wholeNumber(context, "startIndex", 1));
  const count = Math.min(Math.max(0, wholeNumber(context, "count", FALLBACK)), service.mostRows);
  const overlap = service.sloppy.has("overlapping-pages") && start > 1 ? 1 : 0;
  const page = rows.slice(start - 1 - overlap, start - 1 - overlap + count);
  const number = (value: number) => (service.sloppy.has("text-counts") ? String(value) : value);
  return {
    schemas: [LIST_SCHEMA],
    totalResults: number(rows.length),
    startIndex: number(start),
    itemsPerPage: number(page.length),
    Resources: page.map((row) => select(row, selection)),
  };
}

/** RFC 9865: every parameter but the cursor stays the same from page to page; the last page has no `nextCursor`. */
function cursorPage(
  context: Context,
  rows: readonly Resource[],
  cursor: string,
  service: ScimService,
  selection: Selection,
) {
  const count = Math.min(Math.max(1, wholeNumber(context, "count", FALLBACK)), service.mostRows);
  const asked = `${context.req.query("filter") ?? ""}|${context.req.query("count") ?? ""}`;
  const start = cursor === "" ? 0 : readCursor(cursor, asked);
  const page = rows.slice(start, start + count);
  const next = start + page.length;
  return {
    schemas: [LIST_SCHEMA],
    totalResults: rows.length,
    itemsPerPage: page.length,
    ...(next < rows.length && { nextCursor: Buffer.from(`${next}|${asked}`).toString("base64url") }),
    Resources: page.map((row) => select(row, selection)),
  };
}

function readCursor(cursor: string, asked: string): number {
  const [start = "", ...rest] = Buffer.from(cursor, "base64url").toString().split("|");
  if (!/^\d+$/.test(start) || rest.join("|") !== asked)
    throw new VendorError(400, "The cursor does not belong to this request", { code: "invalidCursor" });
  return Number(start);
}

function wholeNumber(context: Context, name: string, fallback: number): number {
  const bounds = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
  const value = intOf(context, name, { fallback, ...bounds });
  if (value === undefined) throw new VendorError(400, `${name} is not a whole number`, { code: "invalidValue" });
  return value;
}

function matching(resources: readonly Resource[], text: string): readonly Resource[] {
  let filter: Filter;
  try {
    filter = parse(text);
  } catch {
    throw new VendorError(400, "The filter cannot be read", { code: "invalidFilter" });
  }
  const tester = new Tester();
  const lowered = lower(filter) as Filter;
  return resources.filter((resource) => tester.test(lower(resource), lowered));
}

/** Texts in lower case: `userName` and `displayName` compare without regard to case, and ids here have no capitals. */
function lower(value: unknown): unknown {
  if (typeof value === "string") return value.toLowerCase();
  if (Array.isArray(value)) return value.map(lower);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lower(inner)]));
}

/** With `duplicate-ids`, every fifth row comes once more at the end. */
function repeated(rows: readonly Resource[], { sloppy }: ScimService): readonly Resource[] {
  return sloppy.has("duplicate-ids") ? [...rows, ...rows.filter((_, index) => index % 5 === 0)] : rows;
}
