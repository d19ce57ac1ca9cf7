/**
 * hyg/contradiction: the same group gets the same role, team or bundle twice on different terms, or a bundle is defined
 * twice with different content.
 *
 * Why: the end that is written at one of them is not the end; nobody can tell who answers for the access.
 * Do: decide on one end and one owner, and keep one of the two.
 * Not reported: the same terms twice, see hyg/duplicate; mappings that have ended; two bundles that share a role; reasons,
 * which are prose.
 */

import { groupName } from "../../analysis/grants.ts";
import { findOverlaps, type Overlap } from "../../analysis/judgements/overlaps.ts";
import { sameBundle } from "../../analysis/judgements/sameBundle.ts";
import type { Rule } from "../../analysis/rule.ts";

export const contradiction: Rule = {
  id: "hyg/contradiction",
  severity: "error",
  checkGroup({ mappings }, { report }) {
    for (const overlap of findOverlaps(mappings)) {
      if (overlap.sameTerms) continue;
      const { earlier, later } = overlap;
      report({
        source: later.resolved.mapping.source,
        span: later.span,
        message: `"${groupName(later.resolved)}" gets the ${later.kind} "${later.name}" twice on different terms: ${difference(overlap)}. Decide on one and remove the other`,
        related: [{ source: earlier.resolved.mapping.source, span: earlier.span, message: "first one" }],
      });
    }
  },
  checkBundles([first, ...others], { report }) {
    for (const bundle of others) {
      if (!first || sameBundle(first, bundle)) continue;
      report({
        source: bundle.source,
        span: bundle.name.span,
        message: `Bundle "${bundle.name.value}" is defined twice with different content, and only the first one counts; rename or remove this one`,
        related: [{ source: first.source, span: first.name.span, message: "the one that counts" }],
      });
    }
  },
};

function difference({ earlier, later }: Overlap): string {
  const [first, second] = [earlier.resolved.mapping.until?.value, later.resolved.mapping.until?.value];
  if (first !== second) return `${end(first)} there, ${end(second)} here`;
  return "the owners differ";
}

function end(day: string | undefined): string {
  return day === undefined ? "no end" : `until ${day}`;
}
