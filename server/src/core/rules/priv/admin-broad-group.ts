/**
 * priv/admin-broad-group: a large group gets Datadog Admin, or a role that is as good as Datadog Admin.
 *
 * Why: each of these people, and whoever gets hold of one of their sessions, can give themselves everything.
 * Do: narrow the group to those who administer, or give a smaller role.
 * Not reported: up to ten active people, or what `policy.limits.critical` allows; groups whose size is not known; roles
 * whose content is not known; mappings that have ended. Silences priv/limit-exceeded, priv/admin-equivalent-role and
 * priv/destructive for the same role.
 */

import { isAdmin } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { audienceTime, decisivePermissions, tooManyAdmins } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest, sizeText } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

export const adminBroadGroup: Rule = {
  id: "priv/admin-broad-group",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      const audience = tooManyAdmins(resolved, held, policyOf(world));
      if (!audience) continue;
      const names = decisivePermissions(held);
      const why = names.length === 0 ? "" : ` (${fold(names)})`;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gives "${held.role.item.name}" to ${sizeText(audience)}; the role can grant itself everything${why}. Narrow the group or use a smaller role`,
        fixes: useLess(source, held, (role) => !isAdmin(held.target, role)),
        ...oldest(held.role.asOf, audienceTime(resolved)),
      });
    }
  },
};
