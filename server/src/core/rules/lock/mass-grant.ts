/**
 * lock/mass-grant: mappings together give a role with high or critical permissions to more people than `policy.limits`
 * allows, although none of them does so alone.
 *
 * Why: the limit is on people, and whoever reads one mapping sees only its own.
 * Do: narrow one of the groups, or give some of them a smaller role.
 * Not reported: a single mapping above the limit, see priv/limit-exceeded; roles that nobody would get who has not got them;
 * anything less than complete knowledge of accounts, roles and mapped groups.
 */

import { sensitivityOf } from "../../analysis/effective.ts";
import { audienceSize } from "../../analysis/grants.ts";
import { outlookOf } from "../../analysis/judgements/outlook.ts";
import { limitFor } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { policyOf } from "../../analysis/world.ts";

export const massGrant: Rule = {
  id: "lock/mass-grant",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    const outlook = outlookOf(mapped);
    if (!outlook) return;
    const { target, people, given } = outlook;
    const policy = policyOf(world);
    const byRole = new Map(
      mapped.mappings.flatMap((resolved) =>
        resolved.held.map((held) => [held.role.item.id, { resolved, held }] as const),
      ),
    );
    for (const [id, { resolved, held }] of byRole) {
      const sensitivity = sensitivityOf(target, held.role.item);
      const limit = limitFor(policy, sensitivity);
      if ((sensitivity !== "high" && sensitivity !== "critical") || limit === undefined) continue;
      const reached = people.filter((account) => given.get(account.id)?.has(id));
      if (reached.length <= limit || reached.every(({ roleIds }) => roleIds.includes(id))) continue;
      const isOneTooLarge = mapped.mappings.some(
        (one) => one.held.some(({ role }) => role.item.id === id) && (audienceSize(one)?.people ?? 0) > limit,
      );
      if (isOneTooLarge) continue;
      report({
        source: resolved.mapping.source,
        span: held.span,
        message: `Mappings together give "${held.role.item.name}" (${sensitivity}) to ${reached.length} people, and policy.limits allows ${limit}; narrow one of the groups`,
        asOf: held.role.asOf,
      });
    }
  },
};
