/** OData lists: `$select`, `$filter`, `$orderby`, `$search`, `$top` and `$count`, and the header some of them take. */

import type { Context } from "hono";
import { intOf } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { parseFilter } from "./filter.ts";
import type { EntraTenant } from "./tenant.ts";
import type { Row } from "./wire.ts";

/** What rows are and which of their properties exist. */
export interface Entity {
  /** E.g. `groups`, the end of `@odata.context`. */
  readonly set: string;
  readonly defaults: readonly string[];
  readonly onRequest: readonly string[];
}

/** The page of `rows` that a request asks for. `@odata.count` stands on the first page only, as `nextLink` forgets it. */
export function listOf(context: Context, rows: readonly Row[], entity: Entity, { mostRows }: EntraTenant) {
  if (context.req.query("$skip") !== undefined) throw badRequest("'$skip' is not supported by the service.");
  const top = intOf(context, "$top", { fallback: 100, least: 1, most: 999 });
  if (top === undefined) throw badRequest("Invalid page size specified. Must be between 1 and 999 inclusive.");
  const matching = ordered(context, filtered(context, rows, entity), entity);
  const start = readSkip(context.req.query("$skiptoken"));
  const size = Math.min(top, mostRows);
  const counted = start === 0 && isEventual(context) && context.req.query("$count") === "true";
  const { origin } = new URL(context.req.url);
  return {
    "@odata.context": `${origin}/v1.0/$metadata#${entity.set}`,
    ...(counted && { "@odata.count": matching.length }),
    ...(start + size < matching.length && { "@odata.nextLink": withSkip(context.req.url, start + size) }),
    value: matching.slice(start, start + size).map(selector(context, entity)),
  };
}

/** Keeps what `$select` names, else the defaults; `@odata.type` always stays. */
export function selector(context: Context, entity: Entity): (row: Row) => Record<string, unknown> {
  const chosen =
    context.req
      .query("$select")
      ?.split(",")
      .map((name) => name.trim()) ?? entity.defaults;
  for (const name of chosen) if (!isKnown(entity, name)) throw badRequest(`Could not find a property named '${name}'.`);
  const names = ["@odata.type", "id", ...chosen.filter((name) => name !== "id")];
  const isChosen = (name: string) => name !== "id" || chosen.includes("id");
  return (row) =>
    Object.fromEntries(names.filter((name) => name in row && isChosen(name)).map((name) => [name, row[name]]));
}

/** True with `ConsistencyLevel: eventual`; it has to come with every page anew. */
export function isEventual(context: Context): boolean {
  return context.req.header("consistencylevel")?.toLowerCase() === "eventual";
}

function filtered(context: Context, rows: readonly Row[], entity: Entity): readonly Row[] {
  const [filter, search] = [context.req.query("$filter"), context.req.query("$search")];
  let found = rows;
  if (filter !== undefined) {
    const { advanced, test } = parseFilter(filter, (name) => isKnown(entity, name));
    if (advanced) needEventual(context);
    found = found.filter(test);
  }
  if (search === undefined) return found;
  if (!isEventual(context)) throw unsupported();
  const [, property = "", words = ""] = /^"(displayName|description):(.*)"$/.exec(search) ?? [];
  if (property === "") throw badRequest('Syntax error: the $search clause takes "property:text".');
  const wanted = words.toLowerCase();
  return found.filter((row) => tokens(row[property]).some((token) => token.startsWith(wanted)));
}

/** 2026-11: names are cut into tokens at blanks and punctuation, and searched by the beginning of a token. */
function tokens(value: unknown): readonly string[] {
  const text = String(value ?? "").toLowerCase();
  return [text, ...text.split(/[^a-z0-9]+/)];
}

function ordered(context: Context, rows: readonly Row[], entity: Entity): readonly Row[] {
  const [property, direction = "asc"] = (context.req.query("$orderby") ?? "").split(/\s+/);
  if (!property) return rows;
  if (!isKnown(entity, property)) throw badRequest(`Could not find a property named '${property}'.`);
  if (context.req.query("$filter") !== undefined) needEventual(context);
  const sign = direction.toLowerCase() === "desc" ? -1 : 1;
  return [...rows].sort((a, b) => sign * String(a[property]).localeCompare(String(b[property])));
}

function needEventual(context: Context): void {
  if (!isEventual(context) || context.req.query("$count") !== "true") throw unsupported();
}

/** True for a property that may be selected, whether or not it is sent unasked. */
export function isKnown({ defaults, onRequest }: Entity, name: string): boolean {
  return defaults.includes(name) || onRequest.includes(name);
}

function readSkip(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = Number.parseInt(/^RFNwdAIAAQ(\d+)$/.exec(token)?.[1] ?? "", 10);
  if (Number.isNaN(start)) throw badRequest("Skip token is not valid.");
  return start;
}

function withSkip(url: string, start: number): string {
  const [path = "", query = ""] = url.split("?");
  const kept = query.split("&").filter((part) => part !== "" && !/^(\$|%24)skiptoken=/i.test(part));
  return `${path}?${[...kept, `$skiptoken=RFNwdAIAAQ${start}`].join("&")}`;
}

/** What Graph says of a query that it cannot read. */
export function badRequest(message: string): VendorError {
  return new VendorError(400, message, { code: "Request_BadRequest" });
}

/** What Graph says of a query that it can read and does not answer, by default for want of the header and the count. */
export function unsupported(
  message = "Request is not supported: it needs ConsistencyLevel 'eventual' and $count.",
): VendorError {
  return new VendorError(400, message, { code: "Request_UnsupportedQuery" });
}
