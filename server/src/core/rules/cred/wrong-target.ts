/**
 * cred/wrong-target: the keys in use belong to another organization than accessmap.yaml names.
 *
 * Why: everything read through them would describe the wrong organization, so nothing is taken from it, and a push would
 * change the access of strangers.
 * Do: enter keys of the organization that is meant, or correct `id`. An account that sees several organizations makes
 * its keys in the one that is open in Datadog at that moment.
 * Not reported: organizations without `id`, which nothing can be compared with; keys that Datadog does not accept, as
 * those of another site. Their message names the sites to try.
 */

import type { Rule } from "../../analysis/rule.ts";

export const wrongTarget: Rule = {
  id: "cred/wrong-target",
  severity: "error",
  locked: true,
  checkProject({ world, report }) {
    for (const { name, id } of world.project?.content.organizations.values() ?? []) {
      const actor = world.targets.get(name)?.actor;
      if (id === undefined || actor?.state !== "known") continue;
      const { organizationId, organizationName } = actor.value;
      if (organizationId.toLowerCase() === id.value.toLowerCase()) continue;
      report({
        span: id.span,
        message: `The keys for "${name}" belong to the organization "${organizationName}" (${organizationId}), so nothing is read or pushed with them; enter keys of the organization meant here, or correct the id`,
        asOf: actor.asOf,
      });
    }
  },
};
