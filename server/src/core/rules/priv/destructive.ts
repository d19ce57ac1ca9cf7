/**
 * priv/destructive: a role can destroy telemetry or the ways it takes.
 *
 * Why: deleted logs and sessions do not come back, and whoever covers tracks begins with them.
 * Do: move these permissions to a break-glass role; where the work needs them daily, allow it with a reason and an end.
 * Not reported: Datadog's own roles, whose content nobody here chose; roles that are as good as Datadog Admin, see
 * priv/admin-equivalent-role; roles that are dangerous in more ways to many people, see priv/catch-all-role; roles
 * whose content is not known; mappings that have ended.
 */

import { audienceSize, groupName } from "../../analysis/grants.ts";
import { crowdOf, hazardsOf, isCatchAll, isFreeOf } from "../../analysis/judgements/hazards.ts";
import { audienceTime } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest, sizeText } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

export const destructive: Rule = {
  id: "priv/destructive",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      const names = hazardsOf(held, "destruction");
      if (names.length === 0 || (isCatchAll(held) && crowdOf(resolved, held, policyOf(world)))) continue;
      const audience = audienceSize(resolved);
      const people = audience ? sizeText(audience) : "everybody in it";
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gives "${held.role.item.name}" to ${people}, who can destroy data with ${fold(names)}. Move this to a break-glass role`,
        fixes: useLess(source, held, isFreeOf(held, "destruction")),
        ...oldest(held.role.asOf, audience && audienceTime(resolved)),
      });
    }
  },
};
