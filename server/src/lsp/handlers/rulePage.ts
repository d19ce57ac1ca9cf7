/** `accessmap/rulePage`: a rule's manual page, for clients that show documents of their own. */

import type { RulePageParams, RulePageResult } from "../protocol.ts";

/** Empty for a rule that there is not. The pages are loaded with the first question. */
export async function onRulePage({ rule }: Partial<RulePageParams>): Promise<RulePageResult> {
  const { RULE_PAGES } = await import("../../core/model/rulePages.ts");
  const markdown = rule === undefined ? undefined : RULE_PAGES.get(rule);
  return markdown === undefined ? {} : { markdown };
}
