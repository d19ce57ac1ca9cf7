/**
 * gov/reason-missing: a mapping gives a role of the sensitivity in `policy.require.reason` and says no reason.
 *
 * Why: at the next review nobody remembers what the access was for, so nobody dares to remove it.
 * Do: add `reason`: a purpose or a ticket.
 * Not reported: roles below the policy's level (high unless it says otherwise); roles whose content is not known; mappings
 * that have ended.
 */

import { addToMapping } from "../../analysis/judgements/fixes.ts";
import { describePrivilege, mostSensitive } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";

export const reasonMissing: Rule = {
  id: "gov/reason-missing",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    const { mapping } = resolved;
    const level = policyOf(world).require.reason;
    if (level === undefined || mapping.reason?.value.trim() || !mapping.group) return;
    const top = mostSensitive(resolved, level);
    if (!top) return;
    report({
      span: mapping.group.span,
      message: `${describePrivilege(resolved, top)} without a reason; say what it is for`,
      fixes: mapping.reason ? [] : addToMapping(source, mapping, 'Add "reason"', "reason", ""),
      asOf: top.held.role.asOf,
    });
  },
};
