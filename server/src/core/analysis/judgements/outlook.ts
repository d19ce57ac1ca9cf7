/**
 * What the mappings of an organization would leave everybody with: what a push would do, seen from the files. It is there
 * only where everything it rests on is known whole, because half of it would cry wolf.
 */

import { isComplete, itemsOf } from "../../model/knowledge.ts";
import { addTo } from "../../model/maps.ts";
import type { Safety } from "../../model/project.ts";
import type { Account, Role, TargetInventory } from "../../model/target.ts";
import { accountsOf } from "../accounts.ts";
import { isAdmin } from "../effective.ts";
import { activeMembers, type ResolvedMapping } from "../grants.ts";
import { managedBy } from "../managed.ts";
import { memo } from "../memo.ts";
import type { MappedOrganization } from "../rule.ts";
import type { World } from "../world.ts";

export interface Outlook {
  readonly target: TargetInventory;
  /** Accounts of people that are not disabled. */
  readonly people: readonly Account[];
  /** Ids of the roles that mappings give, by account id. */
  readonly given: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of accounts of people who are active in a mapped group, whatever it gives. */
  readonly mapped: ReadonlySet<string>;
  /** Ids of accounts whose person is deactivated in the directory of a mapped group. */
  readonly departed: ReadonlySet<string>;
}

/** Undefined when accounts, roles or any mapping in force is not wholly known, or means somebody who has several accounts. */
export function outlookOf(mapped: MappedOrganization): Outlook | undefined {
  return memo(mapped, look);
}

/**
 * What each account loses by a push; undefined where a push removes nothing, or where that is not known. Where accounts may be
 * switched off, whoever left loses all they hold, and so does whoever would hold nothing. The identity in use never does: for
 * it this is what the files come to, which a push refuses.
 */
export function lossesIn(
  mapped: MappedOrganization,
  { lock }: World,
): ReadonlyMap<Account, readonly Role[]> | undefined {
  const { organization, mappings } = mapped;
  const { push } = organization;
  const takesRoles = push.roles === "scim" || push.roles === "members";
  const switchesOff = push.users !== "off";
  if (!(takesRoles || switchesOff) || !lock.organizations.get(organization.name)?.adopted) return undefined;
  const outlook = outlookOf(mapped);
  if (!outlook) return undefined;
  const { target, people, given, mapped: active, departed } = outlook;
  const managed = managedBy(mappings, lock, organization.name).roles;
  const roles = itemsOf(target.roles);
  const actor = target.actor.state === "known" ? target.actor.value.accountId : undefined;
  const losses = new Map<Account, readonly Role[]>();
  for (const account of people) {
    const { id, roleIds } = account;
    const kept = given.get(id);
    const isLeaving = switchesOff && departed.has(id) && !active.has(id) && id !== actor;
    const lost = isLeaving
      ? roleIds
      : takesRoles
        ? roleIds.filter((role) => managed.has(role) && !kept?.has(role))
        : [];
    // A set that would be empty is never written; the account is switched off instead, or left.
    const isLeft = lost.length === roleIds.length && !kept && !switchesOff && id !== actor;
    const known = lost.flatMap((role) => roles.get(role) ?? []);
    if (known.length > 0 && !isLeft) losses.set(account, known);
  }
  return losses;
}

/** Administrators that an organization keeps beside its identity provider: Datadog advises one or two. (2026-09) */
export const BREAK_GLASS = 2;

/** True when one of these roles makes an administrator. */
export function holdsAdmin(target: TargetInventory, roleIds: Iterable<string>): boolean {
  const roles = itemsOf(target.roles);
  for (const id of roleIds) {
    const role = roles.get(id);
    if (role && isAdmin(target, role)) return true;
  }
  return false;
}

/** Whether so many of so many may lose something in one go without anybody looking at it. */
export function isOrdinary({ removals }: Safety, leaving: number, holders: number): boolean {
  return leaving <= removals.floor || (leaving <= removals.people && leaving <= removals.share * holders);
}

function look({ target, mappings }: MappedOrganization): Outlook | undefined {
  if (!target || !isComplete(target.accounts) || !isComplete(target.roles)) return undefined;
  const given = new Map<string, Set<string>>();
  const active = new Set<string>();
  const departed = new Set<string>();
  for (const resolved of mappings) {
    if (resolved.until !== undefined && !resolved.inForce) continue;
    if (!isWhollyKnown(resolved)) return undefined;
    const ids = resolved.roles.flatMap(({ role }) => (role.answer === "present" ? [role.item.id] : []));
    for (const principal of activeMembers(resolved.members)) {
      const [account, ...others] = accountsOf(target, principal);
      if (others.length > 0) return undefined;
      if (!account) continue;
      active.add(account.id);
      for (const id of ids) addTo(given, account.id, id);
    }
    for (const principal of itemsOf(resolved.members).values()) {
      const [account, ...others] = principal.state === "deactivated" ? accountsOf(target, principal) : [];
      if (account && others.length === 0) departed.add(account.id);
    }
  }
  const people = [...target.accounts.items.values()].filter(
    ({ serviceAccount, status }) => !serviceAccount && status !== "disabled",
  );
  return { target, people, given, mapped: active, departed };
}

function isWhollyKnown({ mapping, inForce, group, members, roles, unknownBundles }: ResolvedMapping): boolean {
  return (
    mapping.group !== undefined &&
    inForce &&
    group?.answer === "present" &&
    isComplete(members) &&
    [...members.items.values()].every(({ state }) => state !== "unknown") &&
    unknownBundles.length === 0 &&
    roles.every(({ role }) => role.answer === "present")
  );
}
