/** `/users`: everybody with an account in the tenant, guests included, one person by id or principal name, and what changed. */

import type { Setting } from "../http/frame.ts";
import { needsOne, notFound } from "./answers.ts";
import { createDelta, isDelta } from "./delta.ts";
import type { GraphApp } from "./graph.ts";
import { type Entity, listOf, selector } from "./list.ts";
import type { EntraTenant } from "./tenant.ts";
import { seenBy, toUser, USER_DEFAULTS, USER_ON_REQUEST } from "./wire.ts";

export const USERS: Entity = { set: "users", defaults: USER_DEFAULTS, onRequest: USER_ON_REQUEST };

/** `User.Read.All` tells whether people may sign in, `User.ReadBasic.All` only who they are. */
export function addUsers(app: GraphApp, setting: Setting, tenant: EntraTenant): void {
  const { company } = setting;
  const everybody = () => [...company.okta.users.values()].map((user) => toUser(user, company.okta, tenant));
  const delta = createDelta(setting, {
    entity: USERS,
    hasMembers: false,
    objects: () => everybody().map((user) => ({ row: seenBy(tenant, user) })),
  });

  app.get("/v1.0/users", (context) => {
    needsOne(tenant, "User.Read.All", "User.ReadBasic.All");
    const rows = everybody().map((user) => seenBy(tenant, user));
    return context.json(listOf(context, rows, USERS, tenant));
  });

  // Nobody of this company was ever deleted.
  app.get("/v1.0/directory/deletedItems/microsoft.graph.user", (context) => {
    needsOne(tenant, "User.Read.All");
    return context.json(listOf(context, [], USERS, tenant));
  });

  app.get("/v1.0/users/:id", (context) => {
    needsOne(tenant, "User.Read.All", "User.ReadBasic.All");
    const id = context.req.param("id");
    if (isDelta(id)) return delta(context);
    const wanted = id.toLowerCase();
    const user = everybody().find((row) => row.id === wanted || String(row.userPrincipalName).toLowerCase() === wanted);
    if (!user) throw notFound(id);
    return context.json(selector(context, USERS)(seenBy(tenant, user)));
  });
}
