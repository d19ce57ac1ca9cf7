/**
 * gov/suppress-without-reason: a suppression under `allow` has no reason or no end.
 *
 * Why: an exception without a reason cannot be judged again, one without an end is a rule change in disguise.
 * Do: add both. The fix for the end gives 90 days, or what the policy's `longest` leaves.
 * Not reported: suppressions that have ended, see gov/suppress-expired.
 */

import { addToSuppression } from "../../analysis/judgements/fixes.ts";
import { latestEnd } from "../../analysis/judgements/lifetime.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";
import { dayOf } from "../../model/time.ts";

export const suppressWithoutReason: Rule = {
  id: "gov/suppress-without-reason",
  severity: "warning",
  checkMapping({ mapping }, { world, source, report }) {
    if (mapping.allow.length === 0) return;
    const day = latestEnd(policyOf(world), world.now);
    for (const suppression of mapping.allow) {
      const hasReason = Boolean(suppression.reason?.value.trim());
      const { until } = suppression;
      if ((hasReason && until) || (until && until.value < dayOf(world.now))) continue;
      const missing = [...(hasReason ? [] : ["reason"]), ...(until ? [] : ["end"])];
      report({
        span: suppression.rule.span,
        message: `The suppression of ${suppression.rule.value} has no ${missing.join(" and no ")}; add ${missing.length > 1 ? "both" : "it"}`,
        fixes: [
          ...(suppression.reason || hasReason
            ? []
            : addToSuppression(source, suppression, 'Add "reason"', "reason", "")),
          ...(until ? [] : addToSuppression(source, suppression, `Add "until: ${day}"`, "until", day)),
        ],
      });
    }
  },
};
