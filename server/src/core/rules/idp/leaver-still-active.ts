/**
 * idp/leaver-still-active: somebody who is deactivated in the directory has an active Datadog account.
 *
 * Why: single sign-on no longer lets them in, but their keys and tokens go on working, and so does every other way to
 * log in.
 * Do: switch the account off in Datadog; with `push: { users: deactivate }` a push does it.
 * Not reported: people who are merely suspended, for instance on leave; accounts that are switched off or were never
 * accepted; people who are in no mapped group; accounts that could not be read. Each person is reported once an
 * organization, at the first group that has them.
 */

import { accountsOf } from "../../analysis/accounts.ts";
import { memo } from "../../analysis/memo.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";
import type { Principal } from "../../model/directory.ts";
import { itemsOf, type Knowledge } from "../../model/knowledge.ts";
import type { Account, TargetInventory } from "../../model/target.ts";

export const leaverStillActive: Rule = {
  id: "idp/leaver-still-active",
  severity: "error",
  checkOrganization({ organization, target, mappings }, { report }) {
    if (target?.accounts.state !== "known") return;
    const told = new Set<string>();
    for (const { mapping, members, directory } of mappings) {
      if (!mapping.group || members.state === "unknown") continue;
      const active = memo(members as Knowledge<Principal>, leaversIn).flatMap((leaver) => {
        const account = told.has(leaver.login) ? undefined : activeAccountOf(target, leaver);
        return account ? [{ login: leaver.login, account }] : [];
      });
      if (active.length === 0) continue;
      for (const { login } of active) told.add(login);
      const [are, have] = active.length === 1 ? ["is", "account"] : ["are", "accounts"];
      const way = organization.push.users === "off" ? `, or let a push do it with "users: deactivate"` : "";
      report({
        source: mapping.source,
        span: mapping.group.span,
        message: `${fold(active.map(({ login }) => login))} ${are} deactivated in "${directory?.name}" and still active in "${organization.name}", where their keys go on working; switch the ${have} off${way}`,
        about: active.map(({ account }) => ({ organization: organization.name, account: account.id })),
        ...oldest(members.asOf, target.accounts.asOf),
      });
    }
  },
};

function leaversIn(members: Knowledge<Principal>): readonly Principal[] {
  return [...itemsOf(members).values()].filter(({ state }) => state === "deactivated");
}

/** An address that several accounts share says of none of them that its owner left. */
function activeAccountOf(target: TargetInventory, leaver: Principal): Account | undefined {
  const [account, ...others] = accountsOf(target, leaver);
  return account?.status === "active" && others.length === 0 ? account : undefined;
}
