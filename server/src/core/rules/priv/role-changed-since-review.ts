/**
 * priv/role-changed-since-review: a role permits something else than when it was last reviewed.
 *
 * Why: whoever edits a role changes what every group that holds it may do, and no file shows it. Datadog's own roles gain
 * permissions by themselves.
 * Do: look at what came and went; when it is meant, `accessmap review` records it, and the next change shows again.
 * Not reported: roles that accessmap.lock has no content of; roles whose content is not wholly known; a role that was made
 * anew, see ref/recreated. Each role is named once, at its first mapping.
 */

import { describeRoleChange, roleChange } from "../../analysis/judgements/roleChange.ts";
import type { Rule } from "../../analysis/rule.ts";

export const roleChangedSinceReview: Rule = {
  id: "priv/role-changed-since-review",
  severity: "warning",
  checkOrganization({ organization, mappings }, { world, report }) {
    const pins = world.lock.organizations.get(organization.name)?.roles;
    if (!pins) return;
    const seen = new Set<string>();
    for (const resolved of mappings) {
      for (const { role, span, target } of resolved.held) {
        const { id, name } = role.item;
        if (seen.has(id)) continue;
        seen.add(id);
        const change = roleChange(target, role.item, pins.get(name));
        if (!change) continue;
        report({
          source: resolved.mapping.source,
          span,
          message: `"${name}" ${describeRoleChange(target, change)} since its last review; look at it, then run \`accessmap review\``,
          asOf: role.asOf,
        });
      }
    }
  },
};
