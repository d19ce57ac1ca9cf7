/**
 * cred/too-broad: the application key that reads an organization can also change it.
 *
 * Why: the key for editing lies on many machines and in CI. Whoever gets hold of one without scopes can do whatever its
 * owner may do.
 * Do: make an application key with the scopes user_access_read and teams_read, best one of a service account, and enter
 * it for reading. The key that writes is asked for by `apply` alone.
 * Not reported: keys that were not listed, or not wholly; owners with several application keys of which one is narrow,
 * since Datadog does not say which is in use; keys without scopes whose owner is not known to hold a writing permission.
 */

import { actingKeys } from "../../analysis/judgements/keys.ts";
import type { Rule } from "../../analysis/rule.ts";
import { isComplete } from "../../model/knowledge.ts";

const MOST_NAMED = 3;

export const tooBroad: Rule = {
  id: "cred/too-broad",
  severity: "warning",
  checkProject({ world, report }) {
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const target = world.targets.get(name);
      if (target?.actor.state !== "known" || !isComplete(target.credentials?.applicationKeys)) continue;
      const { asOf } = target.actor;
      const own = actingKeys(target).filter(({ kind }) => kind === "application-key");
      const [first, ...others] = own.map(({ writes }) => writes);
      if (first === undefined || [first, ...others].some((writes) => writes.length === 0)) continue;
      const permits = first.slice(0, MOST_NAMED);
      report({
        span,
        message: `The application key that reads "${name}" can also write (${permits.join(", ")}${first.length > MOST_NAMED ? ", …" : ""}); enter one with the scopes user_access_read and teams_read`,
        asOf,
      });
    }
  },
};
