/**
 * gov/suppress-expired: a suppression's last day has passed.
 *
 * Why: it suppresses nothing any more; what it allowed is a finding again.
 * Do: remove it, or renew it with a fresh reason.
 * Not reported: the last day itself, which still counts; dates that cannot be read, see exp/ambiguous-date.
 */

import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import { dayOf, parseDay } from "../../model/time.ts";

export const suppressExpired: Rule = {
  id: "gov/suppress-expired",
  severity: "error",
  checkMapping({ mapping }, { world, source, report }) {
    for (const { rule, until, span } of mapping.allow) {
      const day = until && parseDay(until.value);
      if (!until || day === undefined || day >= dayOf(world.now)) continue;
      report({
        span: until.span,
        message: `The suppression of ${rule.value} ended on ${day}; remove it, or renew it with a reason`,
        fixes: remove(source, "Remove this suppression", span, { safe: true, preferred: true }),
      });
    }
  },
};
