/**
 * lock/self: a push would take a role from the person whose key is in use.
 *
 * Why: half-way through, the key could no longer do what is left, and nobody could undo it with the same key.
 * Do: push with the key of a service account, which no push changes; or map the role for a group that this person is in.
 * Not reported: service accounts; organizations that are not adopted, or where a push takes no roles; anything less than
 * complete knowledge of accounts, roles and mapped groups. The key that reads may be another one than the key that writes.
 */

import { lossesIn } from "../../analysis/judgements/outlook.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";

export const self: Rule = {
  id: "lock/self",
  severity: "error",
  locked: true,
  checkOrganization(mapped, { world, report }) {
    const { organization, target } = mapped;
    if (!world.project || target?.actor.state !== "known") return;
    const { accountId } = target.actor.value;
    for (const [account, lost] of lossesIn(mapped, world) ?? []) {
      if (account.id !== accountId) continue;
      report({
        source: world.project.tree,
        span: organization.span,
        message: `A push would take ${fold(lost.map(({ name }) => inQuotes(name)))} from ${account.handle}, whose key is in use for "${organization.name}"; push with the key of a service account`,
        asOf: target.actor.asOf,
      });
    }
  },
};
