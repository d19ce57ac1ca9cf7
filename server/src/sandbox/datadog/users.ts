/** `/api/v2/users` and the current user: listing, inviting, changing, disabling, effective permissions. */

import { randomUUID } from "node:crypto";
import type { DatadogUser } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { at, readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { type DatadogApp, needs, needsAny, permissionsOf } from "./caller.ts";
import { findRole, findUser } from "./find.ts";
import { pageOf, sortedBy } from "./paging.ts";
import { recordAccess, userAsset } from "./record.ts";
import { rolesOf, statusOf, toOrganization, toPermission, toUser } from "./wire.ts";

/**
 * Reading takes `user_access_read`, inviting `user_access_invite`, changing `user_access_manage`. An account is
 * disabled, never deleted.
 */
export function addUsers(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;

  // Needs no permission, so it tells bad keys from weak ones; brings the records of all permissions the caller holds.
  app.get("/api/v2/current_user", (context) => {
    const { user } = context.get("caller");
    const { permissions } = organization();
    const held = [...permissionsOf(user, organization())].flatMap((name) => permissions.get(name) ?? []);
    const included = [toOrganization(organization()), ...held.map(toPermission), ...rolesOf([user], organization())];
    return context.json({ data: toUser(user, organization()), included });
  });

  app.get("/api/v2/users", needs("user_access_read"), (context) => {
    const all = [...organization().users.values()];
    const text = context.req.query("filter")?.toLowerCase() ?? "";
    const states = context.req.query("filter[status]")?.split(",");
    const found = all.filter(
      (user) =>
        `${user.handle} ${user.name} ${user.email}`.toLowerCase().includes(text) &&
        (states?.includes(statusOf(user)) ?? true),
    );
    const descending = context.req.query("sort_dir") === "desc" ? "-" : "";
    const sorted = sortedBy(found, descending + (context.req.query("sort") ?? "name"), {
      name: (user) => user.name.toLowerCase(),
      email: (user) => user.email,
      modified_at: (user) => user.modifiedAt,
      user_count: (user) => user.name,
    });
    // 100 is documented; Datadog's own tools ask for 500 and get them. 2026-08
    const { rows } = pageOf(context, sorted, 500);
    const meta = { page: { total_count: all.length, total_filtered_count: found.length } };
    return context.json({
      data: rows.map((user) => toUser(user, organization())),
      included: rolesOf(rows, organization()),
      meta,
    });
  });

  app.get("/api/v2/users/:id", needs("user_access_read"), (context) => {
    const user = findUser(organization(), context.req.param("id"));
    return context.json({ data: toUser(user, organization()), included: rolesOf([user], organization()) });
  });

  app.get("/api/v2/users/:id/permissions", needs("user_access_read"), (context) => {
    const held = permissionsOf(findUser(organization(), context.req.param("id")), organization());
    const records = [...held].flatMap((name) => organization().permissions.get(name) ?? []);
    return context.json({ data: records.map(toPermission) });
  });

  app.post("/api/v2/users", needs("user_access_invite"), async (context) => {
    const body = await readBody(context);
    const email = textAt(body, "data", "attributes", "email")?.toLowerCase();
    if (email === undefined || !email.includes("@")) throw new VendorError(400, "Invalid email");
    if ([...organization().users.values()].some((user) => user.handle === email))
      throw new VendorError(409, `User with handle ${email} already exists`);
    const asked = at(body, "data", "relationships", "roles", "data");
    const roleIds = Array.isArray(asked)
      ? asked.map((item) => findRole(organization(), textAt(item, "id") ?? "").id)
      : [];
    const user = createUser(setting, email, textAt(body, "data", "attributes", "name") ?? email, roleIds);
    recordAccess(setting, context, "created", userAsset(user));
    return context.json({ data: toUser(user, organization()) }, 201);
  });

  app.patch("/api/v2/users/:id", needsAny("user_access_manage", "service_account_write"), async (context) => {
    const user = findUser(organization(), context.req.param("id"));
    const body = await readBody(context);
    if (textAt(body, "data", "id") !== user.id)
      throw new VendorError(422, "UUID's in the URL and request body do not match");
    const attributes = at(body, "data", "attributes");
    const disabled = at(attributes, "disabled");
    user.name = textAt(attributes, "name") ?? user.name;
    user.email = textAt(attributes, "email")?.toLowerCase() ?? user.email;
    user.title = textAt(attributes, "title") ?? user.title;
    if (typeof disabled === "boolean") setDisabled(setting, user, disabled);
    user.modifiedAt = setting.now().toISOString();
    recordAccess(setting, context, "modified", userAsset(user));
    return context.json({ data: toUser(user, organization()) });
  });

  // Users are never deleted: the answer to a second call is 404 all the same. 2022-05
  app.delete("/api/v2/users/:id", needsAny("user_access_manage", "service_account_write"), (context) => {
    const user = findUser(organization(), context.req.param("id"));
    if (user.disabled) throw new VendorError(404, `${user.id} not found`);
    setDisabled(setting, user, true);
    recordAccess(setting, context, "deleted", userAsset(user));
    return context.body(null, 204);
  });
}

/** A new account waits for its invitation to be accepted. */
export function createUser(
  { company, now }: Setting,
  handle: string,
  name: string,
  roleIds: readonly string[],
): DatadogUser {
  const at = now().toISOString();
  const user: DatadogUser = {
    id: randomUUID(),
    handle,
    email: handle,
    name,
    title: null,
    serviceAccount: false,
    disabled: false,
    verified: false,
    mfa: false,
    lastLogin: null,
    createdAt: at,
    modifiedAt: at,
    roleIds: [...new Set(roleIds)],
  };
  company.datadog.users.set(user.id, user);
  return user;
}

/** Disabling takes the application keys along; API keys that somebody made stay valid. 2026-09 */
export function setDisabled({ company }: Setting, user: DatadogUser, disabled: boolean): void {
  user.disabled = disabled;
  if (!disabled) return;
  company.datadog.applicationKeys = company.datadog.applicationKeys.filter((key) => key.createdBy !== user.id);
}
