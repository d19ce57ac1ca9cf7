/** Service accounts as rules look at them: what they hold, and what the policy says of them. */

import { itemsOf } from "../../model/knowledge.ts";
import type { KnownBot, Policy } from "../../model/project.ts";
import {
  type Account,
  compareSensitivity,
  type Role,
  type Sensitivity,
  type TargetInventory,
} from "../../model/target.ts";
import { beyondBaseline, sensitivityOf } from "../effective.ts";

export interface ServiceAccount {
  readonly account: Account;
  /** Roles that are known. */
  readonly roles: readonly Role[];
}

/** Those that are not switched off, by name. */
export function serviceAccountsOf(target: TargetInventory): readonly ServiceAccount[] {
  const roles = itemsOf(target.roles);
  return [...itemsOf(target.accounts).values()]
    .filter(({ serviceAccount, status }) => serviceAccount && status !== "disabled")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((account) => ({ account, roles: account.roleIds.flatMap((id) => roles.get(id) ?? []) }));
}

/** Whether one of its roles is at least so sensitive. */
export function isSensitive(target: TargetInventory, { roles }: ServiceAccount, level: Sensitivity): boolean {
  return roles.some((role) => compareSensitivity(sensitivityOf(target, role), level) >= 0);
}

/** What the policy says of an account of this name. */
export function botOf({ bots }: Policy, { name }: Account): KnownBot | undefined {
  return bots.find((bot) => bot.name.value === name);
}

/** Permissions that a push takes: https://docs.datadoghq.com/api/latest/scim/ and teams (2026-09). */
const PUSHES: ReadonlySet<string> = new Set(["user_access_manage", "user_access_invite", "teams_manage"]);

/** Holds what a push takes and nothing beyond: administering access is its work. */
export function onlyPushes(target: TargetInventory, { roles }: ServiceAccount): boolean {
  return roles.every((role) =>
    beyondBaseline(target, role).every(({ name, type }) => type === "read" || PUSHES.has(name)),
  );
}
