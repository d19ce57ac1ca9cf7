/** People as an inventory knows them: a key for each, those who hold accounts, and those whom a group's members are. */

import type { Principal } from "../../model/directory.ts";
import { itemsOf, type Knowledge } from "../../model/knowledge.ts";
import { optional } from "../../model/optional.ts";
import type { Account, TargetInventory } from "../../model/target.ts";
import { accountsOf } from "../accounts.ts";
import { memo, memoOf } from "../memo.ts";
import type { PersonFacts } from "./relation.ts";

/** The key of a person: the account where there is exactly one, else the login. */
function personKeyOf(target: TargetInventory, principal: Principal): string {
  const [account, ...others] = accountsOf(target, principal);
  if (account && others.length === 0) return memo(target, accountKeys).get(account) ?? accountKeyOf(account);
  return `login ${principal.login || principal.email}`;
}

/** Each key once: who is in ten groups stands in ten sets of keys. */
function accountKeys(target: TargetInventory): ReadonlyMap<Account, string> {
  return new Map([...itemsOf(target.accounts).values()].map((account) => [account, accountKeyOf(account)]));
}

/** The key that `Relation.people` has for whoever holds this account alone. */
export function accountKeyOf({ id }: Pick<Account, "id">): string {
  return `account ${id}`;
}

export interface Audience {
  readonly keys: ReadonlySet<string>;
  /** Members who have not exactly one enabled account. */
  readonly strangers: ReadonlyMap<string, PersonFacts>;
  /** Members whose state the directory does not tell. */
  readonly unjudged: number;
}

/** Most groups have none. */
const NO_STRANGERS: ReadonlyMap<string, PersonFacts> = new Map();

/** The same read gives the very same set, which is how the engine sees that nobody moved. */
export function audience(target: TargetInventory, members: Knowledge<Principal>): Audience {
  return memoOf(target, members, makeAudience);
}

function makeAudience(target: TargetInventory, members: Knowledge<Principal>): Audience {
  const everybody = [...itemsOf(members).values()];
  const enabled = memo(target, accountPeople);
  const keys = new Set<string>();
  let strangers: Map<string, PersonFacts> | undefined;
  for (const principal of everybody) {
    const key = personKeyOf(target, principal);
    // No push ever changes a service account.
    if (principal.state !== "active" || enabled.get(key)?.kind === "service") continue;
    keys.add(key);
    if (!enabled.has(key)) strangers = (strangers ?? new Map()).set(key, stranger(target, principal));
  }
  return {
    keys,
    strangers: strangers ?? NO_STRANGERS,
    unjudged: everybody.filter(({ state }) => state === "unknown").length,
  };
}

/** Disabled accounts can do nothing, unless a mapping gives their person something: then they come back with the members. */
export function accountPeople(target: TargetInventory): ReadonlyMap<string, PersonFacts> {
  const accounts = [...memo(target, accountKeys)];
  return new Map(
    accounts.flatMap(([account, key]): [string, PersonFacts][] => {
      if (account.status === "disabled") return [];
      const { handle, email, serviceAccount, roleIds } = account;
      const outside = [...new Set(roleIds)].sort();
      // The handle of a service account is a number, and its address that of whoever made it.
      if (serviceAccount) return [[key, { name: account.name, kind: "service", outside }]];
      return [[key, { name: handle, kind: "person", outside, ...emailUnless(handle, email) }]];
    }),
  );
}

/** Somebody without exactly one enabled account: holds what mappings give, and what several accounts hold is not theirs for sure. */
function stranger(target: TargetInventory, principal: Principal): PersonFacts {
  const name = principal.login || principal.email;
  const several = accountsOf(target, principal).length > 1;
  return {
    name,
    kind: "person",
    outside: [],
    ...emailUnless(name, principal.email),
    ...optional("outsideGap", several ? `${name} has several accounts` : undefined),
  };
}

function emailUnless(name: string, email: string) {
  return optional("email", email === name || email === "" ? undefined : email);
}
