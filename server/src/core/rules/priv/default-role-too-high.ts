/**
 * priv/default-role-too-high: accounts that Datadog makes at a first sign-in get more than reading.
 *
 * Why: everybody of the mail domain who finds the login page gets this role, before any group or file says so.
 * Do: set the default to Datadog Read Only Role, under Organization Settings, Login Methods, SAML.
 * Not reported: organizations without just-in-time provisioning; those whose role mapping is on, which replaces the
 * default at once; settings and roles that could not be read, since the settings take org_management, which keys for
 * reading rarely have.
 */

import { READ_ONLY_ROLE, sensitivityOf } from "../../analysis/effective.ts";
import { resolveRole } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";

export const defaultRoleTooHigh: Rule = {
  id: "priv/default-role-too-high",
  severity: "warning",
  checkProject({ world, report }) {
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const target = world.targets.get(name);
      const { justInTime, roleMapping } = target?.switches ?? {};
      if (!target || justInTime?.state !== "known" || justInTime.value.domains.length === 0) continue;
      if (roleMapping?.state !== "known" || roleMapping.value) continue;
      for (const ref of justInTime.value.defaultRoles) {
        const role = resolveRole(target, { ...ref, span }, name);
        const sensitivity = role.answer === "present" ? sensitivityOf(target, role.item) : "low";
        if (role.answer !== "present" || sensitivity === "low") continue;
        report({
          span,
          message: `Whoever of ${fold(justInTime.value.domains)} first signs in to "${name}" gets "${role.item.name}" (${sensitivity}) by that alone; set the default to "${READ_ONLY_ROLE}" in Datadog's SAML settings`,
          ...oldest(justInTime.asOf, role.asOf),
        });
      }
    }
  },
};
