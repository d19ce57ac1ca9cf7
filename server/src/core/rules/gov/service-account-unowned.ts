/**
 * gov/service-account-unowned: nobody answers for a service account with a sensitive role.
 *
 * Why: nobody notices when it is no longer needed, and nobody can say what breaks when its key is replaced.
 * Do: say in `policy.bots` who owns it.
 * Not reported: accounts whose roles are less sensitive than `policy.require.owner` says, or than high where it says
 * nothing; accounts whose address is that of somebody with an active account; accounts that are switched off;
 * organizations whose accounts were not wholly read.
 */

import { botOf, isSensitive, serviceAccountsOf } from "../../analysis/judgements/serviceAccounts.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";
import { isComplete } from "../../model/knowledge.ts";

export const serviceAccountUnowned: Rule = {
  id: "gov/service-account-unowned",
  severity: "warning",
  checkProject({ world, report }) {
    const policy = policyOf(world);
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const target = world.targets.get(name);
      if (!target || !isComplete(target.accounts)) continue;
      const people = new Set(
        [...target.accounts.items.values()]
          .filter(({ serviceAccount, status }) => !serviceAccount && status === "active")
          .map(({ email }) => email),
      );
      const unowned = serviceAccountsOf(target)
        .filter((one) => isSensitive(target, one, policy.require.owner ?? "high"))
        .filter(({ account }) => !people.has(account.email) && botOf(policy, account)?.owner === undefined)
        .map(({ account }) => account);
      if (unowned.length === 0) continue;
      const which = unowned.length === 1 ? "the service account" : "the service accounts";
      report({
        span,
        message: `Nobody answers for ${which} ${fold(unowned.map((account) => inQuotes(account.name)))} of ${inQuotes(name)}, with sensitive roles; name an owner in policy.bots`,
        about: unowned.map(({ id }) => ({ organization: name, account: id })),
        asOf: target.accounts.asOf,
      });
    }
  },
};
