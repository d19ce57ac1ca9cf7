/**
 * cred/old-or-unused: keys of an organization are older than 90 days, or nobody has used them for 30.
 *
 * Why: each key is a way in. One that nobody uses is missed by nobody when it leaks, and an old one has lain in many places.
 * Do: delete what nobody needs, in Datadog under Organization Settings; make a new key for what is old, and delete the old
 * one. Tokens that end by themselves are better. `accessmap credentials` lists all keys, and `policy.credentials` sets
 * other limits.
 * Not reported: keys that could not be listed; as old: API keys, which permit nothing alone, and tokens with an end; as
 * unused: keys of organizations where Datadog does not say of a single one when it was used.
 */

import { oldKeys, unusedKeys } from "../../analysis/credentialAges.ts";
import { policyOf } from "../../analysis/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { isComplete, type Knowledge } from "../../model/knowledge.ts";
import type { Credential } from "../../model/target.ts";

export const oldOrUnused: Rule = {
  id: "cred/old-or-unused",
  severity: "info",
  checkProject({ world, report }) {
    const policy = policyOf(world);
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const { credentials } = world.targets.get(name) ?? {};
      if (!credentials) continue;
      const lists = [credentials.apiKeys, credentials.applicationKeys, credentials.tokens].map(listed);
      const unused = lists.flatMap((keys) => unusedKeys(keys, policy, world.now));
      const old = oldKeys(lists.flat(), policy, world.now).filter((key) => !unused.includes(key));
      const asOf = credentials.askedAt;
      if (unused.length > 0)
        report({
          span,
          message: `${inQuotes(name)} has ${countOf(unused)} that nobody used for ${policy.credentials.unused} days: ${namesOf(unused)}; delete what nobody needs`,
          asOf,
        });
      if (old.length > 0)
        report({
          span,
          message: `${inQuotes(name)} has ${countOf(old)} older than ${policy.credentials.age} days: ${namesOf(old)}; replace them by new ones`,
          asOf,
        });
    }
  },
};

function listed(keys: Knowledge<Credential>): readonly Credential[] {
  return isComplete(keys) ? [...keys.items.values()] : [];
}

function countOf({ length }: readonly Credential[]): string {
  return length === 1 ? "one key" : `${length} keys`;
}

function namesOf(keys: readonly Credential[]): string {
  return fold(keys.map(({ name }) => inQuotes(name)).sort());
}
