/**
 * exp/ambiguous-date: a date is not written as YYYY-MM-DD, or names a day that no calendar has.
 *
 * Why: 01/02/2027 is January to one reader and February to the next; until it is clear, a mapping gives nothing.
 * Do: write YYYY-MM-DD. The fixes offer the days it may mean.
 * Not reported: values that are no text at all, which the format's own check reports.
 */

import { readLooseDate } from "../../analysis/judgements/looseDate.ts";
import type { Rule, RuleContext } from "../../analysis/rule.ts";
import type { WrittenDate } from "../../model/mapping.ts";
import { parseDay } from "../../model/time.ts";
import { replaceScalar } from "../../syntax/edit.ts";

export const ambiguousDate: Rule = {
  id: "exp/ambiguous-date",
  severity: "error",
  checkMapping({ mapping }, context) {
    examine(mapping.until, "until it is clear, this mapping gives nothing", context);
    for (const { until } of mapping.allow) examine(until, "until it is clear, nothing is suppressed", context);
  },
};

function examine(until: WrittenDate | undefined, consequence: string, { source, report }: RuleContext): void {
  if (!until || until.isMisfit || parseDay(until.value) !== undefined) return;
  const looksRight = /^\d{4}-\d{2}-\d{2}$/.test(until.value);
  const days = looksRight ? [] : readLooseDate(until.value);
  report({
    span: until.span,
    message: looksRight
      ? `No calendar has the day ${until.value}; ${consequence}`
      : `"${until.value}" is not a day written as YYYY-MM-DD; ${consequence}`,
    fixes: days.map((day) => ({
      title: `Change to ${day}`,
      edits: [replaceScalar(source, until.span, day)],
      ...(days.length === 1 ? { preferred: true } : {}),
    })),
  });
}
