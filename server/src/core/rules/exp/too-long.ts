/**
 * exp/too-long: a mapping ends later than the policy's `longest` allows.
 *
 * Why: an end that nobody will live to see is no end.
 * Do: end it sooner; the fix caps it. Extend it when the day comes.
 * Not reported: projects without `policy.longest`; mappings without an end, see exp/missing-on-privileged.
 */

import { groupName } from "../../analysis/grants.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";
import { addDays, dayOf, daysBetween } from "../../model/time.ts";
import { replaceScalar } from "../../syntax/edit.ts";

export const tooLong: Rule = {
  id: "exp/too-long",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    const { mapping, until } = resolved;
    const { longest } = policyOf(world);
    if (!mapping.until || until === undefined || longest === undefined) return;
    const today = dayOf(world.now);
    const days = daysBetween(today, until);
    if (days <= longest) return;
    const cap = addDays(today, longest);
    report({
      span: mapping.until.span,
      message: `What "${groupName(resolved)}" gets here ends in ${days} days; the policy allows ${longest}, until ${cap}`,
      fixes: [{ title: `Change to ${cap}`, edits: [replaceScalar(source, mapping.until.span, cap)], preferred: true }],
    });
  },
};
