/**
 * hyg/duplicate: the same group gets the same role or team twice on the same terms, or a bundle is defined twice alike.
 *
 * Why: whoever removes one of them believes that the access is gone.
 * Do: remove the later one; nobody's access changes.
 * Not reported: statements that end on different days or have different owners, see hyg/contradiction; mappings that have
 * ended; two bundles that share a role. A mapping that only repeats others is reported once, at its group.
 */

import { remove } from "../../analysis/fixes.ts";
import { bundlesOf } from "../../analysis/grants.ts";
import { type Overlap, overlapsIn } from "../../analysis/overlaps.ts";
import { groupName } from "../../analysis/privilege.ts";
import { indexBy } from "../../analysis/resolve.ts";
import type { Rule, RuleContext } from "../../analysis/rule.ts";
import { sameBundle } from "../../analysis/sameBundle.ts";

export const duplicate: Rule = {
  id: "hyg/duplicate",
  severity: "warning",
  checkFile({ content }, context) {
    const { snapshot, report } = context;
    const same = overlapsIn(snapshot, content.file).filter(({ sameTerms }) => sameTerms);
    for (const overlaps of indexBy(same, ({ later }) => String(later.resolved.mapping.index)).values()) {
      reportMapping(overlaps, context);
    }
    for (const bundle of content.bundles) {
      const first = bundlesOf(snapshot).get(bundle.name.value);
      if (!first || first === bundle || !sameBundle(first, bundle)) continue;
      report({
        span: bundle.name.span,
        message: `Bundle "${bundle.name.value}" is defined twice alike; remove the later one`,
        related: [{ file: first.file, span: first.name.span, message: "first one" }],
      });
    }
  },
};

function reportMapping(overlaps: readonly Overlap[], { tree, report }: RuleContext): void {
  const [first] = overlaps;
  if (!first) return;
  const { mapping, roles, teams } = first.later.resolved;
  const group = groupName(first.later.resolved);
  const repeatsAll = overlaps.length === roles.length + teams.length;
  if (repeatsAll && overlaps.length > 1) {
    report({
      span: mapping.group?.span ?? mapping.span,
      message: `Everything "${group}" gets here it gets already; remove the later mapping`,
      fixes: remove(tree, "Remove the later one", mapping.span, { safe: true, preferred: true }),
      related: [relatedTo(first)],
    });
    return;
  }
  for (const overlap of overlaps) {
    const { span, name, kind, direct } = overlap.later;
    const surplus = repeatsAll ? mapping.span : span;
    report({
      span,
      message: `"${group}" gets the ${kind} "${name}" already; remove the later one`,
      fixes: direct ? remove(tree, "Remove the later one", surplus, { safe: true, preferred: true }) : [],
      related: [relatedTo(overlap)],
    });
  }
}

function relatedTo({ earlier }: Overlap) {
  return { file: earlier.resolved.mapping.file, span: earlier.span, message: "first one" };
}
