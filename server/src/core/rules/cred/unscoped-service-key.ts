/**
 * cred/unscoped-service-key: a key or token of a service account or agent has no scopes.
 *
 * Why: it permits everything that the account may, now and after its roles have grown, and programs leave keys behind in
 * logs and images.
 * Do: make a new one with the scopes that the program uses, and delete this one.
 * Not reported: keys of people, see cred/too-broad; API keys, which permit nothing alone; keys whose scopes or owners are
 * not known; accounts that are switched off, or hold nothing beyond the baseline.
 */

import { beyondBaseline } from "../../analysis/effective.ts";
import { serviceAccountsOf } from "../../analysis/judgements/serviceAccounts.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { itemsOf } from "../../model/knowledge.ts";

export const unscopedServiceKey: Rule = {
  id: "cred/unscoped-service-key",
  severity: "warning",
  checkProject({ world, report }) {
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const target = world.targets.get(name);
      const { credentials } = target ?? {};
      if (!target || !credentials) continue;
      const owners = new Map(
        serviceAccountsOf(target)
          .filter(({ roles }) => roles.some((role) => beyondBaseline(target, role).length > 0))
          .map(({ account }) => [account.id, account.name]),
      );
      const keys = [credentials.applicationKeys, credentials.tokens].flatMap((list) => [...itemsOf(list).values()]);
      const unscoped = keys
        .filter(({ scopes, ownerId = "" }) => scopes === null && owners.has(ownerId))
        .map((key) => `${inQuotes(key.name)} of ${inQuotes(owners.get(key.ownerId ?? "") ?? "")}`);
      if (unscoped.length === 0) continue;
      const [are, have] = unscoped.length === 1 ? ["A key", "has"] : [`${unscoped.length} keys`, "have"];
      report({
        span,
        message: `${are} of service accounts in ${inQuotes(name)} ${have} no scopes and may do all that the account may: ${fold(unscoped.sort())}; make new ones with the scopes that are used`,
        asOf: credentials.askedAt,
      });
    }
  },
};
