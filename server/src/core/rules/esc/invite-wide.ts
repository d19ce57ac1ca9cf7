/**
 * esc/invite-wide: many people may invite others into the organization.
 *
 * Why: an invitation is an account that no directory knows: nobody takes it away when its owner leaves.
 * Do: keep `user_access_invite` for those who run the organization; people come by their accounts through the
 * directory.
 * Not reported: up to ten people; policies with a limit for high or lower permissions, see priv/limit-exceeded; roles
 * that are as good as Datadog Admin; Datadog's own roles, of which Datadog Standard Role has it; groups whose size, and
 * roles whose content, is not known; mappings that have ended.
 */

import { isAdmin, permissionNames } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { crowdOf } from "../../analysis/judgements/hazards.ts";
import { audienceTime } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { oldest, sizeText } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

const INVITE = "user_access_invite";

export const inviteWide: Rule = {
  id: "esc/invite-wide",
  severity: "info",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      const role = held.role.item;
      if (!permissionNames(held.target, role).has(INVITE) || role.managed || isAdmin(held.target, role)) continue;
      const crowd = crowdOf(resolved, held, policyOf(world));
      if (!crowd) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" lets ${sizeText(crowd)} invite anybody through "${role.name}" (${INVITE}); keep this for those who run the organization`,
        fixes: useLess(source, held, (other) => !permissionNames(held.target, other).has(INVITE)),
        ...oldest(held.role.asOf, audienceTime(resolved)),
      });
    }
  },
};
