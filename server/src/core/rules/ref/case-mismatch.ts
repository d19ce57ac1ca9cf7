/**
 * ref/case-mismatch: a group, role or team is written in other letter case than it has.
 *
 * Why: Datadog compares the values of mappings exactly, so `DD-SRE` never matches `dd-sre` and nobody gets anything.
 * Do: write the name as it is; the fix does.
 * Not reported: systems that could not be read completely, since the name as written may exist beside the other one.
 */

// Datadog matches mapping values case-sensitively.
// https://docs.datadoghq.com/account_management/saml/mapping/ (2026-09)
import { changeTo } from "../../analysis/fixes.ts";
import { namesIn } from "../../analysis/names.ts";
import type { Rule, RuleContext } from "../../analysis/rule.ts";
import type { Lookup } from "../../model/knowledge.ts";
import type { Span } from "../../model/text.ts";

export const caseMismatch: Rule = {
  id: "ref/case-mismatch",
  severity: "error",
  checkFile({ content }, context) {
    const { groups, roles, teams } = namesIn(context.snapshot, content);
    for (const { ref, inventory, ...rest } of groups) {
      reportCase(context, { ...rest, kind: "group", text: ref.text, span: ref.span, system: inventory.name });
    }
    for (const { ref, organization, ...rest } of roles) {
      reportCase(context, { ...rest, kind: "role", text: ref.name ?? "", span: ref.span, system: organization.name });
    }
    for (const { ref, organization, ...rest } of teams) {
      reportCase(context, { ...rest, kind: "team", text: ref.value, span: ref.span, system: organization.name });
    }
  },
};

interface Name {
  readonly kind: string;
  readonly text: string;
  readonly span: Span;
  readonly system: string;
  readonly found: Lookup<unknown>;
  readonly otherCase?: string;
}

function reportCase({ tree, report }: RuleContext, name: Name): void {
  const { found, otherCase } = name;
  if (otherCase === undefined || found.answer !== "absent") return;
  report({
    span: name.span,
    message: `The ${name.kind} is called "${otherCase}" in "${name.system}", and names are compared exactly; write it that way`,
    fixes: changeTo(tree, name.span, [otherCase]),
    asOf: found.asOf,
  });
}
