/**
 * The reverse of a recorded apply, as far as what it did is still there: a plan like any other, shown, guarded, journalled.
 * What is no longer ours is left alone, and nobody is left with nothing.
 */

import { resolveTeam } from "../../analysis/resolve.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { type Failure, itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { Account } from "../../model/target.ts";
import { renderInstant } from "../../model/time.ts";
import { findMapping } from "../apply/mappings.ts";
import { byName, NOT_ADOPTED, nameOf, roleOf } from "../causes.ts";
import { desire } from "../desire/desire.ts";
import type { Desired } from "../desire/desired.ts";
import { type Gaps, newGaps, readingGap } from "../desire/gaps.ts";
import { type Requirements, requirementsOf } from "../desire/requirements.ts";
import type { ToUndo } from "../journal/journal.ts";
import { finishPlan, type PlanOptions } from "../makePlan.ts";
import { joinHalves } from "../order/halves.ts";
import { orderChanges } from "../order/order.ts";
import { findAccount } from "../people.ts";
import type {
  Change,
  CreateUser,
  MappingChange,
  MappingContent,
  Named,
  Plan,
  SetActive,
  SetRoles,
  SetTeamMembers,
} from "../plan.ts";
import { describeChange, describeMapping } from "../render/describeChange.ts";
import { foldPeople, joinAnd } from "../render/words.ts";
import {
  GONE,
  hold,
  isUnknown,
  isUsable,
  NO_ADDRESS,
  nowNamed,
  type UndoDraft,
  whyLeft,
  whyNotTaken,
} from "./draft.ts";
import { leftBefore, switchFirst } from "./warnings.ts";

/** The plan that takes a recorded apply back, or the live data that is required and not there at all. */
export function undoPlan(
  snapshot: Snapshot,
  organization: string,
  { apply: recorded, before }: ToUndo,
  options: PlanOptions,
): { readonly plan: Plan } | { readonly missing: readonly Failure[] } {
  const required = requirementsOf(snapshot, organization);
  if ("missing" in required) return required;
  const what = `the ${recorded.start.undoes === undefined ? "apply" : "undo"} of ${renderInstant(recorded.start.at, snapshot.now)}`;
  const draft: UndoDraft = {
    desired: { ...desire(snapshot, required.organization, required.target), gaps: gapsOf(snapshot, required) },
    actorId: required.actor.accountId,
    because: { text: `undo of ${what}` },
    changes: [],
    heldBack: [],
  };
  // Accounts first: who is switched on again can be given back the rest.
  const intents = [...recorded.state.intents].sort(([, a], [, b]) => Number(isOfAccount(b)) - Number(isOfAccount(a)));
  const resultOf = (step: number) => recorded.state.outcomes.get(step)?.result ?? "unverified";
  // What was already so, or never came, is not ours to take back.
  const ours = intents.filter(([step]) => resultOf(step) === "done" || resultOf(step) === "unverified");
  for (const change of joinHalves(ours.map(([, change]) => change))) reverse(draft, change);
  for (const [step, change] of intents)
    if (resultOf(step) === "failed")
      hold(draft, describeChange(nowNamed(draft, change)), "its step failed; look at it by hand");
  const { changes, heldBack, own, desired } = draft;
  const outcome = { changes: orderChanges(changes), heldBack, ...(own && { own }), dormant: 0 };
  const plan = finishPlan(snapshot, required, desired, outcome, { applies: { applies: [recorded] }, ...options });
  const warning = `this undoes ${what}; where the files still ask for it, the next plan gives it again`;
  const warnings = [
    warning,
    ...leftBefore(before, snapshot.now),
    ...switchFirst(desired, plan.changes),
    ...plan.warnings,
  ];
  const unread = desired.gaps.all;
  return { plan: { ...plan, undoes: recorded.start.at, ...(unread !== undefined && { unread }), warnings } };
}

function isOfAccount({ action }: Change): boolean {
  return action === "set-active" || action === "create-user";
}

/** An undo rests on what journal and Datadog say; who is in which group has no part in it. */
function gapsOf(snapshot: Snapshot, { target }: Requirements): Gaps {
  const all =
    readingGap(`accounts of ${target.name}`, target.accounts, snapshot) ??
    readingGap(`roles of ${target.name}`, target.roles, snapshot);
  return { ...newGaps(), ...(all !== undefined && { all }) };
}

/** Adds what takes this change back, or says why nothing does; neither when nothing of it is left. */
function reverse(draft: UndoDraft, change: Change): undefined {
  switch (change.action) {
    case "set-roles":
      return reverseRoles(draft, change);
    case "set-members":
      return reverseMembers(draft, change);
    case "link-team":
      return hold(draft, `team ${change.team.name} stays under SCIM`, "leaving SCIM empties a team; do it by hand");
    case "create-user":
      return switchBack(draft, change, false);
    case "set-active":
      return switchBack(draft, change, !change.active);
    default:
      return reverseMapping(draft, change);
  }
}

function reverseRoles(draft: UndoDraft, change: SetRoles): undefined {
  const { desired, because } = draft;
  const account = findAccount(desired.target, change.account);
  const left = whyLeft(account);
  if (!account || left) return hold(draft, change.account.name, left ?? GONE);
  const held = new Set(account.roleIds);
  const named = (id: string): Named => ({ id, name: nameOf(desired, id) });
  const taken = change.grants.filter(({ id }) => held.has(id) && isOurRole(draft, account, id)).map(({ id }) => id);
  const given = change.revokes.filter(({ id }) => !held.has(id) && isThere(draft, account, id)).map(({ id }) => id);
  if (taken.length + given.length === 0) return;
  const after = [...account.roleIds.filter((id) => !taken.includes(id)), ...given];
  if (after.length === 0) {
    const all = joinAnd(account.roleIds.map((id) => nameOf(desired, id)).sort(compareText));
    return hold(draft, `${account.handle} keeps ${all}`, "they would hold no role at all", [account.handle]);
  }
  const back: SetRoles = {
    action: "set-roles",
    through: change.through,
    account: { id: account.id, name: account.handle },
    before: account.roleIds.map(named).sort(byName),
    after: after.map(named).sort(byName),
    grants: given.map((id) => ({ ...named(id), because })).sort(byName),
    revokes: taken.map((id) => ({ ...named(id), because })).sort(byName),
  };
  if (account.id !== draft.actorId) draft.changes.push(back);
  else {
    draft.own = back;
    hold(draft, `${account.handle} is not changed`, "it is the identity in use", [account.handle]);
  }
}

function isOurRole(draft: UndoDraft, { handle }: Account, roleId: string): boolean {
  const { desired } = draft;
  const why = whyNotTaken(desired, desired.managed.roles.has(roleId));
  if (why !== undefined) hold(draft, `${handle} keeps ${nameOf(desired, roleId)}`, why, [handle]);
  return why === undefined;
}

function isThere(draft: UndoDraft, { handle }: Account, roleId: string): boolean {
  const isPresent = roleOf(draft.desired, roleId) !== undefined;
  if (!isPresent) hold(draft, `${handle} does not get ${roleId} back`, "the role does not exist any more", [handle]);
  return isPresent;
}

function reverseMembers(draft: UndoDraft, change: SetTeamMembers): undefined {
  const { desired, because } = draft;
  const { name: handle } = change.team;
  const live = resolveTeam(desired.target, handle, desired.organization.name);
  const members = live.answer === "present" ? desired.target.teamMembers.get(live.item.id) : undefined;
  if (live.answer !== "present" || members?.state !== "known" || !members.complete)
    return hold(draft, `team ${handle}`, "it is not there, or its members could not be read completely");
  const notTaken = whyNotTaken(desired, desired.managed.teams.has(handle));
  const found = (moved: readonly Named[], isMember: boolean) =>
    moved
      .flatMap((person) => findAccount(desired.target, person) ?? [])
      .filter(({ id }) => members.items.has(id) === isMember);
  const back = (accounts: readonly Account[]) =>
    accounts.map((account) => ({ id: account.id, name: account.handle, because })).sort(byName);
  const gone = found(change.revokes, false);
  const [grants, leaving] = [back(gone.filter((one) => isUsable(draft, one))), back(found(change.grants, true))];
  const off = gone.filter((one) => !isUsable(draft, one)).map((one) => one.handle);
  if (off.length > 0) hold(draft, `${foldPeople(off)} not back in team ${handle}`, "the account is disabled", off);
  const revokes = notTaken === undefined ? leaving : [];
  if (notTaken !== undefined && leaving.length > 0)
    hold(
      draft,
      `${foldPeople(leaving.map(({ name }) => name))} stay in team ${handle}`,
      notTaken,
      leaving.map(({ name }) => name),
    );
  const unknown = change.grants.filter(isUnknown);
  if (unknown.length > 0) hold(draft, `${foldPeople(unknown.map(({ name }) => name))} in team ${handle}`, NO_ADDRESS);
  if (grants.length + revokes.length === 0) return;
  const team: Named = { id: live.item.id, name: handle };
  draft.changes.push({ action: "set-members", through: change.through, team, grants, revokes, keeps: [] });
}

function switchBack(
  draft: UndoDraft,
  { account: planned, through }: CreateUser | SetActive,
  active: boolean,
): undefined {
  const account = findAccount(draft.desired.target, planned);
  if (!account || account.serviceAccount)
    return hold(draft, planned.name, isUnknown(planned) ? NO_ADDRESS : (whyLeft(account) ?? GONE));
  if ((account.status !== "disabled") === active) return;
  if (!active && !draft.desired.adopted) return hold(draft, `${account.handle} stays on`, NOT_ADOPTED);
  const roles = account.roleIds.map((id) => ({ id, name: nameOf(draft.desired, id) })).sort(byName);
  const { id, handle: name } = account;
  draft.changes.push({ action: "set-active", through, account: { id, name }, active, roles, because: draft.because });
}

function reverseMapping(draft: UndoDraft, change: MappingChange): undefined {
  const { desired, because } = draft;
  const live = [...itemsOf(desired.target.mappings).values()];
  const [gone, back] = reversed(change);
  const there = gone && findMapping(live, gone);
  const isBack = back && findMapping(live, back);
  const notTaken = gone && whyNotTaken(desired, isOurs(desired, gone));
  if (gone && there && notTaken !== undefined) return hold(draft, `mapping ${describeMapping(gone)}`, notTaken);
  if (gone && there && back && !isBack)
    draft.changes.push({ action: "update-mapping", id: there.id, before: gone, after: back, because });
  else if (gone && there) draft.changes.push({ action: "delete-mapping", id: there.id, mapping: gone, because });
  else if (back && !isBack) draft.changes.push({ action: "create-mapping", mapping: back, because });
}

/** What a change of a mapping has put there, and what it took. */
function reversed(
  change: MappingChange,
): readonly [gone: MappingContent | undefined, back: MappingContent | undefined] {
  if (change.action === "create-mapping") return [change.mapping, undefined];
  return change.action === "delete-mapping" ? [undefined, change.mapping] : [change.after, change.before];
}

function isOurs({ managed }: Desired, { gives }: MappingContent): boolean {
  return gives.kind === "role" ? managed.roles.has(gives.id) : managed.teams.has(gives.name);
}
