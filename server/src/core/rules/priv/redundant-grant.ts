/**
 * priv/redundant-grant: a role adds nothing to another role of the same mapping.
 *
 * Why: it looks like a step that could be taken back, but taking it back changes nothing.
 * Do: remove the smaller role.
 * Not reported: roles of different mappings, which may end on different days; what a bundle brings; roles without any
 * permission; Datadog Read Only Role, see priv/read-only-shadowed; roles whose content is not wholly known. Which data a role
 * opens or closes by restriction queries is not read: one that is there for that alone does add something.
 */

import { permissionNames, READ_ONLY_ROLE } from "../../analysis/effective.ts";
import type { HeldRole } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";

export const redundantGrant: Rule = {
  id: "priv/redundant-grant",
  severity: "info",
  checkMapping(resolved, { source, report }) {
    const all = resolved.held;
    for (const held of all) {
      const role = held.role.item;
      if (held.bundle || role.unresolved > 0 || role.permissions.length === 0 || role.name === READ_ONLY_ROLE) continue;
      const larger = all.find((other) => other.role.item.id !== role.id && covers(other, held, all));
      if (!larger) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gets "${role.name}" beside "${larger.role.item.name}", which permits all of it; remove it`,
        fixes: remove(source, "Remove the smaller role", held.span, { preferred: true }),
        asOf: held.role.asOf,
      });
    }
  },
};

/** True when `other` permits all that `held` does; of two equal ones, when it stands first. */
function covers(other: HeldRole, held: HeldRole, all: readonly HeldRole[]): boolean {
  const larger = permissionNames(other.target, other.role.item);
  const smaller = permissionNames(held.target, held.role.item);
  if (![...smaller].every((name) => larger.has(name))) return false;
  return larger.size > smaller.size || all.indexOf(other) < all.indexOf(held);
}
