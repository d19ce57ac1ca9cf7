/**
 * ref/unknown-group: a mapping names a group that its directory does not have, or an expectation one that no directory has.
 *
 * Why: the mapping gives nobody anything today, and all of it to whoever creates a group of that name tomorrow. What an
 * expectation says that such a group cannot do is never put to the test.
 * Do: correct the name (offered when one is close), or remove the mapping or expectation.
 * Not reported: directories that could not be read completely; names outside the directory's `groups` filter that
 * nobody has looked up yet; names that differ from a group in case alone, see ref/case-mismatch; ids where a name belongs,
 * see ref/wrong-identifier-kind; groups that the lock knows under another name now, see ref/renamed.
 */

import { changeTo, hint, remove } from "../../analysis/judgements/fixes.ts";
import { groupsByName, resolveGroup } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { inQuotes, oldest } from "../../analysis/words.ts";
import { type DirectoryInventory, findGroupById, type Group } from "../../model/directory.ts";
import type { Lookup } from "../../model/knowledge.ts";
import type { Spanned } from "../../model/text.ts";
import { nearestFew } from "../../syntax/nearest.ts";

export const unknownGroup: Rule = {
  id: "ref/unknown-group",
  severity: "error",
  checkNames({ groups }, { source, report }) {
    for (const { ref, found, otherCase, otherKind, renamedTo, mapping, inventory } of groups) {
      if (found.answer !== "absent" || (otherCase ?? otherKind ?? renamedTo) !== undefined) continue;
      const near = ref.by === "name" ? nearestFew(ref.text, groupsByName(inventory), 3) : [];
      const what = ref.by === "name" ? `group "${ref.text}"` : `group with the id "${ref.text}"`;
      const way = ref.by === "name" ? "correct the name or remove the mapping" : "correct the id or remove the mapping";
      report({
        span: ref.span,
        message: `"${inventory.name}" has no ${what}, so nobody gets anything here${hint(near, way)}`,
        fixes: [...changeTo(source, ref.span, near), ...remove(source, "Remove this mapping", mapping.span)],
        asOf: found.asOf,
      });
    }
  },
  checkExpectation({ group, members }, _, { world, source, report }) {
    const named = group ?? members;
    if (!named || world.directories.size < (world.project?.content.directories.size ?? 1)) return;
    const inventories = [...world.directories.values()];
    const answers = inventories.map((inventory) => lookUp(inventory, named));
    const read = answers.flatMap((found) => (found.answer === "absent" ? [found.asOf] : []));
    if (read.length < answers.length) return;
    // Of each directory first, whose names are kept in a form that is quick to search: there may be 100,000.
    const nearIn = (inventory: DirectoryInventory) => nearestFew(named.value, groupsByName(inventory), 3);
    const near = nearestFew(named.value, inventories.flatMap(nearIn), 3);
    const where = inventories.length === 1 ? inQuotes(inventories[0]?.name ?? "") : "No directory";
    report({
      span: named.span,
      message: `${where} has ${inventories.length === 1 ? "no" : "a"} group "${named.value}", so this expectation tests nothing${hint(near, "correct the name or remove it")}`,
      fixes: changeTo(source, named.span, near),
      ...oldest(...read),
    });
  },
};

/** An expectation may write an id as well as a name. */
function lookUp(inventory: DirectoryInventory, { value: text, span }: Spanned<string>): Lookup<Group> {
  const byName = resolveGroup(inventory, { by: "name", text, span }, inventory.name);
  return byName.answer === "absent" ? findGroupById(inventory, text) : byName;
}
