/**
 * idp/empty-group: a mapped group has no members.
 *
 * Why: the mapping gives nobody anything today, and whoever is put into the group for another reason gets all of it.
 * Do: remove the mapping; it comes back from history when the group is needed again.
 * Not reported: groups whose members were not wholly read; an answer that is empty where there were people before,
 * until a second read says so too; groups that are filled only when needed, as their name or the mapping's reason says
 * (break glass, emergency, just in time, PIM, elevation); mappings that have ended.
 */

import { groupName } from "../../analysis/grants.ts";
import { hasDuty } from "../../analysis/judgements/duties.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import { isComplete } from "../../model/knowledge.ts";

export const emptyGroup: Rule = {
  id: "idp/empty-group",
  severity: "info",
  checkMapping(resolved, { source, report }) {
    const { mapping, members, inForce, directory } = resolved;
    if (!inForce || !mapping.group || !isComplete(members) || members.items.size > 0) return;
    if (hasDuty(resolved, "standby")) return;
    report({
      span: mapping.group.span,
      message: `"${groupName(resolved)}" has no members in "${directory?.name}", so this mapping gives nobody anything; remove it`,
      fixes: remove(source, "Remove this mapping", mapping.span),
      asOf: members.asOf,
    });
  },
};
