/**
 * Suppressions that silence nothing. Silence says something only where the rule has run and could see everything: a rule
 * that is off, or that waits for data, may have a finding to suppress tomorrow. What is locked nothing silences, ever.
 */

import { isComplete } from "../../model/knowledge.ts";
import type { Suppression } from "../../model/mapping.ts";
import type { ResolvedMapping } from "../grants.ts";
import type { Rule, UnusedSuppression } from "../rule.ts";
import type { World } from "../world.ts";
import { policyOf } from "../world.ts";
import { mappingAt } from "./checkPiece.ts";
import { type Entry, noteShared, usedIn } from "./entry.ts";
import type { Ledger } from "./ledger.ts";
import { isLocked, judge, type MappingAt, SILENCE, saysTheSame, severityOf, type Verdict } from "./verdict.ts";

/** What was looked at, in the words of an entry's `shared`. */
const PRODUCER = "unused suppressions";

/** Brings what is said of entries with suppressions up to date. */
export function checkSuppressions(
  world: World,
  rules: readonly Rule[],
  entries: Iterable<Entry>,
  ledger: Ledger,
): void {
  for (const entry of entries) {
    const before = entry.shared.get(PRODUCER) ?? SILENCE;
    noteShared(entry, PRODUCER);
    const verdict = judgeUnused(world, rules, entry);
    const isSame = saysTheSame(before, verdict);
    const next = isSame ? before : verdict;
    if (next !== SILENCE) noteShared(entry, PRODUCER, next);
    if (!isSame) ledger.listen(entry);
  }
}

/** What the rules that look at unused suppressions say of an entry. All else must have been said of it before. */
function judgeUnused(world: World, rules: readonly Rule[], entry: Entry): Verdict {
  const { source, mappings } = entry.piece;
  const used = usedIn(entry);
  const policy = policyOf(world);
  const isJudge = (id: string) => rules.some((rule) => rule.checkUnused && rule.id === id);
  const hasRun = ({ rule: { value } }: Suppression) =>
    !isJudge(value) &&
    rules.some((rule) => rule.id === value && !rule.isReticent && severityOf(rule, policy) !== undefined);
  const cannotBe = ({ rule: { value } }: Suppression) =>
    rules.some((rule) => rule.id === value && isLocked(rule, policy));
  const surplus = mappings.flatMap((mapping, index) => {
    const resolved = entry.checked.resolved[index];
    if (!resolved || mapping.allow.length === 0) return [];
    const isKnown = isWhollyKnown(resolved);
    const unused = mapping.allow.flatMap((suppression): UnusedSuppression[] => {
      if (cannotBe(suppression)) return [{ ...suppression, isLocked: true }];
      return isKnown && !used.has(suppression) && hasRun(suppression) ? [{ ...suppression, isLocked: false }] : [];
    });
    return unused.length > 0 ? [unused] : [];
  });
  if (surplus.length === 0) return SILENCE;
  const find: MappingAt = ({ span }) => mappingAt(entry.checked.resolved, span);
  return judge(world, rules, source, find, (report) => (rule) => {
    for (const unused of surplus) rule.checkUnused?.(unused, { world, source, report });
  });
}

/** Everything that a rule may have asked about the mapping was answered. */
function isWhollyKnown({ group, members, target, roles, teams, unknownBundles }: ResolvedMapping): boolean {
  return (
    group?.answer === "present" &&
    isComplete(members) &&
    unknownBundles.length === 0 &&
    roles.every(({ role }) => role.answer === "present") &&
    teams.every(({ team }) => team.answer === "present") &&
    target !== undefined &&
    [target.permissions, target.roles, target.accounts, target.teams, target.mappings].every(
      (read) => read.state === "known" && read.complete,
    ) &&
    target.switches.roleMapping.state === "known"
  );
}
