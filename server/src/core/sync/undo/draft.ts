/** What every reversal of an undo needs: where it writes, whose account is meant, and what is left alone with the reason. */

import type { Account } from "../../model/target.ts";
import { NOT_ADOPTED } from "../causes.ts";
import type { Desired } from "../desire/desired.ts";
import { findAccount } from "../people.ts";
import { type Cause, type Change, type HeldBack, type Named, newHandleOf, type SetRoles } from "../plan.ts";

/** What an undo comes to, while it is put together. */
export interface UndoDraft {
  readonly desired: Desired;
  readonly actorId: string;
  readonly because: Cause;
  readonly changes: Change[];
  readonly heldBack: HeldBack[];
  own?: SetRoles;
}

export const GONE = "the account is not there any more";
export const NO_ADDRESS =
  "the journal keeps no addresses, so nobody can tell which account was created; look at it by hand";

/** An account that the apply created, in a journal that keeps the domains of addresses alone. */
export function isUnknown({ id }: Named): boolean {
  return newHandleOf(id)?.startsWith("…@") === true;
}

/** Why nothing is done to an account, or undefined when it is one that can be changed. */
export function whyLeft(account: Account | undefined): string | undefined {
  if (!account) return GONE;
  if (account.serviceAccount) return "service accounts are never changed";
  return account.status === "disabled" ? "the account is disabled" : undefined;
}

/** On, or switched on by this undo. */
export function isUsable({ changes }: UndoDraft, account: Account): boolean {
  const isComing = ({ id }: Account) =>
    changes.some((change) => change.action === "set-active" && change.active && change.account.id === id);
  return whyLeft(account) === undefined || (!account.serviceAccount && isComing(account));
}

/** The change with the handle that its account has now; the journal may not keep it. */
export function nowNamed({ desired }: UndoDraft, change: Change): Change {
  if (!("account" in change)) return change;
  const account = findAccount(desired.target, change.account);
  return account ? { ...change, account: { id: account.id, name: account.handle } } : change;
}

/** Only what the files or the lock still name may be taken: whatever else is there is somebody else's by now. */
export function whyNotTaken({ adopted }: Desired, isManaged: boolean): string | undefined {
  if (!adopted) return NOT_ADOPTED;
  return isManaged ? undefined : "neither files nor lock name it any more";
}

/** Leaves something alone and says so. Returns undefined, so that a reversal can end with it. */
export function hold(draft: UndoDraft, what: string, why: string, people: readonly string[] = []): undefined {
  draft.heldBack.push({ what, why, people });
}
