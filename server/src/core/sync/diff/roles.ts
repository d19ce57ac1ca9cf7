/** Roles written account by account: what each should hold against what it holds. One change each, with the whole new set. */

import { itemsOf } from "../../model/knowledge.ts";
import type { Account, Actor } from "../../model/target.ts";
import { byName, lossCause, NOT_ADOPTED, namedRole, nameOf } from "../causes.ts";
import { type Desired, targetRoles } from "../desire/desired.ts";
import { roleGap } from "../desire/gaps.ts";
import { type HeldBackTable, holdPerson, WAITS_FOR } from "../holding.ts";
import { peopleOf } from "../people.ts";
import type { SetActive, SetRoles } from "../plan.ts";
import { joinAnd } from "../render/words.ts";
import { isLeaving, mayDeactivate, roleDoor, switchOff } from "./users.ts";

export interface RoleDiff {
  readonly changes: readonly (SetRoles | SetActive)[];
  /** What the files come to for the identity in use. It never changes itself. */
  readonly own?: SetRoles;
  /** Disabled accounts that still hold managed roles nobody gives them. */
  readonly dormant: number;
}

/** Adds what is left alone to `holding`. */
export function diffRoles(desired: Desired, actor: Actor, holding: HeldBackTable): RoleDiff {
  const changes: (SetRoles | SetActive)[] = [];
  let own: SetRoles | undefined;
  let dormant = 0;
  for (const account of peopleOf(desired.target)) {
    // Somebody who leaves is switched off, whatever they hold; see `diffUsers`.
    if (isLeaving(desired, account, actor)) continue;
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
      own = change;
      holdPerson(holding, account.handle, ["is not changed", "are not changed"], "it is the identity in use");
    } else if (change.after.length === 0 && mayDeactivate(desired)) {
      changes.push(switchOff(desired, account, change.revokes[0]?.because ?? { text: "no mapping gives them a role" }));
    } else if (reason !== undefined && gained.length + removable.length > 0) {
      holdPerson(holding, account.handle, reason.verbs, reason.why);
    } else if (gained.length + removable.length > 0) {
      changes.push(change);
    }
  }
  return { changes, ...(own && { own }), dormant };
}

function mayRemove(desired: Desired, account: Account, roleId: string, holding: HeldBackTable): boolean {
  const name = nameOf(desired, roleId);
  const why = desired.adopted ? roleGap(desired.gaps, roleId, account.id) : NOT_ADOPTED;
  if (why !== undefined) holdPerson(holding, account.handle, [`keeps ${name}`, `keep ${name}`], why);
  return why === undefined;
}

function toChange(desired: Desired, account: Account, gained: readonly string[], lost: readonly string[]): SetRoles {
  const before = account.roleIds.map((id) => namedRole(desired, id)).sort(byName);
  const after = [...account.roleIds.filter((id) => !lost.includes(id)), ...gained].map((id) => namedRole(desired, id));
  const given = desired.roles.get(account.id);
  return {
    action: "set-roles",
    through: roleDoor(desired),
    account: { id: account.id, name: account.handle },
    before,
    after: after.sort(byName),
    grants: gained
      .map((id) => ({ ...namedRole(desired, id), because: given?.get(id) ?? { text: nameOf(desired, id) } }))
      .sort(byName),
    revokes: lost
      .map((id) => ({
        ...namedRole(desired, id),
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
