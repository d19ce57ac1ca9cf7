/**
 * gov/suppress-unused: a suppression silences nothing.
 *
 * Why: it lies in wait. The day the finding comes back, for another reason than the one that was reviewed, nobody sees it.
 * That of a rule which the policy locks does not even do that, and whoever wrote it believes that it does.
 * Do: remove it; the fix does.
 * Not reported: suppressions of rules that are off, that do not exist, or whose data is not wholly known, since they may be
 * needed tomorrow; suppressions that have ended, see gov/suppress-expired, or whose date cannot be read.
 */

import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import { dayOf, parseDay } from "../../model/time.ts";

export const suppressUnused: Rule = {
  id: "gov/suppress-unused",
  severity: "info",
  checkUnused(unused, { world, source, report }) {
    for (const { rule, until, span, isLocked } of unused) {
      const day = until && parseDay(until.value);
      if (until && (day === undefined || day < dayOf(world.now))) continue;
      report({
        span: rule.span,
        message: isLocked
          ? `${rule.value} is locked, so this suppression silences nothing; remove it`
          : `${rule.value} has nothing to say here, so this suppression silences nothing; remove it`,
        fixes: remove(source, "Remove this suppression", span, { safe: true, preferred: true }),
      });
    }
  },
};
