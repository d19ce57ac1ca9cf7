/** The rules' manual pages as Markdown. They are long: import this when somebody asks for one. */

import pages from "../catalogue/rulePages.generated.json" with { type: "json" };

/** By rule id, sorted. */
export const RULE_PAGES: ReadonlyMap<string, string> = new Map(Object.entries(pages));

/** What a rule finds, in its page's first sentence. */
export function summaryOf(page: string): string {
  return page.split("\n")[2] ?? "";
}
