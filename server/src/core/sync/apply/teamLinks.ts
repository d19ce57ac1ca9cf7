/** Performs `link-team` changes: makes the SCIM group that puts a team under SCIM, and loses nobody by it. */

import type { ScimGroup } from "../../model/target.ts";
import type { Attempt, TargetWriter } from "../connector.ts";
import type { LinkTeam, Named } from "../plan.ts";
import { findOwnGroup, type GroupOwner, severalGroups } from "../teamIdentity.ts";
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
  WHOLE_STEP,
} from "./run.ts";
import { hasMoved, readMembers } from "./teams.ts";

/** Creates the SCIM group that links to the team. */
export async function linkTeam(run: Run, change: LinkTeam): Promise<Performed> {
  const { context, groups, plan, linked } = run;
  const { writer } = context;
  linked.add(change.team.name);
  if (groups.has(change.team.name)) return { result: "already", detail: "" };
  const { displayName, externalId } = change;
  const live = await membersToLink(run, change);
  if ("result" in live) return live;
  const group = { displayName, externalId, memberIds: [...idsOf(change.members)] };
  const created = await createListing(writer, group, live.size === 0);
  if (isUnsent(created)) return failedBy(created.why);
  const find = (all: Parameters<typeof findOwnGroup>[0]) => findOwnGroup(all, plan.project, change.team);
  const seen = await lookAfter(
    context,
    created,
    () => writer.readScimGroups(WHOLE_STEP),
    (all) => find(all).owner === "ours",
  );
  const found = seen.value && find(seen.value);
  if (found?.owner === "ours") {
    groups.set(change.team.name, found.group);
    return asWanted(created);
  }
  if (!found || seen.why) return notSeen(created, seen.why);
  return notAsWanted(created, insteadOf(change.team, found));
}

function insteadOf(team: Named, found: GroupOwner): string {
  if (found.owner === "several") return severalGroups(team, found.groups);
  return found.owner === "foreign"
    ? `the SCIM group of team ${team.name} is another's`
    : `SCIM lists no group for team ${team.name}`;
}

/**
 * Who is in the team now, or why it cannot be linked: somebody who joined since the plan was made would be dropped by the
 * link, so members are looked at once more.
 */
async function membersToLink(run: Run, { team }: LinkTeam): Promise<ReadonlySet<string> | Performed> {
  if (team.id === "") return new Set();
  const live = await readMembers(run, team);
  if (!live.ok) return failedBy(live.why, "not linked, because its members could not be read first: ");
  if (!hasMoved(run, { team, grants: [], revokes: [] }, live.value, false)) return live.value;
  return { result: "failed", detail: `not linked: the members of ${team.name} changed since the plan was made` };
}

/**
 * A member that SCIM does not take, such as a service account, is no reason not to link an empty team: the next step tells
 * of it. Where people are in the team, a group that lists nobody would put them out until that step, or for good.
 */
async function createListing(
  writer: TargetWriter,
  group: Parameters<TargetWriter["createScimGroup"]>[0],
  isEmptyTeam: boolean,
): Promise<Attempt<ScimGroup>> {
  const created = await writer.createScimGroup(group, WHOLE_STEP);
  if (created.ok || created.why.kind !== "rejected" || group.memberIds.length === 0 || !isEmptyTeam) return created;
  return writer.createScimGroup({ ...group, memberIds: [] }, WHOLE_STEP);
}
