/**
 * exp/soon: a mapping ends within 14 days.
 *
 * Why: people lose access on that day, often in the middle of something.
 * Do: let it end, or extend it now. The fix gives 90 more days, or what the policy's `longest` leaves.
 * Not reported: mappings that have ended, see exp/expired.
 */

import { groupName } from "../../analysis/grants.ts";
import { latestEnd } from "../../analysis/judgements/lifetime.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";
import { dayOf, daysBetween } from "../../model/time.ts";
import { replaceScalar } from "../../syntax/edit.ts";

const SOON = 14;

export const soon: Rule = {
  id: "exp/soon",
  severity: "info",
  checkMapping(resolved, { world, source, report }) {
    const { mapping, until } = resolved;
    if (!mapping.until || until === undefined) return;
    const left = daysBetween(dayOf(world.now), until);
    if (left < 0 || left > SOON) return;
    const day = latestEnd(policyOf(world), world.now);
    const fix = { title: `Extend to ${day}`, edits: [replaceScalar(source, mapping.until.span, day)] };
    report({
      span: mapping.until.span,
      message: `What "${groupName(resolved)}" gets here ends ${inDays(left)}; extend it if it is still needed`,
      fixes: day > until ? [fix] : [],
    });
  },
};

function inDays(left: number): string {
  if (left === 0) return "today";
  return left === 1 ? "tomorrow" : `in ${left} days`;
}
