/**
 * hyg/gives-nothing: a mapping gives its group nothing, or a bundle holds nothing.
 *
 * Why: it looks like a grant and is none; whoever reads it believes that the group is looked after, and a push changes nothing.
 * Do: name a role, a team or a bundle, or remove it.
 * Not reported: what has an error in its form; mappings of a group that does not exist, see ref/unknown-group, or with a
 * bundle that does not; mappings that name connections of hoop.dev; mappings that have ended. A mapping whose bundles are
 * all empty is reported once, at its group.
 */

import { groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import type { Bundle } from "../../model/mapping.ts";

export const givesNothing: Rule = {
  id: "hyg/gives-nothing",
  severity: "info",
  checkMapping(resolved, { source, report }) {
    const { mapping, group, roles, teams, unknownBundles, isMisread, inForce } = resolved;
    if (!inForce || isMisread || !mapping.group || unknownBundles.length + mapping.hoop.length > 0) return;
    if (group?.answer === "absent" || roles.length + teams.length > 0) return;
    const why = mapping.bundles.length === 0 ? "no role, team or bundle is named" : "its bundles are empty";
    report({
      span: mapping.group.span,
      message: `"${groupName(resolved)}" gets nothing here: ${why}; name something, or remove this mapping`,
      fixes: remove(source, "Remove this mapping", mapping.span),
    });
  },
  checkBundles([first], { report }) {
    if (!first || first.roles.length + first.teams.length > 0 || !isBare(first)) return;
    report({
      source: first.source,
      span: first.name.span,
      message: `Bundle "${first.name.value}" gives nothing; name a role or a team, or remove it`,
    });
  },
};

/** True when nothing is written but the keys: what could not be read may be meant to give something. */
function isBare({ source, name, span }: Bundle): boolean {
  const body = source.text.slice(name.span.end, span.end);
  return !/[\p{L}\p{N}]/u.test(body.replaceAll(/#.*$/gm, "").replaceAll(/\b(roles|teams)\b *:/g, ""));
}
