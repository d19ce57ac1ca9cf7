/**
 * exp/service-account-end: a service account with a sensitive role has no end, or its end has passed.
 *
 * Why: programs go and their accounts stay, with keys that nobody remembers.
 * Do: say in `policy.bots` until when it is needed; when that day comes, look whether it still is, or switch it off.
 * Not reported: as endless: accounts that `policy.bots` does not name, see gov/service-account-unowned; accounts whose
 * roles are less sensitive than `policy.require.until` says, and all where it says nothing; ends that are no days; accounts
 * that are switched off or could not be read.
 */

import { latestEnd } from "../../analysis/judgements/lifetime.ts";
import { botOf, isSensitive, serviceAccountsOf } from "../../analysis/judgements/serviceAccounts.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";
import type { Account } from "../../model/target.ts";
import { dayOf, parseDay } from "../../model/time.ts";
import { replaceScalar } from "../../syntax/edit.ts";

export const serviceAccountEnd: Rule = {
  id: "exp/service-account-end",
  severity: "warning",
  checkProject({ world, source, report }) {
    const policy = policyOf(world);
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const target = world.targets.get(name);
      if (target?.accounts.state !== "known") continue;
      const { asOf } = target.accounts;
      const endless: Account[] = [];
      for (const one of serviceAccountsOf(target)) {
        const bot = botOf(policy, one.account);
        const until = bot?.until;
        const end = until && parseDay(until.value);
        const { until: level } = policy.require;
        if (bot && !until && level !== undefined && isSensitive(target, one, level)) endless.push(one.account);
        if (!until || end === undefined || end >= dayOf(world.now)) continue;
        const later = latestEnd(policy, world.now);
        report({
          span: until.span,
          message: `The service account ${inQuotes(one.account.name)} was needed until ${end} and is still on in ${inQuotes(name)}; switch it off, or give it another end`,
          fixes: [{ title: `Change to ${later}`, edits: [replaceScalar(source, until.span, later)] }],
          about: [{ organization: name, account: one.account.id }],
          asOf,
        });
      }
      if (endless.length > 0)
        report({
          span,
          message: `${endless.length === 1 ? "The service account" : "The service accounts"} ${fold(endless.map((account) => inQuotes(account.name)))} of ${inQuotes(name)} ${endless.length === 1 ? "has sensitive roles and no end" : "have sensitive roles and no ends"}; say in policy.bots until when`,
          about: endless.map(({ id }) => ({ organization: name, account: id })),
          asOf,
        });
    }
  },
};
