/**
 * ref/case-mismatch: a group, role or team is written in other letter case than it has.
 *
 * Why: Datadog compares the values of mappings exactly, so `DD-SRE` never matches `dd-sre` and nobody gets anything.
 * Do: write the name as it is; the fix does.
 * Not reported: systems that could not be read completely, since the name as written may exist beside the other one.
 */

// Datadog matches mapping values case-sensitively.
// https://docs.datadoghq.com/account_management/saml/mapping/ (2026-09)
import { changeTo } from "../../analysis/judgements/fixes.ts";
import { listNames } from "../../analysis/names.ts";
import type { Rule } from "../../analysis/rule.ts";

export const caseMismatch: Rule = {
  id: "ref/case-mismatch",
  severity: "error",
  checkNames(names, { source, report }) {
    for (const { kind, span, system, found, otherCase } of listNames(names)) {
      if (otherCase === undefined || found.answer !== "absent") continue;
      report({
        span,
        message: `The ${kind} is called "${otherCase}" in "${system}", and names are compared exactly; write it that way`,
        fixes: changeTo(source, span, [otherCase]),
        asOf: found.asOf,
      });
    }
  },
};
