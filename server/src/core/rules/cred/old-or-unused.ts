/**
 * cred/old-or-unused: keys of an organization or directory are older than 90 days, or nobody has used them for 30.
 *
 * Why: each key is a way in. One that nobody uses is missed by nobody when it leaks, and an old one has lain in many places.
 * Do: delete what nobody needs, in Datadog under Organization Settings, in the directory where its tokens and applications
 * are; make a new key for what is old, and delete the old one. Tokens that end by themselves are better. `accessmap
 * credentials` lists all keys, and `policy.credentials` sets other limits.
 * Not reported: keys that could not be listed; as old: certificates, and tokens with an end; as unused: lists that do not
 * say of a single key when it was used.
 */

import { type AgingCredential, oldKeys, unusedKeys } from "../../analysis/judgements/credentialAges.ts";
import { credentialListsOf, type IssuedCredential } from "../../analysis/judgements/credentialLists.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

export const oldOrUnused: Rule = {
  id: "cred/old-or-unused",
  severity: "info",
  checkProject({ world, report }) {
    const policy = policyOf(world);
    for (const { name, span, asOf, lists } of credentialListsOf(world)) {
      const unused = lists.flatMap((keys) => unusedKeys(keys, policy, world.now));
      const old = oldKeys(lists.flat(), policy, world.now).filter((key) => !unused.includes(key));
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

function countOf({ length }: readonly AgingCredential[]): string {
  return length === 1 ? "one key" : `${length} keys`;
}

function namesOf(keys: readonly IssuedCredential[]): string {
  return fold(keys.map(nameOf).sort());
}

function nameOf({ name, application }: IssuedCredential): string {
  return application === undefined ? inQuotes(name) : `${inQuotes(name)} of ${inQuotes(application)}`;
}
