/**
 * ref/unknown-role: a mapping, a bundle or `linked` names a role that the organization does not have.
 *
 * Why: nobody gets the role, and a push holds the whole grant back until the name stands for something.
 * Do: correct the name (offered when one is close), create the role in Datadog, or remove the item.
 * Not reported: organizations whose roles could not be read completely; names that differ from a role in case alone, see
 * ref/case-mismatch; ids where a name belongs, see ref/wrong-identifier-kind; roles that the lock knows under another name
 * now, see ref/renamed. A bundle's item is reported once, in the bundle, for each organization that uses it.
 */

import { changeTo, hint, remove } from "../../analysis/judgements/fixes.ts";
import { reportAbsentLinked } from "../../analysis/judgements/linkedNames.ts";
import { memo } from "../../analysis/memo.ts";
import { resolveRole, rolesByName } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { nearestFew } from "../../syntax/nearest.ts";

export const unknownRole: Rule = {
  id: "ref/unknown-role",
  severity: "error",
  checkNames({ roles }, { source, report }) {
    for (const { ref, found, otherCase, otherKind, renamedTo, organization, target } of roles) {
      if (found.answer !== "absent" || (otherCase ?? otherKind ?? renamedTo) !== undefined) continue;
      const byName = ref.id === undefined;
      const near = byName ? nearestFew(ref.name ?? "", memo(target, rolesByName), 3) : [];
      const what = byName ? `role "${ref.name}"` : `role with the id "${ref.id}"`;
      report({
        span: ref.span,
        message: `"${organization.name}" has no ${what}${hint(near, "correct it or create the role in Datadog")}`,
        fixes: [...changeTo(source, ref.span, near), ...remove(source, "Remove this role", ref.span)],
        asOf: found.asOf,
      });
    }
  },
  checkProject(context) {
    reportAbsentLinked(context, {
      noun: "role",
      names: ({ teams, connections }) => [...teams, ...connections].flatMap(({ roles }) => roles),
      find: (target, { value, span }, organization) => resolveRole(target, { name: value, span }, organization),
      known: rolesByName,
    });
  },
};
