/** Performs `set-members` changes: through SCIM groups for teams that SCIM manages, else through the teams API. */

import { countOf } from "../../analysis/words.ts";
import type { Failure } from "../../model/knowledge.ts";
import type { Attempt } from "../connector.ts";
import type { Named, SetTeamMembers } from "../plan.ts";
import { foldPeople, joinAnd } from "../render/words.ts";
import {
  asWanted,
  failedBy,
  idsOf,
  isUnsent,
  lookAfter,
  notAsWanted,
  notSeen,
  type Performed,
  type Run,
  readSurely,
  sendSurely,
  standing,
  WHOLE_STEP,
} from "./run.ts";
import { existing } from "./users.ts";

/** Adds first; takes away only when everybody who was to be added is seen to be there. */
export async function setMembers(run: Run, planned: SetTeamMembers): Promise<Performed> {
  const { team } = planned;
  const change = { ...planned, grants: existing(run.accounts, planned.grants) };
  const door = doorOf(run, change);
  if (!door) return { result: "failed", detail: `SCIM has no group for team ${team.name}` };
  const live = await readLeft(run, change);
  if (!live.ok) return failedBy(live.why, "not written, because its members could not be read first: ");
  const isLinked = run.linked.has(team.name);
  if (!isLinked && hasMoved(run, change, live.value, run.interrupted.has(planned)))
    return { result: "failed", detail: `not written: the members of ${team.name} changed since the plan was made` };

  // A fresh link may drop whoever the group does not list, so those who stay are written into the group as well.
  const isPresent = (id: string) => live.value.has(id) && (!isLinked || door.listed.has(id));
  const wanted = [...change.grants, ...(isLinked ? change.keeps : [])];
  const adds = wanted.filter(({ id }) => !isPresent(id));
  const removes = change.revokes.filter(({ id }) => live.value.has(id) || door.listed.has(id));
  if (adds.length + removes.length === 0) return orMissing(planned, change, { result: "already", detail: "" });
  const stays = new Set([...live.value].filter((id) => !change.revokes.some((revoke) => revoke.id === id)));
  const missing = missingOf(planned, change);
  if (missing.length > 0 && wanted.length + stays.size === 0) {
    const why = `there is no account for ${foldPeople(missing)}`;
    return { result: "failed", detail: `nobody was taken out, because the team would be empty: ${why}` };
  }
  const added = await write(run, change, adds, {
    send: () => door.add([...idsOf(adds)]),
    flaws: (members) => flawsOf({ wanted, stays, removes: [] }, members),
  });
  if (added.result !== "done") return added;
  const removed = await write(run, change, removes, {
    send: () => door.remove([...idsOf(removes)]),
    flaws: (members) => flawsOf({ wanted, stays, removes }, members),
  });
  return orMissing(planned, change, removed);
}

interface Expected {
  readonly wanted: readonly Named[];
  /** Whom this step has nothing to do with, by id: a write that empties a group must not pass for one that worked. */
  readonly stays: ReadonlySet<string>;
  readonly removes: readonly Named[];
}

/** What members lack or have too much of, in words. */
function flawsOf({ wanted, stays, removes }: Expected, members: ReadonlySet<string>): readonly string[] {
  const absent = namesOf(wanted.filter(({ id }) => !members.has(id)));
  const staying = namesOf(removes.filter(({ id }) => members.has(id)));
  const named = idsOf(wanted);
  const dropped = [...stays].filter((id) => !members.has(id) && !named.has(id)).length;
  return [
    ...(absent.length > 0 ? [`${foldPeople(absent)} did not join`] : []),
    ...(staying.length > 0 ? [`${foldPeople(staying)} did not leave`] : []),
    ...(dropped > 0 ? [`${countOf(dropped, "member who was", "members who were")} to stay dropped out`] : []),
  ];
}

/** Where the members of a team are written. */
interface Door {
  /** Whom a SCIM group lists, which may be more than the team shows. */
  readonly listed: ReadonlySet<string>;
  readonly add: (ids: readonly string[]) => Promise<Attempt<void>>;
  readonly remove: (ids: readonly string[]) => Promise<Attempt<void>>;
}

function doorOf({ context: { writer }, groups }: Run, { through, team }: SetTeamMembers): Door | undefined {
  if (through === "api")
    return {
      listed: new Set(),
      add: (ids) => writer.addTeamMembers(team.id, ids, WHOLE_STEP),
      remove: (ids) => writer.removeTeamMembers(team.id, ids, WHOLE_STEP),
    };
  const group = groups.get(team.name);
  return (
    group && {
      listed: new Set(group.memberIds),
      add: (ids) => writer.addGroupMembers(group.id, ids, WHOLE_STEP),
      remove: (ids) => writer.removeGroupMembers(group.id, ids, WHOLE_STEP),
    }
  );
}

/** Others do not wait for somebody whose account could not be created; the step is not done without them. */
function orMissing(planned: SetTeamMembers, change: SetTeamMembers, performed: Performed): Performed {
  const missing = missingOf(planned, change);
  if (missing.length === 0 || (performed.result !== "done" && performed.result !== "already")) return performed;
  return { result: "failed", detail: `${foldPeople(missing)} could not join: there is no account` };
}

function missingOf(planned: SetTeamMembers, change: SetTeamMembers): readonly string[] {
  return namesOf(planned.grants.filter(({ name }) => !change.grants.some((grant) => grant.name === name)));
}

interface MemberWrite {
  readonly send: () => Promise<Attempt<void>>;
  /** What the members show instead of what was wanted. */
  readonly flaws: (members: ReadonlySet<string>) => readonly string[];
}

/** Sends, and reads back. With nobody to write there is nothing to send. */
async function write(run: Run, change: SetTeamMembers, people: readonly Named[], how: MemberWrite): Promise<Performed> {
  if (people.length === 0) return { result: "done", detail: "" };
  const sent = await sendSurely(how.send);
  if (isUnsent(sent)) return failedBy(sent.why);
  const seen = await lookAfter(
    run.context,
    sent,
    () => readLeft(run, change),
    (members) => how.flaws(members).length === 0,
  );
  // Of several people some were written, whatever was said of others.
  if (seen.isAsWanted) return { ...asWanted(sent), result: "done" };
  if (!seen.value || seen.why) return notSeen(sent, seen.why);
  return notAsWanted(sent, `in team ${change.team.name} ${joinAnd(how.flaws(seen.value))}`);
}

/** Where somebody is to go, an empty team may be a wrong answer. */
function readLeft(run: Run, { team, revokes }: SetTeamMembers): Promise<Attempt<ReadonlySet<string>>> {
  return readSurely(
    () => readMembers(run, team),
    (members) => members.size === 0 && revokes.length > 0,
  );
}

/** Members by account id: through the teams API, or through SCIM for a team this run has just created. */
export async function readMembers(run: Run, team: Named): Promise<Attempt<ReadonlySet<string>>> {
  const { writer } = run.context;
  if (team.id !== "") {
    const read = await writer.readTeamMembers(team.id, WHOLE_STEP);
    return read.ok ? { ok: true, value: new Set(read.value.map(({ accountId }) => accountId)) } : read;
  }
  const read = await writer.readScimGroups(WHOLE_STEP);
  if (!read.ok) return read;
  const id = run.groups.get(team.name)?.id;
  const group = read.value.find((candidate) => candidate.id === id);
  return group ? { ok: true, value: new Set(group.memberIds) } : { ok: false, why: gone(run, team) };
}

/**
 * True when a team's live members are none that this change, begun or not, could have left. The members before are
 * those that the plan assumes.
 */
export function hasMoved(
  run: Run,
  change: Pick<SetTeamMembers, "team" | "grants" | "revokes">,
  live: ReadonlySet<string>,
  isInterrupted: boolean,
): boolean {
  const fact = run.plan.assumptions.find((item) => item.fact === "team-members" && item.team.id === change.team.id);
  const before = new Set(fact?.fact === "team-members" ? fact.accountIds : []);
  return isMembersMoved(change, before, live, isInterrupted);
}

/** Whether a team's members are not what the plan was made for. */
export function isMembersMoved(
  change: Pick<SetTeamMembers, "grants" | "revokes">,
  before: ReadonlySet<string>,
  live: ReadonlySet<string>,
  isInterrupted: boolean,
): boolean {
  const revoked = idsOf(change.revokes);
  const after = new Set([...before, ...idsOf(change.grants)].filter((id) => !revoked.has(id)));
  const state = standing(live, before, after);
  return state === "moved" || (state === "between" && !isInterrupted);
}

function gone(run: Run, team: Named): Failure {
  const message = `SCIM does not list the group of team ${team.name} any more`;
  return { kind: "incomplete", system: run.plan.organization.name, message };
}

function namesOf(items: readonly Named[]): readonly string[] {
  return items.map(({ name }) => name);
}
