/**
 * priv/limit-exceeded: a role reaches more people than `policy.limits` allows for its sensitivity.
 *
 * Why: the more people hold a sensitive permission, the less it is guarded.
 * Do: narrow the group, or give a role without the permissions that are named.
 * Not reported: groups whose size is not known; roles whose content is not known; mappings that have ended; roles that
 * are as good as Datadog Admin, see priv/admin-broad-group; the group of everybody, see priv/everyone-elevated. Only
 * active people count; a level without a limit has that of the next lower level.
 */

import { isAdmin, sensitivityOf } from "../../analysis/effective.ts";
import { audienceSize, groupName } from "../../analysis/grants.ts";
import { audienceTime, isEverybody, limitFor, permissionsAt } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest, sizeText } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";
import { compareSensitivity } from "../../model/target.ts";

export const limitExceeded: Rule = {
  id: "priv/limit-exceeded",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    const audience = audienceSize(resolved);
    if (!audience || isEverybody(resolved)) return;
    for (const held of resolved.held) {
      const role = held.role.item;
      const sensitivity = sensitivityOf(held.target, role);
      const limit = limitFor(policyOf(world), sensitivity);
      if (limit === undefined || audience.people <= limit || isAdmin(held.target, role)) continue;
      const names = permissionsAt(held, sensitivity);
      const why = names.length === 0 ? "" : ` (${fold(names)})`;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gives "${role.name}" to ${sizeText(audience)}; the policy allows ${limit} for ${sensitivity} permissions${why}. Narrow the group or use a smaller role`,
        fixes: useLess(source, held, (other) => compareSensitivity(sensitivityOf(held.target, other), sensitivity) < 0),
        ...oldest(held.role.asOf, audienceTime(resolved)),
      });
    }
  },
};
