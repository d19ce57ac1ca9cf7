/**
 * gov/owner-missing: a mapping gives a role of the sensitivity in `policy.require.owner` and nobody answers for it.
 *
 * Why: without an owner there is nobody to ask whether the access is still needed.
 * Do: add `owner` to the mapping, or to the top of its file.
 * Not reported: projects without `policy.require.owner`; files with an owner; roles whose content is not known; mappings
 * that have ended. There is no sod/self-approval: a CODEOWNERS file names accounts and teams of the code host, which no
 * directory read here can tell to be the people of a group; who reviews their own access is seen in `accessmap review pack`.
 */

import { addToMapping } from "../../analysis/judgements/fixes.ts";
import { describePrivilege, mostSensitive } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";

export const ownerMissing: Rule = {
  id: "gov/owner-missing",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    const { mapping, file } = resolved;
    const level = policyOf(world).require.owner;
    if (level === undefined || mapping.owner || file.owner || !mapping.group) return;
    const top = mostSensitive(resolved, level);
    if (!top) return;
    report({
      span: mapping.group.span,
      message: `${describePrivilege(resolved, top)} without an owner; name who answers for it, here or at the top of the file`,
      fixes: addToMapping(source, mapping, 'Add "owner"', "owner", ""),
      asOf: top.held.role.asOf,
    });
  },
};
