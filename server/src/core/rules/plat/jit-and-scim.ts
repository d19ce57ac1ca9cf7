/**
 * plat/jit-and-scim: accounts are provisioned through SCIM while Datadog also makes them at a first SAML login.
 *
 * Why: a person who signs in before SCIM has come to them gets an account with the default role, which no file of yours
 * explains; Datadog advises to switch one of the two off.
 * Do: take the e-mail domains out of just-in-time provisioning, under Organization Settings, Login Methods, SAML.
 * Not reported: organizations that nothing is pushed to through SCIM; settings that could not be read, since reading them
 * takes org_management, which keys for reading rarely have.
 */

// https://docs.datadoghq.com/account_management/scim/ (2026-09)
import type { Rule } from "../../analysis/rule.ts";

export const jitAndScim: Rule = {
  id: "plat/jit-and-scim",
  severity: "warning",
  checkProject({ world, report }) {
    for (const { name, span, push } of world.project?.content.organizations.values() ?? []) {
      const justInTime = world.targets.get(name)?.switches.justInTime;
      if (push.roles !== "scim" && push.teams !== "scim") continue;
      if (justInTime?.state !== "known" || justInTime.value.domains.length === 0) continue;
      report({
        span,
        message: `"${name}" is pushed to through SCIM and also makes accounts by itself when people of ${justInTime.value.domains.join(", ")} first sign in; switch just-in-time provisioning off in Datadog's SAML settings`,
        asOf: justInTime.asOf,
      });
    }
  },
};
