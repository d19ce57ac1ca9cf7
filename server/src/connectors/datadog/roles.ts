/** Roles with their permissions by name. Roles hold permission ids, and no single list explains all of them. */

import { complete, type Knowledge, partial, unknown } from "../../core/model/knowledge.ts";
import type { Permission, Role } from "../../core/model/target.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { convertAll, type Listing, toKnowledge } from "../../http/listing.ts";
import type * as wire from "./api.ts";
import { includedPermissions, toPermission, toRole } from "./convert.ts";
import { MOST_ROLES_EXPLAINED } from "./quirks.ts";

export interface RoleRead {
  readonly roles: Knowledge<Role>;
  /** By name. */
  readonly permissions: Knowledge<Permission>;
}

/**
 * Gathers permission records from the organization's list, from the current user, and from single roles as long as ids
 * stay unexplained; the last makes the result independent of who asks. Ids that nothing explains are `Role.unresolved`.
 */
export async function readRoles(
  api: wire.DatadogApi,
  system: string,
  now: () => string,
  listRoles: () => Promise<Listing<wire.Role>>,
  self: wire.UserResponse | undefined,
): Promise<RoleRead> {
  const asOf = now();
  const [listed, roles] = await Promise.all([readListed(api, system), listRoles()]);
  const held = [...(self ? includedPermissions(self) : []), ...listed.items];
  const extra = await explainRest(api, roles.items, held);
  const converted = convertAll({ ...listed, items: [...extra, ...held] }, toPermission, system, "permissions");
  const names = new Map(converted.items.map(({ id, permission }) => [id, permission.name]));
  const permissions = new Map(converted.items.map(({ permission }) => [permission.name, permission]));
  const convertedRoles = convertAll(roles, (role) => toRole(role, names), system, "roles");
  return {
    roles: toKnowledge(convertedRoles, system, asOf, (role) => role.id),
    permissions: toPermissions(permissions, converted, system, asOf),
  };
}

/** An empty list cannot be right, every organization has permissions. */
async function readListed(api: wire.DatadogApi, system: string): Promise<Listing<wire.Permission>> {
  try {
    const items = await api.readPermissions();
    return items.length > 0
      ? { items }
      : { items, gap: malformed(system, `${system} answered an empty list of permissions`) };
  } catch (error) {
    return { items: [], gap: toFailure(error, system) };
  }
}

/** Records behind ids that `known` lacks, read from the roles with the most of them; usually one or two requests. */
async function explainRest(
  api: wire.DatadogApi,
  roles: readonly wire.Role[],
  known: readonly wire.Permission[],
): Promise<readonly wire.Permission[]> {
  const explained = new Set(known.map(({ id }) => id));
  const extra: wire.Permission[] = [];
  const open = new Set(roles);
  const missing = (role: wire.Role) =>
    (role.relationships?.permissions?.data ?? []).filter(({ id }) => !explained.has(id)).length;
  for (let asked = 0; asked < MOST_ROLES_EXPLAINED; asked++) {
    const [role] = [...open].filter((some) => missing(some) > 0).sort((a, b) => missing(b) - missing(a));
    if (role?.id === undefined) break;
    open.delete(role);
    // What cannot be read stays counted as unresolved, which says enough.
    const records = await api.readRolePermissions(role.id).catch(() => []);
    for (const record of records) explained.add(record.id);
    extra.push(...records);
  }
  return extra;
}

function toPermissions(
  items: ReadonlyMap<string, Permission>,
  listing: Listing<unknown>,
  system: string,
  asOf: string,
): Knowledge<Permission> {
  if (!listing.gap) return complete(system, asOf, items);
  return items.size === 0 ? unknown(listing.gap) : partial(system, asOf, items, listing.gap);
}
