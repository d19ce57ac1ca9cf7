/**
 * plat/mappings-disabled: roles are pushed as AuthN mappings to an organization in which role mapping is switched off.
 *
 * Why: Datadog keeps such mappings and ignores them at every login, so nobody gets anything from these files.
 * Do: switch role mapping on under Organization Settings, Authentication Mappings; before that, see that every active
 * person matches a mapping, since whoever matches none loses all roles.
 * Not reported: other ways to push roles; organizations whose switch could not be read.
 */

// The switch is no part of any public client and cannot be set here: it strips people at their next login.
// https://docs.datadoghq.com/account_management/authn_mapping/ (2026-09)
import type { Rule } from "../../analysis/rule.ts";

export const mappingsDisabled: Rule = {
  id: "plat/mappings-disabled",
  severity: "warning",
  checkProject({ world, report }) {
    for (const { name, span, push } of world.project?.content.organizations.values() ?? []) {
      const mapping = world.targets.get(name)?.switches.roleMapping;
      if (push.roles !== "saml" || mapping?.state !== "known" || mapping.value) continue;
      report({
        span,
        message: `Role mapping is switched off in "${name}", so the AuthN mappings pushed there take effect for nobody. Switch it on in Datadog once every active person matches a mapping`,
        asOf: mapping.asOf,
      });
    }
  },
};
