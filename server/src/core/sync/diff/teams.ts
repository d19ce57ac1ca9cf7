/** Teams: who should be a member against who is. On the SCIM path a team it does not own yet is linked first, and keeps its members. */

import { handleOf, resolveTeam } from "../../analysis/resolve.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { Account, Team, TeamMember } from "../../model/target.ts";
import { byName, lossCause, NOT_ADOPTED, namedAccount } from "../causes.ts";
import { accountById, type Desired, keyOf } from "../desire/desired.ts";
import { readingGap, teamGap } from "../desire/gaps.ts";
import { type HeldBackTable, holdPerson, holdThing, WAITS_FOR } from "../holding.ts";
import type { Cause, HeldBack, LinkTeam, Named, SetTeamMembers } from "../plan.ts";
import { externalIdOf } from "../teamIdentity.ts";

export interface TeamDiff {
  readonly changes: readonly (LinkTeam | SetTeamMembers)[];
  readonly heldBack: readonly HeldBack[];
}

/** Adds the people who are left alone to `holding`. */
export function diffTeams(desired: Desired, holding: HeldBackTable): TeamDiff {
  const changes: (LinkTeam | SetTeamMembers)[] = [];
  const heldBack: HeldBack[] = [];
  for (const handle of [...desired.managed.teams].sort(compareText)) {
    const found = findTeam(desired, handle);
    if (typeof found === "string") {
      if (giverOf(desired, handle)) heldBack.push(holdThing(`team ${handle}`, found, giverOf(desired, handle)));
    } else changes.push(...diffTeam(desired, handle, found, holding));
  }
  return { changes, heldBack };
}

interface LiveTeam {
  /** Undefined when there is none yet. */
  readonly team: Team | undefined;
  readonly members: ReadonlyMap<string, TeamMember>;
}

/** The team as it is, or why it cannot be planned for. Its members must be wholly known: joining twice is no access diff. */
function findTeam(desired: Desired, handle: string): LiveTeam | string {
  const { target, snapshot, organization } = desired;
  const lookup = resolveTeam(target, handle, organization.name);
  // An empty id records a team as ours before it exists.
  const pin = snapshot.lock.organizations.get(organization.name)?.teams.get(handle)?.id || undefined;
  if (lookup.answer === "unknown") return `it could not be looked up: ${lookup.why.message}`;
  if (lookup.answer === "ambiguous") return `${organization.name} has several teams with this handle`;
  if (lookup.answer === "absent") {
    const renamed = pin === undefined ? undefined : itemsOf(target.teams).get(pin);
    if (renamed) return `its handle is now "${renamed.handle}"`;
    // A group of this name would be linked to that team, and put out whoever is in it.
    const alike = [...itemsOf(target.teams).values()].find((team) => handleOf(team.handle) === handleOf(handle));
    if (alike) return `there is a team "${alike.handle}", and handles are compared exactly; write it that way`;
    if (organization.push.teams === "scim") {
      // Two that differ in letter case alone would be one team, and people of either would be in it.
      if (handleOf(handle) !== handle)
        return `a team of this name would have the handle "${handleOf(handle)}"; write it that way`;
      return { team: undefined, members: new Map() };
    }
    return "there is no such team; create it in Datadog, or push teams through SCIM";
  }
  const team = lookup.item;
  if (pin !== undefined && pin !== team.id)
    return "it is another one than when it was reviewed; look at it, then run `accessmap review`";
  const members = target.teamMembers.get(team.id);
  if (!members) return "its members were not read";
  const gap = readingGap("its members", members, snapshot);
  return gap ?? { team, members: itemsOf(members) };
}

function diffTeam(
  desired: Desired,
  handle: string,
  live: LiveTeam,
  holding: HeldBackTable,
): (LinkTeam | SetTeamMembers)[] {
  const because = giverOf(desired, handle);
  // Unlinking would empty a team, so what SCIM manages is written through SCIM on every path. (2026-09)
  const mustLink = desired.organization.push.teams === "scim" && !live.team?.managed;
  // Left over in the lock alone, and not SCIM's: nothing may be written there.
  if (mustLink && !because) return [];
  const grants = newMembers(desired, handle, live, holding);
  const revokes = [...live.members.keys()].flatMap((id) => leaver(desired, handle, id, holding));
  const leaving = new Set(revokes.map(({ id }) => id));
  const team: Named = { id: live.team?.id ?? "", name: handle };
  const keeps = mustLink
    ? [...live.members.keys()].filter((id) => !leaving.has(id)).map((id) => namedAccount(desired, id))
    : [];
  const members: SetTeamMembers = {
    action: "set-members",
    through: mustLink || live.team?.managed ? "scim" : "api",
    team,
    grants: grants.sort(byName),
    revokes: revokes.sort(byName),
    keeps: keeps.sort(byName),
  };
  const isEmpty = grants.length + revokes.length + keeps.length === 0;
  if (!mustLink || !because) return isEmpty ? [] : [members];
  // A team that nobody would be in is not created; one that exists is linked, because the files ask for SCIM.
  if (isEmpty && !live.team) return [];
  const link: LinkTeam = {
    action: "link-team",
    team,
    displayName: displayNameOf(live.team, handle),
    externalId: externalIdOf(desired.snapshot.project?.content.name ?? "", handle),
    members: [...live.members.keys()].map((id) => namedAccount(desired, id)).sort(byName),
    because,
  };
  return isEmpty ? [link] : [link, members];
}

function newMembers(desired: Desired, handle: string, live: LiveTeam, holding: HeldBackTable) {
  return [...(desired.teams.get(handle) ?? [])].flatMap(([id, because]) => {
    const account = accountById(desired, id);
    if (live.members.has(id) || !account) return [];
    if (account.status !== "disabled") return [{ ...namedAccount(desired, id), because }];
    holdPerson(holding, account.handle, ["gains nothing", "gain nothing"], WAITS_FOR.enabling);
    return [];
  });
}

function leaver(desired: Desired, handle: string, id: string, holding: HeldBackTable): (Named & { because: Cause })[] {
  if (desired.teams.get(handle)?.has(id)) return [];
  const account = itemsOf(desired.target.accounts).get(id);
  const why = reasonToStay(desired, handle, account);
  if (why === undefined)
    return [{ ...namedAccount(desired, id), because: lossCause(desired, "team", handle, handle, id) }];
  holdPerson(holding, account?.handle ?? id, [`stays in team ${handle}`, `stay in team ${handle}`], why);
  return [];
}

function reasonToStay(desired: Desired, handle: string, account: Account | undefined): string | undefined {
  if (!account) return "the account is not among those that could be read";
  if (account.serviceAccount) return "service accounts are never changed";
  if (!desired.adopted) return NOT_ADOPTED;
  return teamGap(desired.gaps, handle, account.id);
}

/** The first mapping in force that asks for the team. */
function giverOf(desired: Desired, handle: string): Cause | undefined {
  return desired.givers.get(keyOf("team", handle))?.[0]?.because;
}

/**
 * Datadog links a SCIM group to the team whose handle it derives from the group's name, and then names the team after
 * the group. The team keeps its name where that derives to the handle; else the handle itself is the safe name. (2026-09)
 */
function displayNameOf(team: Team | undefined, handle: string): string {
  return team && handleOf(team.name) === handle ? team.name : handle;
}
