/** `/api/v2/roles`: listing, one role, creating, changing, copying, deleting. */

import { randomUUID } from "node:crypto";
import type { DatadogRole } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { at, readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { DEFAULTS } from "../seed/permissions.ts";
import { type DatadogApp, needs } from "./caller.ts";
import { findPermission, findRole, refuseManaged } from "./find.ts";
import { pageOf, sortedBy } from "./paging.ts";
import { recordAccess, roleAsset } from "./record.ts";
import { toRole } from "./wire.ts";

/** Reading takes `user_access_read`, writing `user_access_manage`. */
export function addRoles(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;
  const holders = (role: DatadogRole) =>
    [...organization().users.values()].filter((user) => user.roleIds.includes(role.id)).length;

  app.get("/api/v2/roles", needs("user_access_read"), (context) => {
    const all = [...organization().roles.values()];
    const text = context.req.query("filter")?.toLowerCase() ?? "";
    const ids = context.req.query("filter[id]")?.split(",");
    // 2026-05: `filter` finds parts of names, in any case.
    const found = all.filter((role) => role.name.toLowerCase().includes(text) && (ids?.includes(role.id) ?? true));
    const sorted = sortedBy(found, context.req.query("sort") ?? "name", {
      name: (role) => role.name.toLowerCase(),
      modified_at: (role) => role.modifiedAt,
      user_count: holders,
    });
    const { rows } = pageOf(context, sorted);
    const meta = { page: { total_count: all.length, total_filtered_count: found.length } };
    return context.json({ meta, data: rows.map((role) => toRole(role, organization(), true)) });
  });

  app.get("/api/v2/roles/:id", needs("user_access_read"), (context) =>
    context.json({ data: toRole(findRole(organization(), context.req.param("id")), organization(), true) }),
  );

  app.post("/api/v2/roles", needs("user_access_manage"), async (context) => {
    const body = await readBody(context);
    const name = nameOf(textAt(body, "data", "attributes", "name"));
    const asked = permissionsOf(setting, at(body, "data", "relationships", "permissions", "data")) ?? [];
    const optedOut = at(body, "data", "attributes", "default_permissions_opt_out") === true;
    const role = create(setting, name, optedOut ? asked : [...DEFAULTS, ...asked]);
    recordAccess(setting, context, "created", roleAsset(role));
    return context.json({ data: toRole(role, organization(), true) });
  });

  app.post("/api/v2/roles/:id/clone", needs("user_access_manage"), async (context) => {
    const source = findRole(organization(), context.req.param("id"));
    const name = nameOf(textAt(await readBody(context), "data", "attributes", "name"));
    if ([...organization().roles.values()].some((role) => role.name === name))
      throw new VendorError(409, "A role with the same name already exists");
    const role = create(setting, name, source.permissions);
    recordAccess(setting, context, "created", roleAsset(role));
    return context.json({ data: toRole(role, organization(), true) });
  });

  app.patch("/api/v2/roles/:id", needs("user_access_manage"), async (context) => {
    const role = findRole(organization(), context.req.param("id"));
    const body = await readBody(context);
    if (textAt(body, "data", "id") !== role.id)
      throw new VendorError(422, "The id attribute in the request body does not match the role_id in the URL");
    refuseManaged(role);
    const name = textAt(body, "data", "attributes", "name");
    const permissions = permissionsOf(setting, at(body, "data", "relationships", "permissions", "data"));
    if (name !== undefined) role.name = nameOf(name);
    // The list replaces the whole content, but the defaults come back by themselves. 2026-09
    if (permissions) role.permissions = sortedSet([...DEFAULTS, ...permissions]);
    role.modifiedAt = setting.now().toISOString();
    recordAccess(setting, context, "modified", roleAsset(role));
    return context.json({ data: toRole(role, organization(), true) });
  });

  app.delete("/api/v2/roles/:id", needs("user_access_manage"), (context) => {
    const role = findRole(organization(), context.req.param("id"));
    refuseManaged(role);
    organization().roles.delete(role.id);
    for (const user of organization().users.values()) user.roleIds = user.roleIds.filter((id) => id !== role.id);
    for (const mapping of organization().mappings.values())
      if (mapping.roleId === role.id) organization().mappings.delete(mapping.id);
    recordAccess(setting, context, "deleted", roleAsset(role));
    return context.body(null, 204);
  });
}

function create(setting: Setting, name: string, permissions: readonly string[]): DatadogRole {
  const at = setting.now().toISOString();
  const role: DatadogRole = {
    id: randomUUID(),
    name,
    managed: false,
    permissions: sortedSet(permissions),
    receivesFrom: [],
    createdAt: at,
    modifiedAt: at,
  };
  setting.company.datadog.roles.set(role.id, role);
  return role;
}

function nameOf(name: string | undefined): string {
  if (name === undefined) throw new VendorError(400, "Invalid input ");
  if (name.trim() === "") throw new VendorError(400, "Role names cannot be only whitespace");
  return name;
}

/** Undefined when the body does not speak of permissions. Unknown ids are refused. */
function permissionsOf(setting: Setting, list: unknown): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.map((item) => findPermission(setting.company.datadog, textAt(item, "id")).name);
}

function sortedSet(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
