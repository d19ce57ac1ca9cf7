/**
 * gov/review-overdue: an organization was last reviewed longer ago than `policy.review` allows.
 *
 * Why: access that was right once is wrong by habit. Auditors ask for the date of the last review.
 * Do: run `accessmap review`, look at what changed, and commit the lock, which records the day.
 * Not reported: projects without `policy.review`.
 */

import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";
import { dayOf, daysBetween } from "../../model/time.ts";

export const reviewOverdue: Rule = {
  id: "gov/review-overdue",
  severity: "warning",
  checkProject({ world, report }) {
    const { review } = policyOf(world);
    if (review === undefined) return;
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const reviewed = world.lock.organizations.get(name)?.reviewed;
      const days = reviewed === undefined ? undefined : daysBetween(reviewed, dayOf(world.now));
      if (days !== undefined && days <= review) continue;
      report({
        span,
        message:
          days === undefined
            ? `accessmap.lock records no review of "${name}"; run \`accessmap review\``
            : `"${name}" was last reviewed ${days} days ago, and the policy asks for a review within ${review}; run \`accessmap review\``,
      });
    }
  },
};
