/**
 * ref/unknown-rule: the policy or a suppression names a rule, or a pattern of rules, that does not exist.
 *
 * Why: a rule that is meant to be locked stays open, one that is meant to be off or milder goes on as before, and nobody is
 * told.
 * Do: correct the name (offered when one is close); `accessmap rule` lists all. What is found while a file is read, such as
 * schema/unknown-key, can be neither milder nor suppressed.
 * Not reported: patterns that fit at least one rule.
 */

import { matchesGlob } from "../../analysis/glob.ts";
import { changeTo, hint } from "../../analysis/judgements/fixes.ts";
import type { Rule, RuleContext } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";
import { READING_IDS } from "../../model/problem.ts";
import type { Spanned } from "../../model/text.ts";
import { nearestFew } from "../../syntax/nearest.ts";

/** `others` are the ids of all other rules, which this one cannot see. */
export function unknownRule(others: readonly string[]): Rule {
  const id = "ref/unknown-rule";
  const known = [...others, id];
  const examine = ({ value, span }: Spanned<string>, isPattern: boolean, { source, report }: RuleContext) => {
    const isMeant = (one: string) => (isPattern ? matchesGlob(value, one) : value === one);
    if (known.some(isMeant)) return;
    if (READING_IDS.some(isMeant)) {
      report({
        span,
        message: `"${value}" is found while a file is read, and nothing changes or suppresses it; remove it`,
      });
      return;
    }
    const near = /[*?[{]/.test(value) ? [] : nearestFew(value, known, 3);
    const what = isPattern && near.length === 0 ? "fits" : "is called";
    report({
      span,
      message: `No rule ${what} "${value}"${hint(near, "correct it; accessmap rule lists all")}`,
      fixes: changeTo(source, span, near),
    });
  };
  return {
    id,
    severity: "error",
    checkMapping({ mapping }, context) {
      for (const { rule } of mapping.allow) examine(rule, false, context);
    },
    checkProject(context) {
      const { rules, patterns } = policyOf(context.world).named;
      for (const name of rules) examine(name, false, context);
      for (const pattern of patterns) examine(pattern, true, context);
    },
  };
}
