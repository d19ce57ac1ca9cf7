/**
 * hyg/duplicate: the same group gets the same role, team or bundle twice on the same terms, or a bundle is defined
 * twice alike.
 *
 * Why: whoever removes one of them believes that the access is gone.
 * Do: remove the later one; nobody's access changes.
 * Not reported: statements that end on different days or have different owners, see hyg/contradiction; mappings that have
 * ended; two bundles that share a role. A mapping that only repeats others is reported once, at its group.
 */

import type { GrantedRole, GrantedTeam } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import { findOverlaps, type Overlap } from "../../analysis/judgements/overlaps.ts";
import { sameBundle } from "../../analysis/judgements/sameBundle.ts";
import type { Rule, WideContext } from "../../analysis/rule.ts";

export const duplicate: Rule = {
  id: "hyg/duplicate",
  severity: "warning",
  checkGroup({ mappings }, context) {
    const same = findOverlaps(mappings).filter(({ sameTerms }) => sameTerms);
    if (same.length === 0) return;
    for (const resolved of mappings) {
      const own = same.filter(({ later }) => later.resolved === resolved);
      if (own.length > 0) reportMapping(own, context);
    }
  },
  checkBundles([first, ...others], { report }) {
    for (const bundle of others) {
      if (!first || !sameBundle(first, bundle)) continue;
      report({
        source: bundle.source,
        span: bundle.name.span,
        message: `Bundle "${bundle.name.value}" is defined twice alike; remove the later one`,
        related: [{ source: first.source, span: first.name.span, message: "first one" }],
      });
    }
  },
};

function reportMapping(overlaps: readonly Overlap[], { report }: WideContext): void {
  const [first] = overlaps;
  if (!first) return;
  const { mapping, roles, teams, isMisread, unknownBundles } = first.later.resolved;
  const { source } = mapping;
  const group = groupName(first.later.resolved);
  // What else the mapping gives, or is meant to, must not go with it.
  const isAll = !isMisread && unknownBundles.length === 0 && mapping.hoop.length === 0;
  const repeatsAll = isAll && [...roles, ...teams].every((granted) => isRepeated(granted, overlaps));
  if (repeatsAll && overlaps.length > 1) {
    report({
      source,
      span: mapping.group?.span ?? mapping.span,
      message: `Everything "${group}" gets here it gets already; remove the later mapping`,
      fixes: remove(source, "Remove the later one", mapping.span, { safe: true, preferred: true }),
      related: [relatedTo(first)],
    });
    return;
  }
  for (const overlap of overlaps) {
    const { span, name, kind, direct } = overlap.later;
    const surplus = repeatsAll ? mapping.span : span;
    report({
      source,
      span,
      message: `"${group}" gets the ${kind} "${name}" already; remove the later one`,
      fixes: direct ? remove(source, "Remove the later one", surplus, { safe: !isMisread, preferred: true }) : [],
      related: [relatedTo(overlap)],
    });
  }
}

/** By itself, or with the bundle that brings it, named in an earlier mapping. */
function isRepeated(granted: GrantedRole | GrantedTeam, overlaps: readonly Overlap[]): boolean {
  return overlaps.some(
    ({ earlier, later }) =>
      later.item === granted ||
      (later.kind === "bundle" && later.span === granted.span && earlier.resolved !== later.resolved),
  );
}

function relatedTo({ earlier }: Overlap) {
  return { source: earlier.resolved.mapping.source, span: earlier.span, message: "first one" };
}
