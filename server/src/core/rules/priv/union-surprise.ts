/**
 * priv/union-surprise: people get two permissions that `policy.apart` keeps apart, each through another group.
 *
 * Why: roles add up over all groups of a person; each grant was reviewed by itself, and nobody saw the sum.
 * Do: take these people out of one of the groups, or split the role that is wider than its work.
 * Not reported: two permissions that one group gets, see sod/policy-pair; roles that are as good as Datadog
 * Admin, which hold every pair; people of groups whose members were not read; roles whose content is not known;
 * mappings that have ended. That a sum of harmless roles makes an administrator cannot happen: single permissions do.
 */

import { groupKeyOf } from "../../analysis/checking/circles.ts";
import { isAdmin, permissionNames } from "../../analysis/effective.ts";
import type { HeldRole } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import { findMeetings } from "../../analysis/judgements/meetings.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

export const unionSurprise: Rule = {
  id: "priv/union-surprise",
  severity: "warning",
  checkOrganization({ mappings }, { world, report }) {
    const { apart } = policyOf(world);
    if (apart.length === 0 || !world.project) return;
    for (const [one, other] of apart) {
      const gives = (name: string) => (held: HeldRole) =>
        permissionNames(held.target, held.role.item).has(name) && !isAdmin(held.target, held.role.item);
      for (const { earlier, later, people } of findMeetings(mappings, gives(one.value), gives(other.value))) {
        const { held, resolved } = later;
        if (groupKeyOf(resolved) === groupKeyOf(earlier.resolved)) continue;
        const [before, here] = later.side === "one" ? [other.value, one.value] : [one.value, other.value];
        report({
          source: resolved.mapping.source,
          span: held.span,
          message: `${fold(people)} ${people.length === 1 ? "gets" : "get"} ${here} here through "${held.role.item.name}" and ${before} through "${groupName(earlier.resolved)}"; the policy keeps them apart. Take them out of one of the two groups`,
          fixes: useLess(resolved.mapping.source, held, (role) => !permissionNames(held.target, role).has(here)),
          related: [
            { source: earlier.resolved.mapping.source, span: earlier.held.span, message: `${before} comes from here` },
            { source: world.project.tree, span: one.span, message: "kept apart here" },
          ],
          ...oldest(held.role.asOf, earlier.held.role.asOf),
        });
      }
    }
  },
};
