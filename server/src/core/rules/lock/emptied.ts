/**
 * lock/emptied: a push would leave a role that has people without any.
 *
 * Why: a role that nobody holds any more is rarely what a change was about; more often a group was emptied or a line went.
 * Do: keep the mapping of somebody who needs it, or take the role out of Datadog when it is done with.
 * Not reported: organizations that are not adopted, or where a push takes no roles and switches nobody off; roles that a
 * service account holds too; anything less than complete knowledge of accounts, roles and mapped groups. Teams are looked
 * at by the plan alone.
 */

import { lossesIn, outlookOf } from "../../analysis/judgements/outlook.ts";
import type { Rule } from "../../analysis/rule.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";

export const emptied: Rule = {
  id: "lock/emptied",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    const losses = lossesIn(mapped, world);
    const outlook = outlookOf(mapped);
    if (!world.project || !outlook || !losses || losses.size === 0) return;
    const enabled = [...itemsOf(outlook.target.accounts).values()].filter(({ status }) => status !== "disabled");
    const given = new Set([...outlook.given.values()].flatMap((ids) => [...ids]));
    for (const [id, lost] of indexBy([...losses.values()].flat(), (role) => role.id)) {
      const holders = enabled.filter(({ roleIds }) => roleIds.includes(id)).length;
      if (given.has(id) || lost.length < holders) continue;
      const people = holders === 1 ? "the one person who holds" : `all ${holders} people who hold`;
      report({
        source: world.project.tree,
        span: mapped.organization.span,
        message: `A push would take "${lost[0]?.name}" from ${people} it in "${mapped.organization.name}", and nobody would have it; map it for whoever needs it`,
        ...(outlook.target.accounts.state === "known" ? { asOf: outlook.target.accounts.asOf } : {}),
      });
    }
  },
};
