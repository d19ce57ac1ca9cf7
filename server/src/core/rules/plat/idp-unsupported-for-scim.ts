/**
 * plat/idp-unsupported-for-scim: nobody creates accounts for the people of a directory.
 *
 * Why: Google Workspace and other directories do not provision people to Datadog, Datadog makes no accounts by itself here,
 * and `push.users` leaves accounts to others. Whoever joins a mapped group gets nothing, without a word.
 * Do: set `push.users: full`, switch just-in-time provisioning on, or invite people.
 * Not reported: Okta and Entra ID, which Datadog supports; other ways to push; settings that could not be read.
 */

// Datadog supports SCIM from Okta and Entra ID. https://docs.datadoghq.com/account_management/scim/ (2026-09)
import type { Rule } from "../../analysis/rule.ts";

export const idpUnsupportedForScim: Rule = {
  id: "plat/idp-unsupported-for-scim",
  severity: "info",
  checkProject({ world, report }) {
    const project = world.project?.content;
    for (const { name, span, push, directory } of project?.organizations.values() ?? []) {
      const { size } = project?.directories ?? new Map();
      const [only] = project?.directories.values() ?? [];
      const config = directory ? project?.directories.get(directory.value) : size === 1 ? only : undefined;
      const justInTime = world.targets.get(name)?.switches.justInTime;
      if (!config || (config.type !== "google" && config.type !== "scim")) continue;
      if ((push.roles !== "scim" && push.teams !== "scim") || push.users === "full") continue;
      if (justInTime?.state !== "known" || justInTime.value.domains.length > 0) continue;
      const kind = config.type === "google" ? "Google Workspace" : "a SCIM service";
      report({
        span,
        message: `Nobody creates accounts for people of "${config.name}" in "${name}": ${kind} does not provision to Datadog, just-in-time provisioning is off, and push.users is "${push.users}"; set push.users to "full", or invite people`,
        asOf: justInTime.asOf,
      });
    }
  },
};
