/**
 * cred/ending: a token, secret or certificate of an organization or directory ends within 14 days, or has ended.
 *
 * Why: on that day something stops: people can no longer sign in when a SAML certificate ends, nothing is pushed or read when
 * a secret does. What has ended and lies about hides the one that is in use.
 * Do: make a new one now and put it where the old one is used, then delete the old one. `accessmap credentials` lists all of
 * them with their ends.
 * Not reported: what could not be listed, or not wholly; what has no end.
 */

import { describeEnd } from "../../analysis/judgements/credentialAges.ts";
import { credentialListsOf, type IssuedCredential } from "../../analysis/judgements/credentialLists.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import type { Instant } from "../../model/time.ts";

export const ending: Rule = {
  id: "cred/ending",
  severity: "warning",
  checkProject({ world, report }) {
    for (const { name, span, asOf, lists } of credentialListsOf(world)) {
      const told = lists.flat().flatMap((key) => describe(key, world.now));
      if (told.length === 0) continue;
      const [verb, things] = told.length === 1 ? ["is", "a credential"] : ["are", `${told.length} credentials`];
      report({
        span,
        message: `There ${verb} ${things} of ${inQuotes(name)} at an end: ${fold(told.sort())}; put new ones in their place, then delete these`,
        asOf,
      });
    }
  },
};

function describe(key: IssuedCredential, now: Instant): readonly string[] {
  const [end] = describeEnd(key, now);
  if (end === undefined) return [];
  const of = key.application === undefined ? "" : ` of ${inQuotes(key.application)}`;
  return [`${inQuotes(key.name)}${of} ${end.replace("; delete it", "")}`];
}
