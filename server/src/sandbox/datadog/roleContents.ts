/** What roles consist of and who holds them: permissions of a role, users of a role, and the list of permissions. */

import type { DatadogRole } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { type DatadogApp, type DatadogContext, needs } from "./caller.ts";
import { findPermission, findRole, findUser, refuseManaged } from "./find.ts";
import { pageOf, sortedBy } from "./paging.ts";
import { recordAccess, roleAsset } from "./record.ts";
import { rolesOf, toPermission, toUser } from "./wire.ts";

/** Reading takes `user_access_read`, writing `user_access_manage`; managed roles keep their permissions. */
export function addRoleContents(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;

  // 2026-07: the plain list leaves out some 70 permissions that roles do hold.
  app.get("/api/v2/permissions", needs("user_access_read"), (context) => {
    const listed = [...organization().permissions.values()].filter((permission) => permission.listed);
    return context.json({ data: listed.map(toPermission) });
  });

  app.get("/api/v2/roles/:id/permissions", needs("user_access_read"), (context) =>
    context.json({ data: contents(setting, findRole(organization(), context.req.param("id"))) }),
  );

  app.on(["POST", "DELETE"], "/api/v2/roles/:id/permissions", needs("user_access_manage"), async (context) => {
    const role = findRole(organization(), context.req.param("id"));
    refuseManaged(role);
    const { name } = findPermission(organization(), textAt(await readBody(context), "data", "id"));
    if (context.req.method === "DELETE" && !role.permissions.includes(name))
      throw new VendorError(400, "400 BAD REQUEST");
    const others = role.permissions.filter((held) => held !== name);
    role.permissions = context.req.method === "POST" ? [...others, name].sort() : others;
    role.modifiedAt = setting.now().toISOString();
    recordAccess(setting, context, "modified", roleAsset(role), `Permission ${name} of role ${role.name} was changed`);
    return context.json({ data: contents(setting, role) });
  });

  app.get("/api/v2/roles/:id/users", needs("user_access_read"), (context) =>
    context.json(holders(context, setting, findRole(organization(), context.req.param("id")))),
  );

  app.on(["POST", "DELETE"], "/api/v2/roles/:id/users", needs("user_access_manage"), async (context) => {
    const role = findRole(organization(), context.req.param("id"));
    const user = findUser(organization(), textAt(await readBody(context), "data", "id") ?? "");
    const others = user.roleIds.filter((id) => id !== role.id);
    user.roleIds = context.req.method === "POST" ? [...others, role.id] : others;
    user.modifiedAt = setting.now().toISOString();
    const verb = context.req.method === "POST" ? "added to" : "removed from";
    recordAccess(setting, context, "modified", roleAsset(role), `User ${user.handle} was ${verb} role ${role.name}`);
    return context.json(holders(context, setting, role));
  });
}

function contents(setting: Setting, role: DatadogRole) {
  const { permissions } = setting.company.datadog;
  return role.permissions.flatMap((name) => permissions.get(name) ?? []).map(toPermission);
}

function holders(context: DatadogContext, setting: Setting, role: DatadogRole) {
  const organization = setting.company.datadog;
  const all = [...organization.users.values()].filter((user) => user.roleIds.includes(role.id));
  const text = context.req.query("filter")?.toLowerCase() ?? "";
  const found = all.filter((user) => `${user.name} ${user.handle} ${user.email}`.toLowerCase().includes(text));
  const sorted = sortedBy(found, context.req.query("sort"), { name: (user) => user.name, email: (user) => user.email });
  const { rows } = pageOf(context, sorted);
  const meta = { page: { total_count: all.length, total_filtered_count: found.length } };
  return { meta, data: rows.map((user) => toUser(user, organization)), included: rolesOf(rows, organization) };
}
