/** Findings in few words: the worst severity and how many there are of each. */

import { countOf } from "../../analysis/words.ts";
import type { Severity } from "../../model/problem.ts";

const ORDER: readonly Severity[] = ["error", "warning", "info"];

/** Undefined where nothing was found. */
export function worstOf(findings: readonly { readonly severity: Severity }[]): Severity | undefined {
  return ORDER.find((severity) => findings.some((finding) => finding.severity === severity));
}

/** `2 errors, 1 warning, 1 note`; `none`. */
export function countFindings(findings: readonly { readonly severity: Severity }[]): string {
  const parts = ORDER.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [countOf(number, severity === "info" ? "note" : severity)];
  });
  return parts.join(", ") || "none";
}
