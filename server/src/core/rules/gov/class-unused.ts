/**
 * gov/class-unused: a class of the policy fits no group, or a pattern of it fits groups in other letter case alone.
 *
 * Why: the class was written so that some people never get more than it says. A letter amiss, and it protects from nothing,
 * in silence.
 * Do: correct the pattern (offered where letter case is all), or remove the class where its groups are gone for good.
 * Not reported: projects with a directory whose groups were not wholly read; patterns that may fit groups beyond a
 * directory's `groups` filter, which were not listed; a pattern without groups in a class that fits some: it waits for those
 * to come.
 */

import { matchesGlob } from "../../analysis/glob.ts";
import { changeTo, remove } from "../../analysis/judgements/fixes.ts";
import { groupsByName } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes, oldest } from "../../analysis/words.ts";
import type { World } from "../../analysis/world.ts";
import { policyOf } from "../../analysis/world.ts";
import type { DirectoryInventory } from "../../model/directory.ts";
import { isComplete } from "../../model/knowledge.ts";

export const classUnused: Rule = {
  id: "gov/class-unused",
  severity: "info",
  checkProject({ world, source, report }) {
    const read = listedWholly(world);
    const fits = (pattern: string) => read.some((inventory) => fitsOne(pattern, inventory));
    const asOf = oldest(...read.map(({ groups }) => (isComplete(groups) ? groups.asOf : undefined)));
    for (const { groups, span } of read.length === 0 ? [] : policyOf(world).classes) {
      const judged = groups.filter(({ value }) => read.every(({ filter }) => liesWithin(value, filter)));
      const unused = judged.filter(({ value }) => !fits(value));
      const miscased = unused.filter(({ value }) => fits(value.toLowerCase()));
      for (const { value, span: place } of miscased)
        report({
          span: place,
          message: `No group fits ${inQuotes(value)}, but some fit ${inQuotes(value.toLowerCase())}: case counts; correct it`,
          fixes: changeTo(source, place, [value.toLowerCase()]),
          ...asOf,
        });
      if (miscased.length > 0 || groups.length === 0 || unused.length < groups.length) continue;
      report({
        span: groups[0]?.span ?? span,
        message: `No group fits ${fold(groups.map(({ value }) => inQuotes(value)))}, so this class protects from nothing; correct it, or remove it`,
        fixes: remove(source, "Remove this class", span),
        ...asOf,
      });
    }
  },
};

/** All directories of the project when each has its whole list of groups, else none. */
function listedWholly({ project, directories }: World): readonly DirectoryInventory[] {
  const names = [...(project?.content.directories.keys() ?? [])];
  const listed = names.flatMap((name) => directories.get(name) ?? []);
  return listed.length === names.length && listed.every(({ groups }) => isComplete(groups)) ? listed : [];
}

/** True when every group that fits the pattern was listed, as far as the beginnings of both can tell. */
function liesWithin(pattern: string, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  const beginning = filter.slice(0, -1);
  return filter.endsWith("*") && !/[*?[\]{}\\]/.test(beginning) && pattern.startsWith(beginning);
}

function fitsOne(pattern: string, inventory: DirectoryInventory): boolean {
  for (const name of groupsByName(inventory).keys()) if (matchesGlob(pattern, name)) return true;
  return false;
}
