/**
 * plat/managed-team-write: members of a team that SCIM owns would be written by another way, or by a second tool.
 *
 * Why: Datadog refuses every change of such a team that does not come through SCIM; and of two tools that push the same team
 * each undoes the other.
 * Do: push the team through SCIM; when another tool owns it, manage its members there and take it out here. When it is yours,
 * run `accessmap lock`.
 * Not reported: teams that accessmap.lock records, under `push.teams: scim`; `push.teams: off`; teams that could not be read.
 * There is no plat/okta-assign-and-push: which Okta application is Datadog's is not known here, and a team that Okta pushes
 * shows as managed by another tool.
 */

// "managed" teams: https://docs.datadoghq.com/account_management/teams/manage/ (2026-09)
import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";

export const managedTeamWrite: Rule = {
  id: "plat/managed-team-write",
  severity: "error",
  checkNames({ teams }, { world, source, report }) {
    for (const { ref, found, organization } of teams) {
      const path = organization.push.teams;
      if (found.answer !== "present" || !found.item.managed || path === "off") continue;
      const isOurs = world.lock.organizations.get(organization.name)?.teams.has(ref.value) === true;
      if (path === "scim" && isOurs) continue;
      report({
        span: ref.span,
        message:
          path === "scim"
            ? `"${ref.value}" in "${organization.name}" is managed through SCIM and accessmap.lock does not record it, so another tool may own it; if it is yours, run \`accessmap lock\``
            : `"${ref.value}" in "${organization.name}" is managed through SCIM, so Datadog refuses members that are pushed as "${path}"; push teams through SCIM`,
        fixes: remove(source, "Remove this team", ref.span),
        asOf: found.asOf,
      });
    }
  },
};
