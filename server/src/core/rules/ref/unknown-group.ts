/**
 * ref/unknown-group: a mapping names a group that its directory does not have.
 *
 * Why: the mapping gives nobody anything today, and all of it to whoever creates a group of that name tomorrow.
 * Do: correct the name (offered when one is close), or remove the mapping.
 * Not reported: directories that could not be read completely; names outside the directory's `groups` filter that
 * nobody has looked up yet; names that differ from a group in case alone, see ref/case-mismatch; ids where a name belongs,
 * see ref/wrong-identifier-kind; groups that the lock knows under another name now, see ref/renamed.
 */

import { changeTo, hint, remove } from "../../analysis/fixes.ts";
import { groupsByName } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { nearestFew } from "../../syntax/nearest.ts";

export const unknownGroup: Rule = {
  id: "ref/unknown-group",
  severity: "error",
  checkNames({ groups }, { source, report }) {
    for (const { ref, found, otherCase, otherKind, renamedTo, mapping, inventory } of groups) {
      if (found.answer !== "absent" || (otherCase ?? otherKind ?? renamedTo) !== undefined) continue;
      const near = ref.by === "name" ? nearestFew(ref.text, groupsByName(inventory).keys(), 3) : [];
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
};
