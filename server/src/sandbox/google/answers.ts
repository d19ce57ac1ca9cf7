/** What the endpoints of the Directory API share: scopes, the customer, pages, partial answers. */

import { intOf } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import type { GoogleContext } from "./directory.ts";
import { forbidden, invalid } from "./errors.ts";
import { withFields } from "./fields.ts";
import { type GoogleTenant, READ_SCOPES } from "./tenant.ts";
import { tagged } from "./wire.ts";

/** Throws 403 unless the token carries one of these scopes. */
export function needs(context: GoogleContext, ...names: readonly (keyof typeof READ_SCOPES)[]): void {
  const { scopes } = context.get("grant");
  if (!names.some((name) => scopes.includes(READ_SCOPES[name])))
    throw new VendorError(403, "Request had insufficient authentication scopes.", { code: "insufficientPermissions" });
}

/** One page under `name`, which is missing when there is no row; and the parts that `fields` asks for. */
export function pageOf<T>(
  context: GoogleContext,
  name: "groups" | "members" | "users",
  rows: readonly T[],
  { most, mostRows, toRow }: { readonly most: number; readonly mostRows: number; readonly toRow: (row: T) => object },
): Response {
  const fallback = name === "users" ? 100 : 200;
  const asked = intOf(context, "maxResults", { fallback, least: 1, most: Number.MAX_SAFE_INTEGER });
  if (asked === undefined) throw invalid("maxResults");
  const size = Math.min(asked, most, mostRows);
  const start = readCursor(context.req.query("pageToken"));
  const page = rows.slice(start, start + size).map(toRow);
  const body = tagged({
    kind: `admin#directory#${name}`,
    ...(page.length > 0 && { [name]: page }),
    ...(start + size < rows.length && { nextPageToken: Buffer.from(`row:${start + size}`).toString("base64url") }),
  });
  return context.json(withFields(body, context.req.query("fields")) as object);
}

/** The value, cut to what `fields` asks for. */
export function answer(context: GoogleContext, value: object): Response {
  return context.json(withFields(value, context.req.query("fields")) as object);
}

/** The customer must be ours, by id or as `my_customer`. */
export function refuseCustomer(context: GoogleContext, { customer }: GoogleTenant): void {
  const asked = context.req.query("customer");
  if (asked !== undefined && asked !== customer && asked !== "my_customer") throw forbidden();
}

function readCursor(token: string | undefined): number {
  if (token === undefined || token === "") return 0;
  const start = Number(/^row:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw invalid("pageToken");
  return start;
}
