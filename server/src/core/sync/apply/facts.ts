/** Reads again every live fact that a plan assumes, and says which of them moved. */

import { compareText } from "../../model/order.ts";
import type { Account, AuthnMapping, Role, Switches } from "../../model/target.ts";
import type { Attempt } from "../connector.ts";
import { isThere } from "../journal/journal.ts";
import {
  type Assumption,
  type Change,
  type MappingContent,
  newAccountId,
  type Plan,
  type SetActive,
  type SetRoles,
} from "../plan.ts";
import { describeMapping } from "../render/describeChange.ts";
import { findMapping, isContent } from "./mappings.ts";
import { openChanges, type Progress } from "./progress.ts";
import { whyMoved } from "./roles.ts";
import { isMembersMoved } from "./teams.ts";
import type { ApplyContext } from "./types.ts";
import { existing, whyActiveMoved } from "./users.ts";

/** What was read on the way and steps need. */
export interface Facts {
  readonly reasons: readonly string[];
  readonly mappings: Map<string, AuthnMapping>;
  readonly accounts: Map<string, string>;
}

/** Requests in flight while facts are read; the connector keeps to the vendor's limits besides. */
const AT_ONCE = 4;

/**
 * Reads what the plan rests on once more, before its first write. `reasons` is empty when all facts hold; a read that
 * fails is a reason, too. What an earlier run of the same apply has written is none.
 */
export async function checkFacts(plan: Plan, progress: Progress, context: ApplyContext): Promise<Facts> {
  const { writer, signal } = context;
  const asks = (kind: Assumption["fact"]) => plan.assumptions.some(({ fact }) => fact === kind);
  // One listing answers for all roles, and one for all mappings.
  const roles = asks("role") ? await writer.readRoles({ signal }) : nothing([]);
  const mappings = asks("mapping") ? await writer.readMappings({ signal }) : nothing([]);
  const switches = asks("switch") ? await writer.readSwitches({ signal }) : nothing(undefined);
  const accounts = new Map<string, string>();
  const none = { mappings: new Map(), accounts };
  if (!roles.ok) return { ...none, reasons: [`roles could not be read again: ${roles.why.message}`] };
  if (!mappings.ok) return { ...none, reasons: [`mappings could not be read again: ${mappings.why.message}`] };
  if (!switches.ok) return { ...none, reasons: [`switches could not be read again: ${switches.why.message}`] };
  const changes = nextWrites(plan, progress);
  const read = changes.size > 0 ? await writer.readAccounts([...changes.keys()], { signal }) : nothing([]);
  if (!read.ok) return { ...none, reasons: [`accounts could not be read again: ${read.why.message}`] };
  const live: Live = {
    roles: new Map(roles.value.map((role) => [role.id, role])),
    mappings: new Map(mappings.value.map((mapping) => [mapping.id, mapping])),
    switches: switches.value,
    changes,
    held: new Map(read.value.map((account) => [account.id, account])),
    accounts,
  };
  const check = (facts: readonly Assumption[]) =>
    mapSome(facts, AT_ONCE, (fact) => (signal.aborted ? "cancelled" : whyNot(fact, { plan, progress, live }, context)));
  // Teams name accounts that an interrupted run may have created, so those are looked for first.
  const isNewcomer = ({ fact }: Assumption) => fact === "no-account";
  const found = [
    ...(await check(plan.assumptions.filter(isNewcomer))),
    ...(await check(plan.assumptions.filter((fact) => !isNewcomer(fact)))),
  ];
  return { reasons: found.filter((reason) => reason !== undefined), mappings: live.mappings, accounts };
}

interface Live {
  readonly roles: ReadonlyMap<string, Role>;
  readonly mappings: Map<string, AuthnMapping>;
  readonly switches: Switches | undefined;
  /** What is to be written next, by account id. */
  readonly changes: ReadonlyMap<string, SetRoles | SetActive>;
  /** The accounts behind those changes, by id. */
  readonly held: ReadonlyMap<string, Account>;
  readonly accounts: Map<string, string>;
}

interface Checking {
  readonly plan: Plan;
  readonly progress: Progress;
  readonly live: Live;
}

/** Of two halves the second is next once the first is there; where that failed, the second is not taken. */
function nextWrites({ changes }: Plan, { reports }: Progress): Live["changes"] {
  const next = new Map<string, SetRoles | SetActive | undefined>();
  for (const [index, change] of changes.entries()) {
    if ((change.action !== "set-roles" && change.action !== "set-active") || next.has(change.account.id)) continue;
    const report = reports[index];
    if (!report) next.set(change.account.id, change);
    else if (!isThere(report)) next.set(change.account.id, undefined);
  }
  return new Map([...next].flatMap(([id, change]) => (change ? [[id, change] as const] : [])));
}

/** Why a fact is not what the plan assumes, or undefined when it still holds. */
async function whyNot(
  fact: Assumption,
  { plan, progress, live }: Checking,
  { writer, signal }: ApplyContext,
): Promise<string | undefined> {
  switch (fact.fact) {
    case "role": {
      const role = live.roles.get(fact.role.id);
      if (!role) return `role ${fact.role.name} does not exist any more`;
      if (fact.permissions === undefined) return undefined;
      // Files name roles: what is called otherwise now is not known to be what they mean.
      if (role.name !== fact.role.name) return `role ${fact.role.name} is called ${role.name} since the plan was made`;
      const isSame = sortedText(fact.permissions) === sortedText(role.permissions);
      return isSame ? undefined : `role ${fact.role.name} permits something else than when the plan was made`;
    }
    case "account-roles": {
      const change = live.changes.get(fact.account.id);
      const account = live.held.get(fact.account.id);
      if (!change) return undefined;
      if (!account) return `${fact.account.name} is not there any more`;
      return change.action === "set-active"
        ? whyActiveMoved(change, account)
        : whyMoved(change, account, progress.interrupted.has(change));
    }
    case "team-members": {
      if (isTeamSettled(fact, plan, progress)) return undefined;
      const read = await writer.readTeamMembers(fact.team.id, { signal });
      if (!read.ok) return `the members of ${fact.team.name} could not be read again: ${read.why.message}`;
      const members = new Set(read.value.map(({ accountId }) => accountId));
      return areMembersMoved(fact, members, { plan, progress, live })
        ? `the members of ${fact.team.name} changed since the plan was made`
        : undefined;
    }
    case "no-account": {
      const found = await writer.findAccount(fact.handle, { signal });
      if (!found.ok) return `${fact.handle} could not be looked for again: ${found.why.message}`;
      if (!found.value) return undefined;
      const isOurs = [...progress.begun].some(
        (change) => change.action === "create-user" && change.account.name === fact.handle,
      );
      if (!isOurs) return `${fact.handle} has an account since the plan was made`;
      live.accounts.set(newAccountId(fact.handle), found.value.id);
      return undefined;
    }
    case "mapping": {
      if (isBegun(fact.mapping, progress) || isMappingAsAssumed(fact, live)) return undefined;
      const state = fact.id === undefined ? "exists already, or again" : "is gone or different";
      return `mapping ${describeMapping(fact.mapping)} ${state} since the plan was made`;
    }
    case "switch":
      return whySwitched(fact, live.switches);
  }
}

/** The mapping meant is the one with that id: Datadog takes copies that say the same. */
function isMappingAsAssumed({ id, mapping }: Extract<Assumption, { fact: "mapping" }>, { mappings }: Live): boolean {
  if (id === undefined) return findMapping(mappings.values(), mapping) === undefined;
  const there = mappings.get(id);
  return there !== undefined && isContent(there, mapping);
}

type TeamFact = Extract<Assumption, { fact: "team-members" }>;

/** Nothing is left to write there; or its link was begun, which may have dropped members: the next step puts them back. */
function isTeamSettled({ team }: TeamFact, plan: Plan, progress: Progress): boolean {
  const isOfTeam = (change: Change) =>
    (change.action === "link-team" || change.action === "set-members") && change.team.id === team.id;
  const isLinkBegun = [...progress.begun].some((change) => change.action === "link-team" && isOfTeam(change));
  return isLinkBegun || !openChanges(plan, progress).some(isOfTeam);
}

function areMembersMoved(
  fact: TeamFact,
  members: ReadonlySet<string>,
  { plan, progress: { interrupted }, live }: Checking,
): boolean {
  const found = plan.changes.find((item) => item.action === "set-members" && item.team.id === fact.team.id);
  const moves = found?.action === "set-members" ? found : { grants: [], revokes: [] };
  const change = { ...moves, grants: existing(live.accounts, moves.grants) };
  const isInterrupted = found !== undefined && interrupted.has(found);
  return isMembersMoved(change, new Set(fact.accountIds), members, isInterrupted);
}

/** A step that was begun may have made, changed or deleted this mapping. */
function isBegun(mapping: MappingContent, { begun }: Progress): boolean {
  const key = describeMapping(mapping);
  return [...begun].some((change) => {
    if (change.action === "update-mapping")
      return [change.before, change.after].some((at) => describeMapping(at) === key);
    const isMapping = change.action === "create-mapping" || change.action === "delete-mapping";
    return isMapping && describeMapping(change.mapping) === key;
  });
}

function whySwitched(
  { name, value }: Extract<Assumption, { fact: "switch" }>,
  switches: Switches | undefined,
): string | undefined {
  const fact = name === "role-mapping" ? switches?.roleMapping : switches?.teamSource;
  if (fact?.state !== "known") return `the switch ${name} could not be read again`;
  if (String(fact.value) === value) return undefined;
  return `the switch ${name} was ${value} when the plan was made and is ${fact.value} now`;
}

function nothing<T>(value: T): Attempt<T> {
  return { ok: true, value };
}

function sortedText(items: readonly string[]): string {
  return [...items].sort(compareText).join("\n");
}

/** Maps with at most `atOnce` calls under way; results keep the order of the items. */
async function mapSome<T, R>(items: readonly T[], atOnce: number, call: (item: T) => R | Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) results[index] = await call(items[index] as T);
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
