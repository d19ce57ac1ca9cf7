/**
 * esc/team-confers-role: a mapped team is linked to a sensitive role, so that the mapping of a team gives privilege.
 *
 * Why: a team looks harmless in review. Whoever is put into it holds the role, and may come to it by another mapping, by
 * hand, or by joining where the team is open.
 * Do: map the role openly and unlink it from the team, or map the group to another team.
 * Not reported: links that are not declared under `linked` of the organization, since they are a preview that no
 * published API reads (2026-09); roles below high sensitivity; groups that the same mapping gives the role anyway; roles
 * whose content is not known; mappings that have ended.
 */

import { sensitivityOf } from "../../analysis/effective.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import { conferredRoles } from "../../analysis/judgements/linkedRoles.ts";
import { permissionsAt } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { compareSensitivity } from "../../model/target.ts";

export const teamConfersRole: Rule = {
  id: "esc/team-confers-role",
  severity: "warning",
  checkMapping(resolved, { source, report }) {
    const { held, mapping } = resolved;
    for (const { handle, span, role, target, bundle, isOpen } of conferredRoles(resolved)) {
      const sensitivity = sensitivityOf(target, role.item);
      const isGiven = held.some((other) => other.role.item.id === role.item.id);
      if (isGiven || compareSensitivity(sensitivity, "high") < 0) continue;
      const names = permissionsAt({ target, role }, sensitivity);
      report({
        span,
        message: `The team ${inQuotes(handle)} is linked to ${inQuotes(role.item.name)}, so that ${inQuotes(mapping.group?.text ?? "")} gets ${fold(names)} (${sensitivity}) through it${isOpen ? ", and so does whoever joins the team" : ""}; map the role openly, or unlink it`,
        fixes: bundle ? [] : remove(source, "Remove this team", span),
        asOf: role.asOf,
      });
    }
  },
};
