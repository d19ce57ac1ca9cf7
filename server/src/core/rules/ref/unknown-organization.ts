/**
 * ref/unknown-organization: a file, or an override of the policy, names an organization that accessmap.yaml does not have, or
 * a file names none where there are several.
 *
 * Why: the file's mappings then hold nowhere, and nothing in them can be checked.
 * Do: correct the name, or add `organization` to the file.
 * Not reported: files without mappings; files without a project; organizations whose entry is broken, which has a finding
 * of its own.
 */

import { changeTo, hint } from "../../analysis/judgements/fixes.ts";
import type { ReportFunction, Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";
import type { Source, Spanned } from "../../model/text.ts";
import { insertAtTop, quote } from "../../syntax/edit.ts";
import { nearestFew } from "../../syntax/nearest.ts";
import { keysUnder } from "../../syntax/yaml/nodes.ts";

export const unknownOrganization: Rule = {
  id: "ref/unknown-organization",
  severity: "error",
  checkHead(head, { world, source, first, report }) {
    if (!world.project) return;
    const known = keysUnder(world.project.tree, "organizations");
    const named = head.organization;
    if (named) examine(named, known, source, report);
    if (named || known.length < 2 || !first) return;
    report({
      source: first.source,
      span: first.group?.span ?? first.span,
      message: `This file does not say which organization it is for: ${fold(known.map(inQuotes))}; add "organization"`,
      fixes: known.slice(0, 5).map((name) => ({
        title: `Add "organization: ${name}"`,
        edits: [insertAtTop(source, `organization: ${quote(name)}`)],
      })),
    });
  },
  checkProject({ world, source, report }) {
    if (!world.project) return;
    const known = keysUnder(world.project.tree, "organizations");
    for (const named of policyOf(world).named.organizations) examine(named, known, source, report);
  },
};

function examine(
  { value, span }: Spanned<string>,
  known: readonly string[],
  source: Source,
  report: ReportFunction,
): void {
  if (known.includes(value)) return;
  const near = nearestFew(value, known, 3);
  report({
    span,
    message: `accessmap.yaml has no organization "${value}"${hint(near, "add it there")}`,
    fixes: changeTo(source, span, near),
  });
}
