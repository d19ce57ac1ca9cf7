/**
 * lock/unmatched-active-users: active people of an organization that is pushed to through SAML match no role mapping.
 *
 * Why: while role mapping is on, a SAML login takes all roles away from whoever matches nothing, and lets them in no more.
 * Do: map a group that they are in, to a read-only role if nothing else.
 * Not reported: other ways to push; organizations whose switch could not be read, or that have mappings which no file
 * explains, see hyg/live-not-in-file; anything less than complete knowledge of accounts, roles and mapped groups. Who signs in
 * by another method than SAML keeps their roles, and that cannot be read: up to two administrators in no mapped group are
 * taken for those whom lock/no-break-glass asks for.
 */

// https://docs.datadoghq.com/account_management/saml/troubleshooting/ (2026-09)
import { surplusMappings } from "../../analysis/judgements/liveMappings.ts";
import { BREAK_GLASS, holdsAdmin, outlookOf } from "../../analysis/judgements/outlook.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";

export const unmatchedActiveUsers: Rule = {
  id: "lock/unmatched-active-users",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    const { organization, target } = mapped;
    const roleMapping = target?.switches.roleMapping;
    if (!world.project || organization.push.roles !== "saml" || roleMapping?.state !== "known") return;
    if (surplusMappings(mapped)?.length !== 0) return;
    const outlook = outlookOf(mapped);
    if (!outlook) return;
    const all = outlook.people.filter(({ id, status }) => status === "active" && !outlook.given.has(id));
    const admins = all.filter(({ roleIds }) => holdsAdmin(outlook.target, roleIds));
    const unmatched = admins.length <= BREAK_GLASS ? all.filter((person) => !admins.includes(person)) : all;
    if (unmatched.length === 0) return;
    const handles = unmatched.map(({ handle }) => handle).sort();
    const [match, lose] = unmatched.length === 1 ? ["matches", "loses"] : ["match", "lose"];
    const when = roleMapping.value ? "at the next SAML login" : "once role mapping is switched on";
    report({
      source: world.project.tree,
      span: organization.span,
      message: `${fold(handles)} ${match} no role mapping of "${organization.name}" and ${lose} all roles ${when}; map a group that they are in`,
      about: unmatched.map(({ id }) => ({ organization: organization.name, account: id })),
      asOf: roleMapping.asOf,
    });
  },
};
