/**
 * ref/unknown-directory: a group or an organization names a directory that accessmap.yaml does not have, or it stays open
 * in which of several directories a group is.
 *
 * Why: a group that cannot be looked up gives nobody anything.
 * Do: correct the name, add the directory to accessmap.yaml, or name one: `{ directory: okta, name: dd-sre }`.
 * Not reported: files without a project; directories whose entry is broken, which has a finding of its own; organizations
 * that are unknown themselves.
 */

import { changeTo, hint } from "../../analysis/judgements/fixes.ts";
import { memo } from "../../analysis/memo.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { nearestFew } from "../../syntax/nearest.ts";
import { keysUnder } from "../../syntax/yaml/nodes.ts";
import { type Tree, treeOf } from "../../syntax/yaml/parse.ts";

export const unknownDirectory: Rule = {
  id: "ref/unknown-directory",
  severity: "error",
  checkMapping({ mapping, organization, directory }, { world, source, report }) {
    if (!world.project || !mapping.group) return;
    const known = memo(world.project.tree, directoriesIn);
    const named = mapping.group.directory;
    if (named && !known.includes(named.value)) {
      const near = nearestFew(named.value, known, 3);
      report({ span: named.span, message: unknown(named.value, near), fixes: changeTo(source, named.span, near) });
    }
    if (named || directory || !organization || organization.directory || known.length < 2) return;
    report({
      span: mapping.group.span,
      message: `"${mapping.group.text}" could be in any of ${fold(known.map(inQuotes))}; name one in "group" or at the organization`,
    });
  },
  checkProject({ world, source, report }) {
    const known = memo(treeOf(source), directoriesIn);
    for (const { directory } of world.project?.content.organizations.values() ?? []) {
      if (!directory || known.includes(directory.value)) continue;
      const near = nearestFew(directory.value, known, 3);
      report({
        span: directory.span,
        message: unknown(directory.value, near),
        fixes: changeTo(source, directory.span, near),
      });
    }
  },
};

/** Those with a broken entry too. */
function directoriesIn(tree: Tree): readonly string[] {
  return keysUnder(tree, "directories");
}

function unknown(name: string, near: readonly string[]): string {
  return `accessmap.yaml has no directory "${name}"${hint(near, "add it there")}`;
}
