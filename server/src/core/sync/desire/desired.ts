/**
 * What each account and each team should hold, with the mapping that says so. What people hold besides and nobody here
 * manages is part of what they should hold, so that no later step ever sees it as something to remove.
 */

import type { Managed } from "../../analysis/managed.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { Account, TargetInventory } from "../../model/target.ts";
import type { Cause, HeldBack, MappingContent } from "../plan.ts";
import type { Gaps } from "./gaps.ts";

export interface Desired {
  readonly snapshot: Snapshot;
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory;
  /** False: nothing is removed yet, only listed. */
  readonly adopted: boolean;
  readonly managed: Managed;
  /** What mappings give: account id, role id, the first mapping that says so. */
  readonly roles: ReadonlyMap<string, ReadonlyMap<string, Cause>>;
  /** Team handle, account id, the first mapping that says so. */
  readonly teams: ReadonlyMap<string, ReadonlyMap<string, Cause>>;
  /** Accounts whose person is an active member of some mapped group. */
  readonly mapped: ReadonlySet<string>;
  /** Mappings in force by what they give (`keyOf`). */
  readonly givers: ReadonlyMap<string, readonly Giver[]>;
  /** Why an account has lost its claim, by `keyOf` and account id: deactivated, mapping ended. */
  readonly former: ReadonlyMap<string, Cause>;
  /** Accounts of people whom their directory has deactivated, by id. */
  readonly departed: ReadonlyMap<string, Cause>;
  /** Accounts to create, by their stand-in ids; empty unless users are pushed in full. */
  readonly newcomers: ReadonlyMap<string, Account>;
  /** AuthN mappings that the files come to, where a part is pushed that way. */
  readonly mappings: readonly WantedMapping[];
  /** Whom a SAML login tells from others: account ids by the claim's value, for every group that mappings name. */
  readonly claims: ReadonlyMap<string, ReadonlySet<string>>;
  readonly gaps: Gaps;
  readonly heldBack: readonly HeldBack[];
}

export interface WantedMapping {
  readonly content: MappingContent;
  readonly because: Cause;
  /** Why it may not be created: nobody can say whom it would reach. One that exists stays. */
  readonly gap?: string;
}

/** A group with the mapping that gives its members something. */
export interface Giver {
  readonly group: string;
  readonly because: Cause;
}

/** Something a mapping gives. `id` is a role's id or a team's handle. */
export interface Given {
  readonly kind: "role" | "team";
  readonly id: string;
  readonly because: Cause;
}

/**
 * Key in `Desired`'s tables: of a role (by id) or a team (by handle), and of one account's hold on it where `accountId`
 * is given.
 */
export function keyOf(kind: Given["kind"], id: string, accountId = ""): string {
  return `${kind} ${id} ${accountId}`;
}

/** The roles an account should hold: what mappings give, and what it holds that nobody here manages (hands-off). */
export function targetRoles(desired: Desired, account: Account): ReadonlySet<string> {
  const handsOff = account.roleIds.filter((id) => !desired.managed.roles.has(id));
  return new Set([...handsOff, ...(desired.roles.get(account.id)?.keys() ?? [])]);
}

/** An account that exists or that the plan creates. */
export function accountById({ target, newcomers }: Desired, id: string): Account | undefined {
  return itemsOf(target.accounts).get(id) ?? newcomers.get(id);
}
