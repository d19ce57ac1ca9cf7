/**
 * hyg/name-convention: a group, role or team is called otherwise than `policy.names` says.
 *
 * Why: a name that tells what a group is for is what a reviewer goes by; a stray one is where surprises hide.
 * Do: rename it where it lives, then here; or widen the pattern.
 * Not reported: projects without `policy.names`; items that are pinned by id; Datadog's own roles.
 */

import { matchesAny } from "../../analysis/glob.ts";
import type { ReportFunction, Rule } from "../../analysis/rule.ts";
import { inQuotes } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";
import type { Bundle } from "../../model/mapping.ts";
import type { Policy } from "../../model/project.ts";
import type { Spanned } from "../../model/text.ts";

/** Names that Datadog chose. (2026-09) */
const DATADOGS_OWN = /^Datadog (Admin|Standard|Read Only) Role$/;

export const nameConvention: Rule = {
  id: "hyg/name-convention",
  severity: "info",
  checkMapping({ mapping }, { world, report }) {
    const { names } = policyOf(world);
    const { group } = mapping;
    if (names.groups.length > 0 && group?.by === "name")
      examine("group", { value: group.text, span: group.span }, names.groups, report);
    examineEntitlements(mapping, names, report);
  },
  checkBundles(bundles, { world, report }) {
    const { names } = policyOf(world);
    for (const bundle of bundles) {
      const { source } = bundle;
      examineEntitlements(bundle, names, (finding) => report({ source, ...finding }));
    }
  },
};

function examineEntitlements(
  { roles, teams }: Pick<Bundle, "roles" | "teams">,
  names: Policy["names"],
  report: ReportFunction,
): void {
  if (names.roles.length > 0) {
    for (const { id, name, span } of roles)
      if (id === undefined && name !== undefined && !DATADOGS_OWN.test(name))
        examine("role", { value: name, span }, names.roles, report);
  }
  if (names.teams.length > 0) for (const team of teams) examine("team", team, names.teams, report);
}

function examine(kind: string, { value, span }: Spanned<string>, patterns: readonly string[], report: ReportFunction) {
  if (matchesAny(patterns, value)) return;
  const wanted = patterns.map(inQuotes).join(" or ");
  report({ span, message: `The ${kind} "${value}" does not match ${wanted}, as policy.names asks` });
}
