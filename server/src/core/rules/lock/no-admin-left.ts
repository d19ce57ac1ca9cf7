/**
 * lock/no-admin-left: after a push fewer people could administer an organization than `safety.admins` asks for.
 *
 * Why: with nobody left who may change access, only Datadog's support gets you back in.
 * Do: map a group with an administrator's role, or leave the role of an administrator out of the files.
 * Not reported: organizations that never had enough administrators; organizations that are not adopted, or where a push
 * takes no roles and switches nobody off; anything less than complete knowledge of accounts, roles and mapped groups.
 */

import { holdsAdmin, lossesIn, outlookOf } from "../../analysis/judgements/outlook.ts";
import type { Rule } from "../../analysis/rule.ts";

export const noAdminLeft: Rule = {
  id: "lock/no-admin-left",
  severity: "error",
  locked: true,
  checkOrganization(mapped, { world, report }) {
    const outlook = outlookOf(mapped);
    const losses = outlook && lossesIn(mapped, world);
    if (!world.project || !losses || losses.size === 0) return;
    const { target, people, given } = outlook;
    const admins = people.filter(({ status, roleIds }) => status === "active" && holdsAdmin(target, roleIds));
    const left = people.filter((account) => {
      const lost = new Set(losses.get(account)?.map(({ id }) => id));
      const kept = [...account.roleIds.filter((id) => !lost.has(id)), ...(given.get(account.id) ?? [])];
      return account.status === "active" && holdsAdmin(target, kept);
    });
    const wanted = world.project.content.safety.admins;
    if (left.length >= wanted || left.length >= admins.length) return;
    const { name, span } = mapped.organization;
    const who = left.length === 0 ? "nobody" : left.length === 1 ? "one person" : `${left.length} people`;
    report({
      source: world.project.tree,
      span,
      message: `A push would leave ${who} who can administer "${name}", and safety.admins asks for ${wanted}; map an administrator's role for more people`,
      ...(target.accounts.state === "known" ? { asOf: target.accounts.asOf } : {}),
    });
  },
};
