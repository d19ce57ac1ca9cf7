/**
 * ref/unknown-team: a mapping or bundle names a team that the organization does not have.
 *
 * Why: nobody joins anything; where teams are pushed through SCIM, a second team would be created beside the one meant.
 * Do: correct the handle (offered when one is close), or create the team.
 * Not reported: organizations whose teams could not be read completely; handles that differ from a team's in case alone,
 * see ref/case-mismatch; teams that the lock knows under another handle now, see ref/renamed; under `push.teams: scim` handles that resemble no other, since a push creates these teams.
 */

import { changeTo, hint, remove, suggestions } from "../../analysis/fixes.ts";
import { namesIn } from "../../analysis/names.ts";
import { teamsByHandle } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { memo } from "../../analysis/snapshot.ts";

export const unknownTeam: Rule = {
  id: "ref/unknown-team",
  severity: "error",
  checkFile({ content }, { snapshot, tree, report }) {
    const nearHandles = suggestions();
    for (const { ref, found, otherCase, renamedTo, organization, target } of namesIn(snapshot, content).teams) {
      if (found.answer !== "absent" || otherCase !== undefined || renamedTo !== undefined) continue;
      const near = nearHandles(ref.value, memo(target, teamsByHandle).keys());
      const isCreated = organization.push.teams === "scim";
      if (isCreated && near.length === 0) continue;
      const creation = isCreated ? ", and a push would create it" : "";
      const way = hint(near, "correct the handle or create the team in Datadog");
      report({
        span: ref.span,
        message: `"${organization.name}" has no team "${ref.value}"${creation}${way}`,
        fixes: [...changeTo(tree, ref.span, near), ...remove(tree, "Remove this team", ref.span)],
        asOf: found.asOf,
      });
    }
  },
};
