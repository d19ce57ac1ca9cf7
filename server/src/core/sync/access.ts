/** Changes told as access: what each account gains and loses in permissions, over its whole role set before and after. */

import { type EffectivePermission, effectivePermissions } from "../analysis/effective.ts";
import { itemsOf } from "../model/knowledge.ts";
import type { TargetInventory } from "../model/target.ts";
import type { AccessDiff, Cause, Change, Named, PermissionChange, SetRoles } from "./plan.ts";
import { compareText } from "./words.ts";

/** One entry per account that a change touches, sorted by handle. A permission kept through another role is no change. */
export function accessDiff(target: TargetInventory, changes: readonly Change[]): readonly AccessDiff[] {
  const permissionsOf = permissionTable(target);
  const drafts = new Map<string, Draft>();
  for (const change of changes) {
    if (change.action === "set-roles") draftOf(drafts, change.account).roles = change;
    if (change.action !== "set-members") continue;
    for (const item of change.grants)
      draftOf(drafts, item).teamsGained.push({ team: change.team.name, because: item.because });
    for (const item of change.revokes)
      draftOf(drafts, item).teamsLost.push({ team: change.team.name, because: item.because });
  }
  return [...drafts.values()]
    .map(({ account, roles, teamsGained, teamsLost }) => ({
      account,
      gains: roles ? gains(roles, permissionsOf) : [],
      losses: roles ? losses(roles, permissionsOf) : [],
      rolesGained: (roles?.grants ?? []).map(({ name, because }) => ({ role: name, because })),
      rolesLost: (roles?.revokes ?? []).map(({ name, because }) => ({ role: name, because })),
      teamsGained,
      teamsLost,
    }))
    .sort((a, b) => compareText(a.account.name, b.account.name) || compareText(a.account.id, b.account.id));
}

interface Draft {
  readonly account: Named;
  roles?: SetRoles;
  readonly teamsGained: { readonly team: string; readonly because: Cause }[];
  readonly teamsLost: { readonly team: string; readonly because: Cause }[];
}

type PermissionTable = (roles: readonly Named[]) => ReadonlyMap<string, EffectivePermission>;

/** Permissions of role sets, worked out once per set: thousands of people share a handful of them. */
function permissionTable(target: TargetInventory): PermissionTable {
  const known = new Map<string, ReadonlyMap<string, EffectivePermission>>();
  return (roles) => {
    const key = roles.map(({ id }) => id).join(" ");
    let permissions = known.get(key);
    if (!permissions) {
      const live = roles.flatMap(({ id }) => itemsOf(target.roles).get(id) ?? []);
      // Restricted permissions are everybody's by default, so no role gives or takes them.
      const effective = effectivePermissions(target, live).filter((entry) => !entry.permission.restricted);
      permissions = new Map(effective.map((entry) => [entry.permission.name, entry]));
      known.set(key, permissions);
    }
    return permissions;
  };
}

function gains(change: SetRoles, permissionsOf: PermissionTable): PermissionChange[] {
  const before = permissionsOf(change.before);
  return difference(
    permissionsOf(change.after),
    before,
    (roleId) => change.grants.find(({ id }) => id === roleId)?.because.text,
  );
}

function losses(change: SetRoles, permissionsOf: PermissionTable): PermissionChange[] {
  const after = permissionsOf(change.after);
  return difference(
    permissionsOf(change.before),
    after,
    (roleId) => change.revokes.find(({ id }) => id === roleId)?.name,
  );
}

/** Permissions of `more` that `less` lacks; `through` is the first of their roles that `through` has words for. */
function difference(
  more: ReadonlyMap<string, EffectivePermission>,
  less: ReadonlyMap<string, EffectivePermission>,
  through: (roleId: string) => string | undefined,
): PermissionChange[] {
  return [...more.values()]
    .filter(({ permission }) => !less.has(permission.name))
    .map((entry) => ({
      permission: entry.permission.name,
      sensitivity: entry.permission.sensitivity,
      through: entry.through.map(({ id }) => through(id)).find((text) => text !== undefined) ?? "",
    }));
}

function draftOf(drafts: Map<string, Draft>, { id, name }: Named): Draft {
  const known = drafts.get(id);
  if (known) return known;
  const fresh: Draft = { account: { id, name }, teamsGained: [], teamsLost: [] };
  drafts.set(id, fresh);
  return fresh;
}
