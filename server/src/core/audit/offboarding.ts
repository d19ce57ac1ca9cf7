/**
 * Proof that people who left can do nothing any more: every way in that is still open, what closes it, and where nothing is
 * open, what reads say so. A part that could not be read leaves "closed" unproven.
 */

import type { Snapshot } from "../analysis/snapshot.ts";
import { policyOf } from "../analysis/world.ts";
import { gapOf } from "../model/knowledge.ts";
import type { Account, TargetInventory } from "../model/target.ts";
import type { Instant } from "../model/time.ts";
import type { RecordedApply } from "../sync/journal/journal.ts";
import type { DirectoryPeople, Leaver, LeaverState } from "./leavers.ts";
import { keyLists, type OffboardingFacts, type OpenPath, openPaths } from "./openPaths.ts";
import { type Read, readOf } from "./reads.ts";

export interface Offboarded {
  readonly organization: string;
  readonly person: string;
  readonly name: string;
  readonly state: LeaverState;
  readonly directories: readonly string[];
  readonly account?: { readonly handle: string; readonly status: Account["status"]; readonly lastLogin?: Instant };
  readonly verdict: "open" | "closed" | "unproven";
  readonly open: readonly OpenPath[];
  /** Parts that are not known. */
  readonly unknown: readonly string[];
  /** The apply of this project that switched the account off. */
  readonly closedBy?: Instant;
}

export interface OffboardingReport {
  readonly now: Instant;
  readonly people: readonly Offboarded[];
  readonly reads: readonly Read[];
}

/**
 * A verdict for each person who left, and every read it rests on. `people` is what directories told of their people, by
 * directory.
 */
export function offboardingReport(
  snapshot: Snapshot,
  people: DirectoryPeople,
  facts: readonly OffboardingFacts[],
): OffboardingReport {
  const targets = facts.flatMap(({ organization }) => snapshot.targets.get(organization.name) ?? []);
  return {
    now: snapshot.now,
    people: facts.flatMap((one) => one.leavers.map((leaver) => judge(snapshot, one, leaver))),
    reads: [
      ...[...people].map(([directory, list]) => readOf(directory, "people", list)),
      ...targets.flatMap((target) => [
        readOf(target.name, "accounts", target.accounts),
        ...keyLists(target).map(({ what, keys }) =>
          keys
            ? readOf(target.name, what, keys)
            : { system: target.name, what, whole: false, rows: 0, why: "the key may not see keys and tokens" },
        ),
      ]),
      ...facts.flatMap(({ organization, teams }) => teamReads(organization.name, teams)),
    ],
  };
}

function judge(snapshot: Snapshot, facts: OffboardingFacts, leaver: Leaver): Offboarded {
  const { organization, login, name, state, directories, account, doubt } = leaver;
  const target = snapshot.targets.get(organization.name);
  const open = target && doubt === undefined ? openPaths(target, policyOf(snapshot), facts, leaver) : [];
  const unknown = unknownParts(target, facts, leaver);
  const closedBy = account?.status === "disabled" ? switchedOffBy(facts.applies, account) : undefined;
  const { handle, status, lastLogin } = account ?? {};
  return {
    organization: organization.name,
    person: login,
    name,
    state,
    directories,
    ...(handle !== undefined && status && { account: { handle, status, ...(lastLogin && { lastLogin }) } }),
    verdict: open.length > 0 ? "open" : unknown.length > 0 ? "unproven" : "closed",
    open,
    unknown,
    ...(closedBy !== undefined && { closedBy }),
  };
}

function unknownParts(
  target: TargetInventory | undefined,
  { teams }: OffboardingFacts,
  { organization, account, doubt }: Leaver,
): readonly string[] {
  if (!target) return [`${organization.name} was not read`];
  const gaps: string[] = doubt === undefined ? [] : [doubt];
  const accountsGap = gapOf(target.accounts);
  if (accountsGap) gaps.push(`accounts: ${accountsGap.message}`);
  if (!account) return gaps;
  for (const { what, keys } of keyLists(target)) {
    const gap = keys ? gapOf(keys)?.message : "the key in use may not see them";
    if (gap !== undefined) gaps.push(`${what}: ${gap}`);
  }
  const own = teams.get(account.id);
  const teamGap = own ? gapOf(own) : undefined;
  if (teamGap) gaps.push(`teams: ${teamGap.message}`);
  return gaps;
}

/** Memberships are read account by account: one line for all. */
function teamReads(system: string, teams: OffboardingFacts["teams"]): readonly Read[] {
  const all = [...teams.values()].map((one) => readOf(system, "team memberships", one));
  const [first] = all;
  if (!first) return [];
  const failed = all.find(({ whole }) => !whole);
  const asOf = all.map((read) => read.asOf ?? "").sort()[0] ?? "";
  const rows = all.reduce((sum, read) => sum + read.rows, 0);
  const why = failed?.why === undefined ? {} : { why: failed.why };
  return [{ ...first, ...(asOf !== "" && { asOf }), whole: !failed, rows, ...why }];
}

function switchedOffBy(applies: readonly RecordedApply[], account: Account): Instant | undefined {
  for (const { start, state } of applies)
    for (const [step, change] of state.intents) {
      const isDone = ["done", "already"].includes(state.outcomes.get(step)?.result ?? "");
      if (isDone && change.action === "set-active" && change.account.id === account.id)
        return change.active ? undefined : start.at;
    }
  return undefined;
}

/** What need not count, where somebody has decided so. */
export type Exception = "suspended" | "unknown-people" | "api-keys" | "service-accounts";

/** The report without what somebody excepted; people nothing is left of are not gone but closed. */
export function except(
  report: OffboardingReport,
  exceptions: readonly Exception[],
  known: readonly string[],
): OffboardingReport {
  const isOut = (exception: Exception) => exceptions.includes(exception);
  const people = report.people
    .filter(({ state, person }) => {
      if (state === "unknown-person") return !isOut("unknown-people") && !known.includes(person);
      return state !== "suspended" || !isOut("suspended");
    })
    .map((one): Offboarded => {
      const open = one.open.filter(
        ({ kind }) =>
          !(kind === "api-key" && isOut("api-keys")) && !(kind === "service-account" && isOut("service-accounts")),
      );
      return { ...one, open, verdict: open.length > 0 ? "open" : one.unknown.length > 0 ? "unproven" : "closed" };
    });
  return { ...report, people };
}
