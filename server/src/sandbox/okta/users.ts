/** `/api/v1/users`: listing, where those who left are missing unless asked for, and one person by id or login. */

import type { Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import type { OktaApp } from "./app.ts";
import { pageOf } from "./paging.ts";
import { compile, USER_FILTER, USER_SEARCH } from "./search.ts";
import { toUser } from "./wire.ts";

/** Answers with each person's profile, whatever their state. */
export function addUsers(app: OktaApp, { company }: Setting): void {
  app.get("/api/v1/users", (context) => {
    const { origin } = new URL(context.req.url);
    const [q, filter, search] = [context.req.query("q"), context.req.query("filter"), context.req.query("search")];
    const rows = [...company.okta.users.values()].map((user) => toUser(user, origin));
    const tests = [
      ...(filter ? [compile(filter, USER_FILTER)] : []),
      ...(search ? [compile(search, USER_SEARCH)] : []),
    ];
    // 2026-06: without an expression, and with `q`, deprovisioned people are left out.
    const isShown = tests.length > 0 ? () => true : (row: { status: string }) => row.status !== "DEPROVISIONED";
    const found = rows.filter((row) => isShown(row) && tests.every((test) => test(row)) && startsWith(row.profile, q));
    return context.json(pageOf(context, found, { fallback: 200, most: 200 }));
  });

  app.get("/api/v1/users/:id", (context) => {
    const { origin } = new URL(context.req.url);
    const id = context.req.param("id");
    const login = id.toLowerCase();
    const user = company.okta.users.get(id) ?? [...company.okta.users.values()].find((some) => some.login === login);
    if (!user) throw new VendorError(404, `Not found: Resource not found: ${id} (User)`);
    return context.json(toUser(user, origin));
  });
}

function startsWith(profile: { firstName: string; lastName: string; email: string }, q: string | undefined): boolean {
  if (q === undefined) return true;
  const prefix = q.toLowerCase();
  return [profile.firstName, profile.lastName, profile.email].some((text) => text.toLowerCase().startsWith(prefix));
}
