/** `/users`: everybody with an account in the tenant, guests included, and one person by id or principal name. */

import type { Setting } from "../http/frame.ts";
import { needsOne, notFound } from "./answers.ts";
import type { GraphApp } from "./graph.ts";
import { type Entity, listOf, selector } from "./list.ts";
import type { EntraTenant } from "./tenant.ts";
import { seenBy, toUser, USER_DEFAULTS, USER_ON_REQUEST } from "./wire.ts";

export const USERS: Entity = { set: "users", defaults: USER_DEFAULTS, onRequest: USER_ON_REQUEST };

export function addUsers(app: GraphApp, { company }: Setting, tenant: EntraTenant): void {
  const everybody = () => [...company.okta.users.values()].map((user) => toUser(user, company.okta, tenant));

  app.get("/v1.0/users", (context) => {
    needsOne(tenant, "User.Read.All", "User.ReadBasic.All");
    const rows = everybody().map((user) => seenBy(tenant, user));
    return context.json(listOf(context, rows, USERS, tenant));
  });

  app.get("/v1.0/users/:id", (context) => {
    needsOne(tenant, "User.Read.All", "User.ReadBasic.All");
    const id = context.req.param("id");
    const wanted = id.toLowerCase();
    const user = everybody().find((row) => row.id === wanted || String(row.userPrincipalName).toLowerCase() === wanted);
    if (!user) throw notFound(id);
    return context.json(selector(context, USERS)(seenBy(tenant, user)));
  });
}
