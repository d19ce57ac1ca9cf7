/**
 * priv/permission-gap: a role lets people manage access, and none of them did in the time that the audit trail covers.
 *
 * Why: it is the most dangerous thing in the role, and nobody would miss it.
 * Do: use a role without it; those that exist are offered, the largest first, so that whatever else is needed stays.
 * That is why there is no priv/smaller-role-fits.
 * Not reported: Datadog's own roles, which break the glass; trails of less than thirty days, cut ones, and those
 * without any event, which may be switched off; roles that were made or changed in that time; groups with somebody who is
 * newer than the trail, has no account yet, does not hold the role or was given it in that time; members, accounts and roles that were not wholly read; mappings that have ended. For other
 * permissions it cannot be told whether they are used: reading leaves no trace, and most changes leave theirs
 * elsewhere.
 */

import { accountsOf } from "../../analysis/accounts.ts";
import { permissionNames } from "../../analysis/effective.ts";
import { activeMembers, groupName, type HeldRole } from "../../analysis/grants.ts";
import { isChangedSince, isGivenSince } from "../../analysis/judgements/grantAge.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import { memo } from "../../analysis/memo.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";
import type { World } from "../../analysis/world.ts";
import type { Principal } from "../../model/directory.ts";
import { isComplete, itemsOf, type Knowledge } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";
import { dayOf, daysBetween, type Instant } from "../../model/time.ts";

/** Permissions each use of which the trail records among changes of access. (2026-09) */
const RECORDED = ["user_access_manage", "user_access_invite", "org_app_keys_write"];

const SHORTEST_DAYS = 30;

export const permissionGap: Rule = {
  id: "priv/permission-gap",
  severity: "warning",
  isReticent: true,
  checkMapping(resolved, { world, source, report }) {
    const { members, target } = resolved;
    const audit = target?.audit;
    if (!target || !audit || !isComplete(audit.events) || !isComplete(members) || !isComplete(target.accounts)) return;
    if (audit.events.items.size === 0 || daysBetween(dayOf(audit.from), dayOf(world.now)) < SHORTEST_DAYS) return;
    for (const held of resolved.held) {
      const names = recordedIn(held);
      if (names.length === 0 || held.role.item.managed || !areIdle(world, target, members, held, audit.from)) continue;
      if (isChangedSince(target, held.role.item, dayOf(audit.from))) continue;
      report({
        span: held.span,
        message: `Nobody in "${groupName(resolved)}" changed any access in "${target.name}" since ${dayOf(audit.from)}, though "${held.role.item.name}" gives ${fold(names)}; a role without would do`,
        fixes: useLess(source, held, (role) => !RECORDED.some((name) => permissionNames(target, role).has(name))),
        ...oldest(audit.events.asOf, members.asOf, held.role.asOf),
      });
    }
  },
};

function recordedIn({ target, role }: HeldRole): readonly string[] {
  const permitted = permissionNames(target, role.item);
  return RECORDED.filter((name) => permitted.has(name));
}

/** True when each of them has held an account and the role since before the trail begins, and none is in it. */
function areIdle(
  world: World,
  target: TargetInventory,
  members: Knowledge<Principal>,
  { role }: HeldRole,
  from: Instant,
): boolean {
  const actors = memo(target, actorsIn);
  const people = activeMembers(members);
  const isIdle = (person: Principal) => {
    const [account, ...others] = accountsOf(target, person);
    if (!account?.createdAt || account.createdAt > from || others.length > 0) return false;
    if (isGivenSince(world, target, role.item, account.id, dayOf(from))) return false;
    return account.roleIds.includes(role.item.id) && !actors.has(account.id) && !actors.has(account.email);
  };
  return people.length > 0 && people.every(isIdle);
}

/** Ids and addresses of all who changed access. */
function actorsIn(target: TargetInventory): ReadonlySet<string> {
  const events = [...itemsOf(target.audit?.events).values()];
  return new Set(events.flatMap(({ actor }) => [actor.id ?? [], actor.email ?? []].flat()));
}
