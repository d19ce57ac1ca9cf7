/**
 * idp/single-member: a group of one gets a sensitive role without an end.
 *
 * Why: it is a grant to a person in the clothes of a group; it stays when the person's work changes, because reviews
 * look at groups.
 * Do: put the person into a group of those who do the same work, or give the grant an end.
 * Not reported: roles below high sensitivity; mappings with an end; mappings that exp/missing-on-privileged reports
 * already; groups whose members were not wholly read; roles whose content is not known; mappings that have ended.
 */

import { activeMembers } from "../../analysis/grants.ts";
import { addToMapping } from "../../analysis/judgements/fixes.ts";
import { latestEnd } from "../../analysis/judgements/lifetime.ts";
import { describePrivilege, mostSensitive, mustEnd } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";
import { isComplete } from "../../model/knowledge.ts";

export const singleMember: Rule = {
  id: "idp/single-member",
  severity: "info",
  checkMapping(resolved, { world, source, report }) {
    const { mapping, members } = resolved;
    if (mapping.until || !mapping.group || !isComplete(members) || members.items.size !== 1) return;
    const top = activeMembers(members).length === 1 ? mostSensitive(resolved, "high") : undefined;
    const policy = policyOf(world);
    if (!top || mustEnd(policy, top.sensitivity)) return;
    const day = latestEnd(policy, world.now);
    report({
      span: mapping.group.span,
      message: `${describePrivilege(resolved, top)} and has one member, so this is a grant to a person; give it an end, or the role to a group of those who do this work`,
      fixes: addToMapping(source, mapping, `Add "until: ${day}"`, "until", day),
      asOf: members.asOf,
    });
  },
};
