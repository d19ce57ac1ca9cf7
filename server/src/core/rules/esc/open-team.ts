/**
 * esc/open-team: a mapped team may be joined by anybody in the organization.
 *
 * Why: dashboards, monitors and data that are kept for the team are then kept for nobody, and the mapping only looks as
 * if it decided who is in.
 * Do: let only the team's administrators manage its members, in the team's settings.
 * Not reported: teams that SCIM manages, whose members nobody changes by hand, and those that a push will hand to SCIM;
 * teams of which Datadog does not say who may join; mappings that have ended.
 */

import type { Rule } from "../../analysis/rule.ts";

export const openTeam: Rule = {
  id: "esc/open-team",
  severity: "warning",
  checkMapping(resolved, { report }) {
    const { teams, inForce, organization } = resolved;
    if (!inForce || teams.length === 0 || organization?.push.teams === "scim") return;
    for (const { team, span, handle } of teams) {
      if (team.answer !== "present" || team.item.open !== true || team.item.managed) continue;
      report({
        span,
        message: `Anybody in "${organization?.name}" may join the team "${handle}", whatever is mapped to it; let only its administrators manage members`,
        asOf: team.asOf,
      });
    }
  },
};
