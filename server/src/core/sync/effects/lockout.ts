/** Who would be locked out, and who could still let people in again: worked out for every plan, before anything is sent. */

import { isAdmin } from "../../analysis/effective.ts";
import { BREAK_GLASS } from "../../analysis/judgements/outlook.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { Desired } from "../desire/desired.ts";
import { peopleOf } from "../people.ts";
import type { Change, Lockout } from "../plan.ts";
import type { Effect } from "./effects.ts";
import { appliesRoles, rolesAtLogin } from "./logins.ts";
import type { Movements } from "./movements.ts";

/** Role ids by account id. */
type RoleSets = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Who would be out after the changes, by handle: at the next login, where a login sets roles, and by an empty set of
 * roles; who could let people in again; and which roles would have none but new holders.
 */
export function lockoutOf(
  desired: Desired,
  changes: readonly Change[],
  effects: readonly Effect[],
  movements: Movements,
): Lockout {
  const sets = roleSetsAfter(desired, effects);
  const active = peopleOf(desired.target).filter(({ id, status }) => status === "active" && sets.has(id));
  const matched = rolesAtLogin(desired, changes);
  const handles = (is: (id: string) => boolean) =>
    active
      .filter(({ id }) => is(id))
      .map(({ handle }) => handle)
      .sort(compareText);
  const changingHands = movements.roles
    .filter(({ leaving, gaining, remaining }) => leaving.length > 0 && gaining > 0 && remaining === gaining)
    .map(({ role: { id, name } }) => ({ id, name }));
  return {
    unmatched: desired.organization.push.roles === "saml" ? handles((id) => !matched.has(id)) : [],
    roleless: handles((id) => sets.get(id)?.size === 0),
    admins: adminsIn(desired, standing(desired, changes, sets)),
    ...(changingHands.length > 0 && { changingHands }),
  };
}

/**
 * Handles of administrators whom no mapping of a role matches now, so that a plan takes nothing from them. Up to two of them
 * are taken for the break-glass accounts that lock/no-break-glass asks for, which sign in without SAML; how somebody signs in
 * no API tells. Where there are more, nobody is. Who holds a role that a mapping gave until now may have matched that.
 */
export function breakGlassOf(desired: Desired, changes: readonly Change[]): ReadonlySet<string> {
  const matched = rolesAtLogin(desired, []);
  const taken = changes.flatMap((change) => {
    if (change.action === "delete-mapping") return [change.mapping.gives.id];
    return change.action === "update-mapping" ? [change.before.gives.id] : [];
  });
  const unmatched = new Map(
    [...roleSetsAfter(desired, [])].filter(([id, roles]) => !matched.has(id) && !taken.some((role) => roles.has(role))),
  );
  const admins = adminsIn(desired, unmatched);
  return new Set(admins.length <= BREAK_GLASS ? admins : []);
}

/** Human administrators who can log in, now and after the changes. */
export function countAdmins(
  desired: Desired,
  changes: readonly Change[],
  effects: readonly Effect[],
): { readonly before: number; readonly after: number } {
  const before = adminsIn(desired, standing(desired, [], roleSetsAfter(desired, [])));
  const after = adminsIn(desired, standing(desired, changes, roleSetsAfter(desired, effects)));
  return { before: before.length, after: after.length };
}

/** Through SAML with role mapping on, what counts is what people have after their next login. */
function standing(desired: Desired, changes: readonly Change[], held: RoleSets): RoleSets {
  if (desired.organization.push.roles !== "saml" || !appliesRoles(desired)) return held;
  const atLogin = rolesAtLogin(desired, changes);
  return new Map([...held.keys()].map((id) => [id, atLogin.get(id) ?? new Set<string>()]));
}

/** Roles of people whose account is on, after the effects. */
function roleSetsAfter(desired: Desired, effects: readonly Effect[]): RoleSets {
  const touched = new Map(effects.map((effect) => [effect.account.id, effect]));
  const sets = new Map<string, ReadonlySet<string>>();
  for (const { id, status, roleIds } of peopleOf(desired.target)) {
    const effect = touched.get(id);
    if (effect?.state === "off" || (status === "disabled" && effect?.state !== "on")) continue;
    sets.set(id, new Set(effect ? effect.after.map((role) => role.id) : roleIds));
  }
  return sets;
}

function adminsIn({ target }: Desired, sets: RoleSets): readonly string[] {
  const admin = new Set(
    [...itemsOf(target.roles).values()].filter((role) => isAdmin(target, role)).map(({ id }) => id),
  );
  return peopleOf(target)
    .filter(({ id, status }) => status === "active" && [...(sets.get(id) ?? [])].some((role) => admin.has(role)))
    .map(({ handle }) => handle)
    .sort(compareText);
}
