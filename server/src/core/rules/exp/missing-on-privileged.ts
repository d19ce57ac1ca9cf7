/**
 * exp/missing-on-privileged: a mapping gives a role of the sensitivity in `policy.require.until` and has no end.
 *
 * Why: privileged access that never ends is never looked at again.
 * Do: add `until`; the fix gives 90 days, or what the policy's `longest` leaves.
 * Not reported: projects without `policy.require.until`; roles whose content is not known; mappings that have ended.
 */

import { addToMapping } from "../../analysis/judgements/fixes.ts";
import { latestEnd } from "../../analysis/judgements/lifetime.ts";
import { describePrivilege, mostSensitive } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";

export const missingOnPrivileged: Rule = {
  id: "exp/missing-on-privileged",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    const { mapping } = resolved;
    const policy = policyOf(world);
    const level = policy.require.until;
    if (level === undefined || mapping.until || !mapping.group) return;
    const top = mostSensitive(resolved, level);
    if (!top) return;
    const day = latestEnd(policy, world.now);
    report({
      span: mapping.group.span,
      message: `${describePrivilege(resolved, top)} without an end; add "until"`,
      fixes: addToMapping(source, mapping, `Add "until: ${day}"`, "until", day),
      asOf: top.held.role.asOf,
    });
  },
};
