/**
 * ref/unknown-team: a mapping, a bundle or `linked` names a team that the organization does not have.
 *
 * Why: nobody joins anything; where teams are pushed through SCIM, a second team would be created beside the one meant.
 * Do: correct the handle (offered when one is close), or create the team. Datadog makes handles in lower case, so a push
 * creates no team that is written otherwise.
 * Not reported: organizations whose teams could not be read completely; handles that differ from a team's in case alone,
 * see ref/case-mismatch; teams that the lock knows under another handle now, see ref/renamed; under `push.teams: scim` handles
 * that resemble no other, since a push creates these teams, and those that a team's name leads to, see plat/team-name-link.
 */

import { changeTo, hint, remove } from "../../analysis/judgements/fixes.ts";
import { reportAbsentLinked } from "../../analysis/judgements/linkedNames.ts";
import { memo } from "../../analysis/memo.ts";
import { handleOf, resolveTeam, teamsByDerivedHandle, teamsByHandle } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { nearestFew } from "../../syntax/nearest.ts";

export const unknownTeam: Rule = {
  id: "ref/unknown-team",
  severity: "error",
  checkNames({ teams }, { source, report }) {
    for (const { ref, found, otherCase, renamedTo, organization, target } of teams) {
      if (found.answer !== "absent" || otherCase !== undefined || renamedTo !== undefined) continue;
      const isCreated = organization.push.teams === "scim";
      const handle = handleOf(ref.value);
      if (isCreated && handle !== ref.value) {
        report({
          span: ref.span,
          message: `"${organization.name}" has no team "${ref.value}", and one that a push creates has the handle "${handle}"; write it that way`,
          fixes: changeTo(source, ref.span, [handle]),
          asOf: found.asOf,
        });
        continue;
      }
      const near = nearestFew(ref.value, memo(target, teamsByHandle), 3);
      if (isCreated && (near.length === 0 || memo(target, teamsByDerivedHandle).has(ref.value))) continue;
      const creation = isCreated ? ", and a push would create it" : "";
      const way = hint(near, "correct the handle or create the team in Datadog");
      report({
        span: ref.span,
        message: `"${organization.name}" has no team "${ref.value}"${creation}${way}`,
        fixes: [...changeTo(source, ref.span, near), ...remove(source, "Remove this team", ref.span)],
        asOf: found.asOf,
      });
    }
  },
  checkProject(context) {
    reportAbsentLinked(context, {
      noun: "team",
      names: ({ teams }) => teams.map(({ name, span }) => ({ value: name, span })),
      find: (target, { value }, organization) => resolveTeam(target, value, organization),
      known: teamsByHandle,
    });
  },
};
