/** What is wrong with the form of a file, as a finding: an error always, since nobody knows what is meant. */

import type { Finding, SourceFix } from "../model/finding.ts";
import type { Spot } from "../model/text.ts";

/** `rule` is one of `READING_IDS`. */
export function formProblem(
  rule: string,
  { source, span }: Spot,
  message: string,
  fixes: readonly SourceFix[] = [],
): Finding {
  return { rule, severity: "error", source, span, message, fixes, related: [] };
}
