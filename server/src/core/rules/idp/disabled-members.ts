/**
 * idp/disabled-members: all members of a mapped group are suspended or have left.
 *
 * Why: the group looks alive by its count, and nobody notices that nobody uses what it gives.
 * Do: remove the mapping, and have the group cleaned up in the directory.
 * Not reported: groups with somebody who has not started yet, or of whom the directory does not say; groups whose
 * members were not wholly read; groups without members, see idp/empty-group; mappings that have ended.
 */

import { activeMembers, groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import { isComplete } from "../../model/knowledge.ts";

export const disabledMembers: Rule = {
  id: "idp/disabled-members",
  severity: "info",
  checkMapping(resolved, { source, report }) {
    const { mapping, members, inForce } = resolved;
    if (!inForce || !mapping.group || !isComplete(members) || members.items.size === 0) return;
    if (activeMembers(members).length > 0) return;
    const everybody = [...members.items.values()];
    if (!everybody.every(({ state }) => state === "suspended" || state === "deactivated")) return;
    const who = everybody.length === 1 ? "The only member" : `All ${everybody.length} members`;
    report({
      span: mapping.group.span,
      message: `${who} of "${groupName(resolved)}" ${everybody.length === 1 ? "is" : "are"} suspended or gone, so this mapping gives nobody anything; remove it`,
      fixes: remove(source, "Remove this mapping", mapping.span),
      asOf: members.asOf,
    });
  },
};
