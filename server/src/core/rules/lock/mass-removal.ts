/**
 * lock/mass-removal: a push would take a role from more people than `safety.removals` calls ordinary.
 *
 * Why: a slip in one line, a renamed group or a directory that lost its members looks just like this.
 * Do: look at who would lose it. A push refuses it until somebody lifts the guard by name.
 * Not reported: few people; organizations that are not adopted, or where a push takes no roles and switches nobody off;
 * anything less than complete knowledge of accounts, roles and mapped groups. Teams are looked at by the plan alone.
 */

import { isOrdinary, lossesIn, outlookOf } from "../../analysis/judgements/outlook.ts";
import type { Rule } from "../../analysis/rule.ts";
import { indexBy } from "../../model/maps.ts";

export const massRemoval: Rule = {
  id: "lock/mass-removal",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    const losses = lossesIn(mapped, world);
    const outlook = outlookOf(mapped);
    if (!world.project || !outlook || !losses || losses.size === 0) return;
    const { safety } = world.project.content;
    for (const [id, lost] of indexBy([...losses.values()].flat(), (role) => role.id)) {
      const holders = outlook.people.filter(({ roleIds }) => roleIds.includes(id)).length;
      if (isOrdinary(safety, lost.length, holders)) continue;
      report({
        source: world.project.tree,
        span: mapped.organization.span,
        message: `A push would take "${lost[0]?.name}" from ${lost.length} of the ${holders} people who hold it in "${mapped.organization.name}"; look at who they are in the plan`,
        ...(outlook.target.accounts.state === "known" ? { asOf: outlook.target.accounts.asOf } : {}),
      });
    }
  },
};
