/**
 * esc/stored-connection: groups may use a connection that acts with an administrator's power.
 *
 * Why: workflows and apps act with what the connection may do, not with what their makers may. Whoever uses it in an action
 * of their own is an administrator for as long as that runs.
 * Do: let the connection act with exactly what its workflows take, or restrict in Datadog who may resolve it.
 * Not reported: connections that are not declared under `linked` of the organization, since no API of Datadog tells what
 * they may do; groups that hold none of the permissions that run or build workflows, apps or agents, though their people may
 * have one through another group; groups that get an administrator's permission openly; mappings that have ended. Nobody
 * tells whether the connection still acts with the declared roles, whether anything uses it already, or who Datadog lets use it
 * by a restriction of its own: where one guards it, say so with another severity for this rule in `policy.overrides`.
 */

import { groupsThrough } from "../../analysis/judgements/escalationReport.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";

export const storedConnection: Rule = {
  id: "esc/stored-connection",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    const { project } = world;
    if (!project) return;
    for (const { name, span, roles } of mapped.organization.linked.connections) {
      const { groups, through, starting, remedy } = groupsThrough(mapped, world, name);
      if (groups.length === 0) continue;
      const acting = fold(roles.map(({ value }) => inQuotes(value)));
      const ways = `may use it through ${fold(through.map(inQuotes))} in what ${fold(starting)} ${starting.length === 1 ? "starts" : "start"}`;
      report({
        source: project.tree,
        span,
        message: `The connection ${inQuotes(name)} acts with ${acting}, and ${fold(groups.map(inQuotes))} ${ways}: that leads to an administrator's power unless Datadog restricts who may use the connection${remedy ? `. To end it, ${remedy}` : ""}`,
      });
    }
  },
};
