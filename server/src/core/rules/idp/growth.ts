/**
 * idp/growth: a group has grown by a half or more since its size was last reviewed.
 *
 * Why: the access was judged for the people who were in it then. Groups fill up with whoever needed one thing of many.
 * Do: look at who came; split the group, or run `accessmap review`, which records the new size.
 * Not reported: fewer than five people more; groups that accessmap.lock has no size of; groups whose members were not read
 * completely.
 */

import { groupName } from "../../analysis/grants.ts";
import { growthOf } from "../../analysis/judgements/growth.ts";
import { audienceTime } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";

export const growth: Rule = {
  id: "idp/growth",
  severity: "info",
  checkMapping(resolved, { world, report }) {
    const { mapping, inForce } = resolved;
    if (!inForce || !mapping.group || world.lock.groups.size === 0) return;
    const grown = growthOf(resolved, world.lock);
    if (!grown) return;
    report({
      span: mapping.group.span,
      message: `"${groupName(resolved)}" grew from ${grown.before} to ${grown.now} people since its last review; look at who came, then run \`accessmap review\``,
      ...oldest(audienceTime(resolved)),
    });
  },
};
