/** `/users` of the Directory API: accounts of the customer; people with an address elsewhere have none. */

import { isOutsider } from "../directory.ts";
import type { Setting } from "../http/frame.ts";
import { answer, needs, pageOf, refuseCustomer } from "./answers.ts";
import type { GoogleApp } from "./directory.ts";
import { invalid, notFound } from "./errors.ts";
import type { GoogleTenant } from "./tenant.ts";
import { tagged, toUser } from "./wire.ts";

const BASE = "/admin/directory/v1/users";

/** Takes the scope for users. A query without customer or domain is refused, as Google does. */
export function addUsers(app: GoogleApp, { company }: Setting, tenant: GoogleTenant): void {
  const everybody = () => {
    const { okta } = company;
    const admins = [...okta.groups.values()].find(({ name }) => name === "Okta Administrators")?.members ?? [];
    const inside = [...okta.users.values()].filter((user) => !isOutsider(okta, user));
    return inside.map((user) => toUser(user, tenant, new Set(admins)));
  };

  app.get(BASE, (context) => {
    needs(context, "users");
    if (context.req.query("customer") === undefined && context.req.query("domain") === undefined)
      throw invalid("one of customer and domain is required");
    refuseCustomer(context, tenant);
    // Nobody of this company was ever deleted for good.
    const rows =
      context.req.query("showDeleted") === "true" ? [] : everybody().filter(queryTest(context.req.query("query")));
    if (context.req.query("orderBy") === "email") rows.sort((a, b) => (a.primaryEmail < b.primaryEmail ? -1 : 1));
    return pageOf(context, "users", rows, { most: 500, mostRows: tenant.mostRows, toRow: tagged });
  });

  app.get(`${BASE}/:key`, (context) => {
    needs(context, "users");
    const key = context.req.param("key").toLowerCase();
    const user = everybody().find(({ id, primaryEmail }) => id === key || primaryEmail === key);
    if (!user) throw notFound("userKey");
    return answer(context, tagged(user));
  });
}

type Row = ReturnType<typeof toUser>;

/** `isSuspended=`, `isArchived=` and `email:` as the documentation spells them. 2026-11 */
function queryTest(query: string | undefined): (row: Row) => boolean {
  if (query === undefined || query === "") return () => true;
  const [, field = "", value = ""] = /^(isSuspended|isArchived|email)[=:](\S+)$/.exec(query.trim()) ?? [];
  if (field === "isSuspended") return (row) => row.suspended === (value === "true");
  if (field === "isArchived") return (row) => row.archived === (value === "true");
  if (field !== "email") throw invalid("query");
  const start = value.toLowerCase().replace(/\*$/, "");
  return (row) => (value.endsWith("*") ? row.primaryEmail.startsWith(start) : row.primaryEmail === start);
}
