/**
 * sod/policy-pair: the roles of one mapping together give two permissions that `policy.apart` keeps apart.
 *
 * Why: separation of duties means that whoever does the one cannot hide or approve it with the other.
 * Do: split the roles over two groups, or give a role without one of the permissions.
 * Not reported: pairs that people only reach through several mappings; roles that are as good as Datadog Admin, which hold
 * every pair and are judged by priv/admin-broad-group; roles whose content is not known; mappings that have ended.
 */

import { isAdmin, permissionNames } from "../../analysis/effective.ts";
import type { HeldRole } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";

export const policyPair: Rule = {
  id: "sod/policy-pair",
  severity: "error",
  checkMapping(resolved, { world, report }) {
    const { apart } = policyOf(world);
    if (apart.length === 0 || !world.project) return;
    const roles = resolved.held.filter(({ target, role }) => !isAdmin(target, role.item));
    for (const [one, other] of apart) {
      const through = findPair(roles, one.value, other.value);
      if (!through) continue;
      const [first, second] = through;
      const [name, otherName] = [first.role.item.name, second.role.item.name];
      const path =
        first === second ? `both through "${name}"` : `the one through "${name}", the other through "${otherName}"`;
      report({
        span: first.span.start > second.span.start ? first.span : second.span,
        message: `"${groupName(resolved)}" gets ${one.value} and ${other.value}, ${path}; the policy keeps them apart. Split them over two groups`,
        related: [{ source: world.project.tree, span: one.span, message: "kept apart here" }],
        asOf: second.role.asOf,
      });
    }
  },
};

/** Roles that give the two: one that gives both where there is one, since that alone must change. */
function findPair(roles: readonly HeldRole[], one: string, other: string): readonly [HeldRole, HeldRole] | undefined {
  const gives = ({ target, role }: HeldRole, name: string) => permissionNames(target, role.item).has(name);
  const both = roles.find((held) => gives(held, one) && gives(held, other));
  if (both) return [both, both];
  const first = roles.find((held) => gives(held, one));
  const second = roles.find((held) => gives(held, other));
  return first && second && [first, second];
}
