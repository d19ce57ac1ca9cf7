/**
 * priv/unmask-sensitive: a role shows what was masked on purpose, without an end or to more than ten people.
 *
 * Why: behind the masks are passwords, card numbers and customers' data; whoever may look does so for a case, not for
 * ever.
 * Do: name a small group and an end; the fix gives 90 days, or what the policy's `longest` leaves.
 * Not reported: mappings with an end for up to ten people, or for a group whose size is not known; mappings that
 * exp/missing-on-privileged or priv/limit-exceeded reports already; roles that are dangerous in more ways to many
 * people, see priv/catch-all-role, or as good as Datadog Admin; Datadog's own roles; roles whose content is not known;
 * mappings that have ended.
 */

import { sensitivityOf } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { addToMapping } from "../../analysis/judgements/fixes.ts";
import { crowdOf, hazardsOf, isCatchAll, isFreeOf } from "../../analysis/judgements/hazards.ts";
import { latestEnd } from "../../analysis/judgements/lifetime.ts";
import { audienceTime, mustEnd } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest, sizeText } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

export const unmaskSensitive: Rule = {
  id: "priv/unmask-sensitive",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      const names = hazardsOf(held, "unmasking");
      if (names.length === 0) continue;
      const policy = policyOf(world);
      const crowd = crowdOf(resolved, held, policy);
      if (crowd && isCatchAll(held)) continue;
      const { mapping } = resolved;
      const isEndless = mapping.until === undefined && !mustEnd(policy, sensitivityOf(held.target, held.role.item));
      if (!crowd && !isEndless) continue;
      const day = latestEnd(policy, world.now);
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gives "${held.role.item.name}" ${crowd ? `to ${sizeText(crowd)}` : "to people without an end"}, who can see masked values with ${fold(names)}. Name a small group and an end`,
        fixes: [
          ...(isEndless ? addToMapping(source, mapping, `Add "until: ${day}"`, "until", day) : []),
          ...useLess(source, held, isFreeOf(held, "unmasking")),
        ],
        ...oldest(held.role.asOf, crowd && audienceTime(resolved)),
      });
    }
  },
};
