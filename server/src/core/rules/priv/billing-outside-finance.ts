/**
 * priv/billing-outside-finance: a role can change plan and payment, and nothing says that this is the group's work.
 *
 * Why: a changed plan costs money at once and can switch off products; engineers who hold it mostly do so by accident.
 * Do: remove the role, or give it to finance; where the group is finance, say so in the mapping's reason.
 * Not reported: groups whose name, and mappings whose reason, speaks of finance, billing, contracts or purchasing;
 * roles that only read bills; roles that are as good as Datadog Admin; Datadog's own roles; roles whose content is not
 * known; mappings that have ended.
 */

import { isAdmin, permissionNames } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { hasDuty } from "../../analysis/judgements/duties.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";

const BILLING = "billing_edit";

export const billingOutsideFinance: Rule = {
  id: "priv/billing-outside-finance",
  severity: "warning",
  checkMapping(resolved, { source, report }) {
    for (const held of resolved.held) {
      const role = held.role.item;
      if (!permissionNames(held.target, role).has(BILLING) || role.managed || isAdmin(held.target, role)) continue;
      if (hasDuty(resolved, "finance")) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" can change plan and payment through "${role.name}" (${BILLING}), and nothing says that this is its work; remove the role, or say so in the reason`,
        fixes: useLess(source, held, (other) => !permissionNames(held.target, other).has(BILLING)),
        asOf: held.role.asOf,
      });
    }
  },
};
