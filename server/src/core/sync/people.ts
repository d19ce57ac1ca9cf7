/** Joins people of a directory to Datadog accounts. */

import { accountsOf } from "../analysis/accounts.ts";
import { memo } from "../analysis/memo.ts";
import type { Principal } from "../model/directory.ts";
import { isComplete, itemsOf } from "../model/knowledge.ts";
import type { Account, TargetInventory } from "../model/target.ts";
import { WAITS_FOR } from "./holding.ts";
import { type Named, newHandleOf } from "./plan.ts";

export type Joined =
  | { readonly account: Account }
  /** Nobody to write to. Without `why` that needs no word; `undecided` accounts may be meant, and keep what they have. */
  | { readonly account?: undefined; readonly why?: string; readonly undecided: readonly Account[] };

/** The one account that a member of a mapped group may be given something on. */
export function joinPerson(target: TargetInventory, principal: Principal, directory: string): Joined {
  const found = accountsOf(target, principal);
  const [account, ...others] = found;
  if (principal.state === "unknown") {
    const why = `${directory} does not say whether they are active, so they neither gain nor lose`;
    return { why, undecided: found };
  }
  if (others.length > 0) {
    const why = `${target.name} has several accounts with the address, so none of them is changed`;
    return { why, undecided: found };
  }
  if (account?.serviceAccount) return { why: "service accounts are never changed", undecided: [] };
  if (account) return { account };
  if (principal.state !== "active") return { undecided: [] };
  const why = isComplete(target.accounts)
    ? WAITS_FOR.account
    : `no account found, and accounts of ${target.name} could not be read completely`;
  return { why, undecided: [] };
}

/** Accounts of people; service accounts are never written. */
export function peopleOf(target: TargetInventory): readonly Account[] {
  return memo(target, listPeople);
}

function listPeople(target: TargetInventory): readonly Account[] {
  return [...itemsOf(target.accounts).values()].filter((account) => !account.serviceAccount);
}

/** The account that a plan means. One that a plan created was named before it had an id. */
export function findAccount(target: TargetInventory, { id }: Named): Account | undefined {
  const accounts = itemsOf(target.accounts);
  const handle = newHandleOf(id);
  if (handle === undefined) return accounts.get(id);
  return [...accounts.values()].find((account) => account.handle === handle.toLowerCase());
}
