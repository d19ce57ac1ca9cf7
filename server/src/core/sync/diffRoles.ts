/** Roles: what each account should hold against what it holds. One change per account, with its whole new role set. */

import { itemsOf } from "../model/knowledge.ts";
import type { Account, Actor, Role } from "../model/target.ts";
import { type Desired, keyOf, targetRoles } from "./desired.ts";
import { roleGap } from "./gaps.ts";
import { type Holding, holdPerson, WAITS_FOR } from "./holding.ts";
import { peopleOf } from "./people.ts";
import type { Cause, Named, Refusal, SetRoles } from "./plan.ts";
import { foldPeople, joinAnd } from "./words.ts";

export const NOT_ADOPTED =
  "the organization is not adopted yet, so nothing is removed; `accessmap lock --adopt` allows it";

export interface RoleDiff {
  readonly changes: readonly SetRoles[];
  readonly refusals: readonly Refusal[];
  /** Disabled accounts that still hold managed roles nobody gives them. */
  readonly dormant: number;
}

/** Adds what is left alone to `holding`. */
export function diffRoles(desired: Desired, actor: Actor, holding: Holding): RoleDiff {
  const changes: SetRoles[] = [];
  const refusals: Refusal[] = [];
  let dormant = 0;
  for (const account of peopleOf(desired.target)) {
    const target = targetRoles(desired, account);
    const held = new Set(account.roleIds);
    const gained = [...target].filter((id) => !held.has(id));
    const lost = [...held].filter((id) => !target.has(id));
    if (gained.length + lost.length === 0) continue;
    if (account.status === "disabled") {
      // Without access there is nothing to take away, and a grant would lie in wait for the day somebody enables it.
      // A pending account is written like an active one: its roles wait for the first login, and must be right by then.
      if (gained.length > 0) holdPerson(holding, account.handle, ["gains nothing", "gain nothing"], WAITS_FOR.enabling);
      if (lost.length > 0) dormant++;
      continue;
    }
    const removable = lost.filter((id) => mayRemove(desired, account, id, holding));
    const change = toChange(desired, account, gained, removable);
    const reason = reasonToLeave(desired, account, change);
    if (account.id === actor.accountId && gained.length + removable.length > 0) {
      if (removable.length > 0) refusals.push(ownRights(account, change.revokes));
      holdPerson(holding, account.handle, ["is not changed", "are not changed"], "it is the identity in use");
    } else if (reason !== undefined && gained.length + removable.length > 0) {
      holdPerson(holding, account.handle, reason.verbs, reason.why);
    } else if (gained.length + removable.length > 0) {
      changes.push(change);
    }
  }
  return { changes, refusals, dormant };
}

function mayRemove(desired: Desired, account: Account, roleId: string, holding: Holding): boolean {
  const name = nameOf(desired, roleId);
  const why = desired.adopted ? roleGap(desired.gaps, roleId, account.id) : NOT_ADOPTED;
  if (why !== undefined) holdPerson(holding, account.handle, [`keeps ${name}`, `keep ${name}`], why);
  return why === undefined;
}

function toChange(desired: Desired, account: Account, gained: readonly string[], lost: readonly string[]): SetRoles {
  const before = account.roleIds.map((id) => named(desired, id)).sort(byName);
  const after = [...account.roleIds.filter((id) => !lost.includes(id)), ...gained].map((id) => named(desired, id));
  const given = desired.roles.get(account.id);
  return {
    action: "set-roles",
    through: "scim",
    account: { id: account.id, name: account.handle },
    before,
    after: after.sort(byName),
    grants: gained
      .map((id) => ({ ...named(desired, id), because: given?.get(id) ?? { text: nameOf(desired, id) } }))
      .sort(byName),
    revokes: lost
      .map((id) => ({
        ...named(desired, id),
        because: lossCause(desired, "role", id, nameOf(desired, id), account.id),
      }))
      .sort(byName),
  };
}

/** A set that is empty or holds an unverified id is never written: what Datadog makes of it is undocumented. (2026-09) */
function reasonToLeave(
  desired: Desired,
  account: Account,
  { after }: SetRoles,
): { readonly verbs: readonly [string, string]; readonly why: string } | undefined {
  if (after.length === 0) {
    const all = account.roleIds.map((id) => nameOf(desired, id)).sort();
    const why = "they would hold no role at all; deactivate the account or give it another role";
    return { verbs: [`keeps ${joinAnd(all)}`, `keep ${joinAnd(all)}`], why };
  }
  const roles = itemsOf(desired.target.roles);
  if (after.every(({ id }) => roles.has(id))) return undefined;
  return { verbs: ["is not changed", "are not changed"], why: "a role they hold could not be read" };
}

function ownRights(account: Account, revokes: SetRoles["revokes"]): Refusal {
  const roles = revokes.map(({ name }) => name).join(", ");
  const message = `the files would take ${roles} from ${account.handle}, the identity in use; apply as another identity, best a service account`;
  return { guard: "lock/self", object: account.handle, message };
}

/** Why somebody loses a role or a place in a team: their own end, else what the groups say. */
export function lossCause(desired: Desired, kind: "role" | "team", id: string, name: string, accountId: string): Cause {
  const own = desired.former.get(keyOf(kind, id, accountId));
  if (own) return own;
  const givers = desired.givers.get(keyOf(kind, id)) ?? [];
  const [only] = givers;
  if (!only) return { text: `no mapping gives ${name}` };
  if (givers.length === 1) return { ...only.because, text: `not a member of ${only.group}` };
  return { text: `a member of none of ${foldPeople([...new Set(givers.map(({ group }) => group))])}` };
}

export function nameOf(desired: Desired, roleId: string): string {
  return roleOf(desired, roleId)?.name ?? roleId;
}

export function roleOf(desired: Desired, roleId: string): Role | undefined {
  return itemsOf(desired.target.roles).get(roleId);
}

function named(desired: Desired, roleId: string): Named {
  return { id: roleId, name: nameOf(desired, roleId) };
}

function byName(a: Named, b: Named): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
