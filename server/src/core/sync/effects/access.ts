/** Changes told as access: what each account gains and loses in permissions, over its whole role set before and after. */

import { type EffectivePermission, effectivePermissions } from "../../analysis/effective.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { push } from "../../model/maps.ts";
import type { TargetInventory } from "../../model/target.ts";
import { byName } from "../causes.ts";
import type { AccessDiff, Named, PermissionChange } from "../plan.ts";
import type { Because, Effect } from "./effects.ts";

/**
 * Accounts that gain and lose the same, for the same reasons, share an entry; sorted by handle. A permission kept through
 * another role is no change.
 */
export function accessDiff(target: TargetInventory, effects: readonly Effect[]): readonly AccessDiff[] {
  const permissionsOf = permissionTable(target);
  const alike = new Map<string, Effect[]>();
  for (const effect of [...effects].sort((a, b) => byName(a.account, b.account)))
    push(alike, keyOfEffect(effect), effect);
  return [...alike.values()].map(([first, ...others]) => {
    const effect = first as Effect;
    return {
      accounts: [effect, ...others].map(({ account }) => account),
      ...(effect.state && { state: effect.state }),
      gains: gains(effect, permissionsOf),
      losses: losses(effect, permissionsOf),
      rolesGained: effect.rolesGained.map(({ name, because }) => ({ role: name, because })),
      rolesLost: effect.rolesLost.map(({ name, because }) => ({ role: name, because })),
      teamsGained: effect.teamsGained.map(({ name, because }) => ({ team: name, because })),
      teamsLost: effect.teamsLost.map(({ name, because }) => ({ team: name, because })),
    };
  });
}

/** What makes two effects the same to a reader. */
function keyOfEffect({ state, before, after, ...moves }: Effect): string {
  const ids = (roles: readonly Named[]) => roles.map(({ id }) => id).join(" ");
  const words = (items: readonly Because[]) =>
    items
      .map(({ id, because: { text, place, line, origin } }) =>
        [id, text, place?.file, line, JSON.stringify(origin)].join(" "),
      )
      .join("\n");
  const { rolesGained, rolesLost, teamsGained, teamsLost } = moves;
  const parts = [rolesGained, rolesLost, teamsGained, teamsLost].map(words);
  return [state, ids(before), ids(after), ...parts].join("\n\n");
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

function gains({ before, after, rolesGained }: Effect, permissionsOf: PermissionTable): PermissionChange[] {
  if (rolesGained.length === 0) return [];
  const gained = (roleId: string) => rolesGained.find(({ id }) => id === roleId);
  return difference(permissionsOf(after), permissionsOf(before), gained, ({ because }) => because.text);
}

function losses({ before, after, rolesLost }: Effect, permissionsOf: PermissionTable): PermissionChange[] {
  if (rolesLost.length === 0) return [];
  const lost = (roleId: string) => rolesLost.find(({ id }) => id === roleId);
  return difference(permissionsOf(before), permissionsOf(after), lost, ({ name }) => name);
}

/** Permissions of `more` that `less` lacks, each with the first of the moved roles that gives it. */
function difference(
  more: ReadonlyMap<string, EffectivePermission>,
  less: ReadonlyMap<string, EffectivePermission>,
  moved: (roleId: string) => Because | undefined,
  throughOf: (role: Because) => string,
): PermissionChange[] {
  return [...more.values()]
    .filter(({ permission }) => !less.has(permission.name))
    .map(({ permission: { name, sensitivity }, through }) => {
      const role = through.map(({ id }) => moved(id)).find((found) => found !== undefined);
      return { permission: name, sensitivity, role: role?.name ?? "", through: role ? throughOf(role) : "" };
    });
}
