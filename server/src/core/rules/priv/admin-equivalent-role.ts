/**
 * priv/admin-equivalent-role: a custom role holds a permission that leads to every other one.
 *
 * Why: its name does not say so, so it is given away like any other role, and reviews of the administrators miss it.
 * Do: move the deciding permissions to a role of their own, or give Datadog Admin Role openly.
 * Not reported: Datadog's own roles; a group that is too large for it, see priv/admin-broad-group; roles that lead on only
 * by service accounts or keys that are known, see esc/service-account-pivot and esc/key-takeover; roles whose content is not
 * known; mappings that have ended.
 */

import { isAdmin } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { hasKnownWay } from "../../analysis/judgements/escalationReport.ts";
import { decisivePermissions, tooManyAdmins } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

export const adminEquivalentRole: Rule = {
  id: "priv/admin-equivalent-role",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      const names = decisivePermissions(held);
      const isBroad = tooManyAdmins(resolved, held, policyOf(world)) !== undefined;
      if (names.length === 0 || held.role.item.managed || isBroad || hasKnownWay(held, resolved, names)) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gets "${held.role.item.name}", which is as good as Datadog Admin: ${fold(names)} ${names.length === 1 ? "leads" : "lead"} to every other permission. Move ${names.length === 1 ? "it" : "them"} to a role for administrators`,
        fixes: useLess(source, held, (role) => !isAdmin(held.target, role)),
        asOf: held.role.asOf,
      });
    }
  },
};
