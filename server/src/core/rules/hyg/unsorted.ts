/**
 * hyg/unsorted: the keys of a mapping are not in the usual order.
 *
 * Why: who reads fifty mappings finds the end date of each in the same place; a change of one line stays one line.
 * Do: format the file, or take the fix.
 * Not reported: mappings in braces over several lines; mappings whose comments could belong to two keys, which the formatter leaves alone too;
 * the order of mappings among each other, since only people know which comment heads a section.
 */

import type { Rule } from "../../analysis/rule.ts";
import type { Mapping } from "../../model/mapping.ts";
import type { Span } from "../../model/text.ts";
import { sortKeys } from "../../syntax/order.ts";
import { keysAt } from "../../syntax/schema.ts";

export const unsorted: Rule = {
  id: "hyg/unsorted",
  severity: "info",
  checkMapping({ mapping }, { source, report }) {
    if (isInOrder(mapping)) return;
    const move = sortKeys(source, mapping.span, keysAt("mapping", "/mappings/0"));
    if (!move) return;
    report({
      span: mapping.group?.span ?? mapping.span,
      message: "The keys of this mapping are not in the usual order; format the file",
      fixes: [
        {
          title: "Put the keys in order",
          edits: [{ source, ...move }],
          safe: true,
          preferred: true,
        },
      ],
    });
  },
};

/** Compares where the values stand, in the order of the format. Values of an alias stand elsewhere and are passed over. */
function isInOrder({ span, group, bundles, roles, teams, reason, owner, until, allow }: Mapping): boolean {
  let last = span.start;
  return (
    follows(group?.span) &&
    follows(bundles[0]?.span) &&
    follows(roles[0]?.span) &&
    follows(teams[0]?.span) &&
    follows(reason?.span) &&
    follows(owner?.span) &&
    follows(until?.span) &&
    follows(allow[0]?.span)
  );

  function follows(value: Span | undefined): boolean {
    if (!value || value.start < span.start || value.end > span.end) return true;
    const isLater = value.start >= last;
    last = value.start;
    return isLater;
  }
}
