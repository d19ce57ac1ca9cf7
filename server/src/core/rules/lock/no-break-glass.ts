/**
 * lock/no-break-glass: everybody who can administer an organization does so through a mapped group.
 *
 * Why: role mapping takes roles away at the next login when the identity provider sends the wrong groups or none. With no
 * administrator beside that path, a broken directory locks out everybody at once.
 * Do: keep one administrator who is in no mapped group and signs in by another method, and try that login now and then.
 * Not reported: organizations whose role mapping is off, or not known to be on; organizations without administrators; anything
 * less than complete knowledge of accounts, roles and mapped groups. How people sign in cannot be read.
 */

// Break-glass accounts are Datadog's own advice: https://docs.datadoghq.com/account_management/guide/secure-configuration (2026-09)
import { holdsAdmin, outlookOf } from "../../analysis/judgements/outlook.ts";
import type { Rule } from "../../analysis/rule.ts";

export const noBreakGlass: Rule = {
  id: "lock/no-break-glass",
  severity: "warning",
  checkOrganization(mapped, { world, report }) {
    const { roleMapping } = mapped.target?.switches ?? {};
    if (!world.project || roleMapping?.state !== "known" || !roleMapping.value) return;
    const outlook = outlookOf(mapped);
    if (!outlook) return;
    const { target, people, given } = outlook;
    const admins = people.filter(({ status, roleIds }) => status === "active" && holdsAdmin(target, roleIds));
    if (admins.length === 0 || admins.some(({ id }) => !given.has(id))) return;
    const { name, span } = mapped.organization;
    const who = admins.length === 1 ? "The only administrator" : `All ${admins.length} administrators`;
    report({
      source: world.project.tree,
      span,
      message: `${who} of "${name}" can be locked out by one broken login, because role mapping is on and each is in a mapped group; keep one who is in none`,
      asOf: roleMapping.asOf,
    });
  },
};
