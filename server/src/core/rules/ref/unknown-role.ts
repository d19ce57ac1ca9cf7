/**
 * ref/unknown-role: a mapping or bundle names a role that the organization does not have.
 *
 * Why: nobody gets the role, and a push holds the whole grant back until the name stands for something.
 * Do: correct the name (offered when one is close), create the role in Datadog, or remove the item.
 * Not reported: organizations whose roles could not be read completely; names that differ from a role in case alone, see
 * ref/case-mismatch; roles that the lock knows under another name now, see ref/renamed. A bundle's item is reported once, in the bundle, for each organization that uses it.
 */

import { changeTo, hint, remove, suggestions } from "../../analysis/fixes.ts";
import { namesIn } from "../../analysis/names.ts";
import { rolesByName } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { memo } from "../../analysis/snapshot.ts";

export const unknownRole: Rule = {
  id: "ref/unknown-role",
  severity: "error",
  checkFile({ content }, { snapshot, tree, report }) {
    const nearNames = suggestions();
    for (const { ref, found, otherCase, renamedTo, organization, target } of namesIn(snapshot, content).roles) {
      if (found.answer !== "absent" || otherCase !== undefined || renamedTo !== undefined) continue;
      const byName = ref.id === undefined;
      const near = byName ? nearNames(ref.name ?? "", memo(target, rolesByName).keys()) : [];
      const what = byName ? `role "${ref.name}"` : `role with the id "${ref.id}"`;
      report({
        span: ref.span,
        message: `"${organization.name}" has no ${what}${hint(near, "correct it or create the role in Datadog")}`,
        fixes: [...changeTo(tree, ref.span, near), ...remove(tree, "Remove this role", ref.span)],
        asOf: found.asOf,
      });
    }
  },
};
