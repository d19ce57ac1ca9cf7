/**
 * plat/team-source-excludes-saml: teams are pushed as AuthN mappings to an organization that takes no teams from SAML.
 *
 * Why: Datadog keeps such mappings and ignores them without a word at every login, so nobody joins a team through them.
 * Do: let teams come from SAML in the settings of Teams, as the only source or beside hands. As the only source it also
 * takes out members who were added by hand.
 * Not reported: other ways to push teams; organizations whose switch could not be read, or holds a value that is not
 * documented.
 */

// Values: manually, saml_only, saml_and_manually. https://docs.datadoghq.com/account_management/saml/mapping/ (2026-09)
import type { Rule } from "../../analysis/rule.ts";

export const teamSourceExcludesSaml: Rule = {
  id: "plat/team-source-excludes-saml",
  severity: "warning",
  checkProject({ world, report }) {
    for (const { name, span, push } of world.project?.content.organizations.values() ?? []) {
      const source = world.targets.get(name)?.switches.teamSource;
      if (push.teams !== "saml" || source?.state !== "known" || source.value !== "manually") continue;
      report({
        span,
        message: `"${name}" takes team members from hands alone, so the team mappings pushed there take effect for nobody. Allow SAML as a source of teams in Datadog's team settings`,
        asOf: source.asOf,
      });
    }
  },
};
