/**
 * cred/old-or-unused: keys of an organization are older than 90 days, or nobody has used them for 30.
 *
 * Why: each key is a way in. One that nobody uses is missed by nobody when it leaks, and an old one has lain in many places.
 * Do: delete what nobody needs, in Datadog under Organization Settings; make a new key for what is old, and delete the old
 * one. Tokens that end by themselves are better.
 * Not reported: keys that could not be listed; as old: API keys, which permit nothing alone, and tokens with an end; as
 * unused: keys of organizations where Datadog does not say of a single one when it was used.
 */

// Datadog advises to rotate quarterly, and its Governance Console looks at 30 days without use.
// https://docs.datadoghq.com/account_management/api-app-keys/ (2026-09)
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { isComplete, type Knowledge } from "../../model/knowledge.ts";
import type { Credential } from "../../model/target.ts";
import { dayOf, daysBetween, type Instant } from "../../model/time.ts";

const OLD_DAYS = 90;
const UNUSED_DAYS = 30;

export const oldOrUnused: Rule = {
  id: "cred/old-or-unused",
  severity: "info",
  checkProject({ world, report }) {
    for (const { name, span } of world.project?.content.organizations.values() ?? []) {
      const { credentials } = world.targets.get(name) ?? {};
      if (!credentials) continue;
      const lists = [credentials.apiKeys, credentials.applicationKeys, credentials.tokens].map(listed);
      const isBefore = (instant: Instant, days: number) => daysBetween(dayOf(instant), dayOf(world.now)) > days;
      const unused = lists.flatMap((keys) => unusedOf(keys, (instant) => isBefore(instant, UNUSED_DAYS)));
      const old = lists
        .flat()
        .filter((key) => isForEver(key) && key.createdAt !== undefined && isBefore(key.createdAt, OLD_DAYS))
        .filter((key) => !unused.includes(key));
      const asOf = credentials.askedAt;
      if (unused.length > 0)
        report({
          span,
          message: `${inQuotes(name)} has ${countOf(unused)} that nobody used for ${UNUSED_DAYS} days: ${namesOf(unused)}; delete what nobody needs`,
          asOf,
        });
      if (old.length > 0)
        report({
          span,
          message: `${inQuotes(name)} has ${countOf(old)} older than ${OLD_DAYS} days: ${namesOf(old)}; replace them by new ones`,
          asOf,
        });
    }
  },
};

function listed(keys: Knowledge<Credential>): readonly Credential[] {
  return isComplete(keys) ? [...keys.items.values()] : [];
}

/** A key without a date of use was never used, if the list has such dates at all. */
function unusedOf(keys: readonly Credential[], isLongAgo: (instant: Instant) => boolean): readonly Credential[] {
  if (keys.every(({ lastUsedAt }) => lastUsedAt === undefined)) return [];
  return keys.filter(({ lastUsedAt, createdAt }) => {
    const last = lastUsedAt ?? createdAt;
    return last !== undefined && isLongAgo(last);
  });
}

function isForEver({ kind, expiresAt }: Credential): boolean {
  return kind !== "api-key" && expiresAt === undefined;
}

function countOf({ length }: readonly Credential[]): string {
  return length === 1 ? "one key" : `${length} keys`;
}

function namesOf(keys: readonly Credential[]): string {
  return fold(keys.map(({ name }) => inQuotes(name)).sort());
}
