/**
 * priv/service-account-admin: a service account or agent holds an administrator's role.
 *
 * Why: its keys have no second factor and lie where programs run. Whoever finds one owns the organization, and the audit
 * trail names nobody.
 * Do: give it a role with exactly what it does. For pushing these are user_access_manage, user_access_invite and
 * teams_manage.
 * Not reported: service accounts that hold what a push takes and nothing beyond; accounts that are switched off; roles
 * and accounts that could not be read; groups in which people get the role too, see
 * priv/service-account-in-human-group; members whose login does not say that they are programs; mappings that have ended.
 */

import { isAdmin } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { kindsOf } from "../../analysis/judgements/bots.ts";
import { onlyPushes, serviceAccountsOf } from "../../analysis/judgements/serviceAccounts.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes, oldest } from "../../analysis/words.ts";

export const serviceAccountAdmin: Rule = {
  id: "priv/service-account-admin",
  severity: "error",
  checkMapping(resolved, { report }) {
    const { mapping, members } = resolved;
    if (members.state === "unknown" || !mapping.group) return;
    const { people, programs } = kindsOf(members);
    if (people.length > 0 || programs.length === 0) return;
    const { target } = resolved;
    const held = target && resolved.held.find(({ role }) => isAdmin(target, role.item));
    if (!held) return;
    const look = programs.length === 1 ? "looks like a program and gets" : "look like programs and get";
    report({
      span: held.span,
      message: `${fold(programs.map(({ login }) => login))} in "${groupName(resolved)}" ${look} an administrator's role, "${held.role.item.name}"; give a role with exactly what the work takes`,
      ...oldest(members.asOf, held.role.asOf),
    });
  },
  checkProject({ world, report }) {
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const target = world.targets.get(name);
      if (target?.accounts.state !== "known" || target.roles.state !== "known") continue;
      const admins = serviceAccountsOf(target)
        .filter((one) => !onlyPushes(target, one))
        .flatMap(({ account, roles }) => {
          const held = roles.filter((role) => isAdmin(target, role));
          return held.length === 0 ? [] : [{ account, held }];
        });
      if (admins.length === 0) continue;
      const [what, role] =
        admins.length === 1
          ? ["The service account", "holds an administrator's role"]
          : ["The service accounts", "hold administrators' roles"];
      const names = admins.map(
        ({ account, held }) => `${inQuotes(account.name)} (${fold(held.map((role) => inQuotes(role.name)))})`,
      );
      report({
        span,
        message: `${what} ${fold(names)} of ${inQuotes(name)} ${role}; give a role with exactly what the work takes`,
        about: admins.flatMap(({ account, held }) =>
          held.map((role) => ({ organization: name, account: account.id, role: role.id })),
        ),
        ...oldest(target.accounts.asOf, target.roles.asOf),
      });
    }
  },
};
