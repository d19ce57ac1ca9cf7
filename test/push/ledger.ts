/** Keeps books while a plan is applied: who lost what, through whom, and which claims of success were ever true. */

import {
  type Change,
  type LinkTeam,
  type MappingContent,
  newAccountId,
  type Plan,
  type SetTeamMembers,
} from "../../server/src/core/sync/plan.ts";
import type { AuthnMapping, DatadogOrganization } from "../../server/src/sandbox/company.ts";

/** `role <id> <account>`, `team <handle> <account>`, `account <id>` that is on, and `mapping <id> <what it says>`. */
export function holdingsOf({ users, teams, mappings }: DatadogOrganization): ReadonlySet<string> {
  const held = new Set<string>();
  for (const { id, roleIds, disabled } of users.values()) {
    if (!disabled) held.add(`account ${id}`);
    for (const role of roleIds) held.add(`role ${role} ${id}`);
  }
  for (const mapping of mappings.values()) held.add(`mapping ${mapping.id} ${saying(mapping)}`);
  for (const { handle, members } of teams.values())
    for (const { userId } of members) held.add(`team ${handle} ${userId}`);
  return held;
}

/** Everything that the plan says it takes. */
export function announcedIn({ changes }: Plan): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) => {
      switch (change.action) {
        case "set-roles":
          return change.revokes.map(({ id }) => `role ${id} ${change.account.id}`);
        case "set-members":
          return change.revokes.map(({ id }) => `team ${change.team.name} ${id}`);
        case "set-active":
          return change.active ? [] : [`account ${change.account.id}`];
        case "update-mapping":
          return [`mapping ${change.id} ${meaning(change.before)}`];
        case "delete-mapping":
          return [`mapping ${change.id} ${meaning(change.mapping)}`];
        default:
          return [];
      }
    }),
  );
}

/** What a mapping says, in the same words as `meaning`. */
export function saying({ key, value, roleId, teamId }: Omit<AuthnMapping, "id" | "createdAt" | "modifiedAt">): string {
  return `${key}=${value} ${roleId ?? teamId}`;
}

function meaning({ key, value, gives }: MappingContent): string {
  return `${key}=${value} ${gives.id}`;
}

/** Whether the change is there, and nobody is out of a team who was to stay, as the organization truly stands. */
function isThere(change: Change, organization: DatadogOrganization, plan: Plan): boolean {
  const { users, mappings } = organization;
  switch (change.action) {
    case "set-roles":
      return isExactly(users.get(change.account.id)?.roleIds, change.after);
    case "create-user": {
      const made = [...users.values()].find(({ handle }) => handle === change.account.name);
      return made?.disabled === false && isExactly(made.roleIds, change.roles);
    }
    case "set-active":
      return users.get(change.account.id)?.disabled === !change.active;
    case "create-mapping":
      return [...mappings.values()].some((mapping) => saying(mapping) === meaning(change.mapping));
    case "update-mapping": {
      const mapping = mappings.get(change.id);
      return mapping !== undefined && saying(mapping) === meaning(change.after);
    }
    case "delete-mapping":
      return !mappings.has(change.id);
    default:
      return isTeamThere(change, organization, plan);
  }
}

function isExactly(held: readonly string[] | undefined, wanted: readonly { readonly id: string }[]): boolean {
  return held?.length === wanted.length && wanted.every(({ id }) => held.includes(id));
}

function isTeamThere(change: LinkTeam | SetTeamMembers, { teams, users }: DatadogOrganization, plan: Plan): boolean {
  const team = [...teams.values()].find(({ handle }) => handle === change.team.name);
  if (!team) return false;
  if (change.action === "link-team") return team.managed && team.externalId === change.externalId;
  // Accounts that the plan creates go by their handles.
  const members = new Set(
    team.members.flatMap(({ userId }) => [userId, newAccountId(users.get(userId)?.handle ?? "")]),
  );
  const before = plan.assumptions.find((item) => item.fact === "team-members" && item.team.id === change.team.id);
  const revoked = new Set(change.revokes.map(({ id }) => id));
  const stays = before?.fact === "team-members" ? before.accountIds.filter((id) => !revoked.has(id)) : [];
  return (
    stays.every((id) => members.has(id)) &&
    [...change.grants, ...change.keeps].every(({ id }) => members.has(id)) &&
    change.revokes.every(({ id }) => !members.has(id))
  );
}

/** `user <account>`, `team <handle>` or `mapping <id>`. */
function objectOf(held: string): string {
  const [kind, id, account] = held.split(" ");
  if (kind === "role") return `user ${account}`;
  return kind === "account" ? `user ${id}` : `${kind} ${id}`;
}

export interface Ledger {
  /** The organization has changed, or is shown as it was. */
  observe(organization: DatadogOrganization): void;
  /** A write of ours, with what was held before and after it; `looks` is what our last look at each object showed. */
  judge(
    before: ReadonlySet<string>,
    after: ReadonlySet<string>,
    isOurDoing: boolean,
    looks: ReadonlyMap<string, ReadonlySet<string>>,
  ): void;
  begin(change: Change, organization: DatadogOrganization): void;
  /** False when the change was never there while its step was under way. */
  wasThere(change: Change): boolean;
  readonly unannounced: readonly string[];
  /** Given by somebody else between our look and our write, and written over: the API has no conditional write. */
  readonly overwritten: number;
  /** Taken by Datadog itself, which acted on something else than it was asked to. */
  readonly byDatadog: number;
}

export function openLedger(plan: Plan): Ledger {
  const announced = announcedIn(plan);
  const underWay = new Set<Change>();
  const there = new Set<Change>();
  const unannounced: string[] = [];
  let [overwritten, byDatadog] = [0, 0];
  return {
    observe(organization) {
      for (const change of underWay) if (isThere(change, organization, plan)) there.add(change);
    },
    judge(before, after, isOurDoing, looks) {
      for (const held of before) {
        if (after.has(held) || announced.has(held)) continue;
        if (!isOurDoing) byDatadog++;
        else if (!looks.get(objectOf(held))?.has(held)) overwritten++;
        else unannounced.push(held);
      }
    },
    begin(change, organization) {
      underWay.add(change);
      if (isThere(change, organization, plan)) there.add(change);
    },
    wasThere: (change) => there.has(change),
    unannounced,
    get overwritten() {
      return overwritten;
    },
    get byDatadog() {
      return byDatadog;
    },
  };
}
