/**
 * priv/unused-grant: nobody in the group has signed in to Datadog for ninety days.
 *
 * Why: access that nobody uses does no work and can still be stolen.
 * Do: remove the mapping, or give it an end and see whether somebody asks.
 * Not reported: groups one of whose members has no recorded sign-in, or no account yet; roles that none of them holds
 * yet, or that were made or given within the ninety days, as far as pushes and the audit trail tell; people who work through an application key, where keys were read; Datadog Admin Role, and what name or reason
 * says is for emergencies, which nobody should need; members and accounts that were not wholly read; mappings that have
 * ended, or end within thirty days. Which permissions people use cannot be told: the audit trail does not record reading.
 */

import { accountsOf } from "../../analysis/accounts.ts";
import { ADMIN_ROLE } from "../../analysis/effective.ts";
import { activeMembers, groupName, type HeldRole, type ResolvedMapping } from "../../analysis/grants.ts";
import { hasDuty } from "../../analysis/judgements/duties.ts";
import { addToMapping, remove } from "../../analysis/judgements/fixes.ts";
import { isGivenSince, isMadeSince } from "../../analysis/judgements/grantAge.ts";
import { memo } from "../../analysis/memo.ts";
import type { Rule } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";
import type { World } from "../../analysis/world.ts";
import type { Principal } from "../../model/directory.ts";
import { isComplete, itemsOf, type Knowledge } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";
import { addDays, type Day, dayOf } from "../../model/time.ts";

const DAYS = 90;
/** What the fix gives those who use it after all to say so. */
const NOTICE_DAYS = 30;

export const unusedGrant: Rule = {
  id: "priv/unused-grant",
  severity: "info",
  isReticent: true,
  checkMapping(resolved, { world, source, report }) {
    const { mapping, members, target } = resolved;
    const roles = resolved.held;
    if (!mapping.group || !target || roles.length === 0) return;
    if (!isComplete(members) || !isComplete(target.accounts)) return;
    const day = addDays(dayOf(world.now), NOTICE_DAYS);
    if (resolved.until !== undefined && resolved.until <= day) return;
    const last = lastUse(world, target, members, roles);
    if (last === undefined || isForEmergencies(resolved)) return;
    report({
      span: mapping.group.span,
      message: `Nobody in "${groupName(resolved)}" has signed in to "${target.name}" since ${last}; remove the mapping, or give it an end`,
      fixes: [
        ...(mapping.until ? [] : addToMapping(source, mapping, `Add "until: ${day}"`, "until", day)),
        ...remove(source, "Remove this mapping", mapping.span),
      ],
      ...oldest(members.asOf, target.accounts.asOf),
    });
  },
};

function isForEmergencies(resolved: ResolvedMapping): boolean {
  return hasDuty(resolved, "standby") || resolved.held.some(({ role }) => role.item.name === ADMIN_ROLE);
}

function beginOfWindow({ now }: World): Day {
  return addDays(dayOf(now), -DAYS);
}

/**
 * The last day on which one of them used Datadog, when that is before the window, known of each, and each has held one of
 * the roles since before it. Most groups are through with it at their first member.
 */
function lastUse(
  world: World,
  target: TargetInventory,
  members: Knowledge<Principal>,
  roles: readonly HeldRole[],
): Day | undefined {
  const since = memo(world, beginOfWindow);
  let last: Day | undefined;
  for (const person of activeMembers(members)) {
    const [account, ...others] = accountsOf(target, person);
    if (!account?.lastLogin || others.length > 0) return undefined;
    const key = memo(target, keyUse).get(account.id) ?? "";
    const day = dayOf(key > account.lastLogin ? key : account.lastLogin);
    if (day >= since) return undefined;
    const isOld = ({ role: { item } }: HeldRole) =>
      account.roleIds.includes(item.id) &&
      !isMadeSince(item, since) &&
      !isGivenSince(world, target, item, account.id, since);
    if (!roles.some(isOld)) return undefined;
    if (last === undefined || day > last) last = day;
  }
  return last;
}

/** When an application key of each account was last used. */
function keyUse(target: TargetInventory): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  for (const { ownerId, lastUsedAt } of itemsOf(target.credentials?.applicationKeys).values()) {
    if (ownerId !== undefined && lastUsedAt && lastUsedAt > (used.get(ownerId) ?? "")) used.set(ownerId, lastUsedAt);
  }
  return used;
}
