/** Keeps books while a plan is applied: who lost what, through whom, and which claims of success were ever true. */

import type { Change, Plan } from "../../server/src/core/sync/plan.ts";
import type { DatadogOrganization } from "../../server/src/sandbox/company.ts";

/** `role <id> <account>` and `team <handle> <account>` that somebody holds. */
export function holdingsOf({ users, teams }: DatadogOrganization): ReadonlySet<string> {
  const held = new Set<string>();
  for (const { id, roleIds } of users.values()) for (const role of roleIds) held.add(`role ${role} ${id}`);
  for (const { handle, members } of teams.values())
    for (const { userId } of members) held.add(`team ${handle} ${userId}`);
  return held;
}

/** Everything that the plan says it takes. */
export function announcedIn({ changes }: Plan): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) => {
      if (change.action === "set-roles") return change.revokes.map(({ id }) => `role ${id} ${change.account.id}`);
      return change.action === "set-members" ? change.revokes.map(({ id }) => `team ${change.team.name} ${id}`) : [];
    }),
  );
}

/** Whether the change is there, and nobody is out of a team who was to stay, as the organization truly stands. */
function isThere(change: Change, { users, teams }: DatadogOrganization, plan: Plan): boolean {
  if (change.action === "set-roles") {
    const held = users.get(change.account.id)?.roleIds ?? [];
    return held.length === change.after.length && change.after.every(({ id }) => held.includes(id));
  }
  if (change.action !== "set-members" && change.action !== "link-team") return false;
  const team = [...teams.values()].find(({ handle }) => handle === change.team.name);
  if (!team) return false;
  if (change.action === "link-team") return team.managed && team.externalId === change.externalId;
  const members = new Set(team.members.map(({ userId }) => userId));
  const before = plan.assumptions.find((item) => item.fact === "team-members" && item.team.id === change.team.id);
  const revoked = new Set(change.revokes.map(({ id }) => id));
  const stays = before?.fact === "team-members" ? before.accountIds.filter((id) => !revoked.has(id)) : [];
  return (
    stays.every((id) => members.has(id)) &&
    [...change.grants, ...change.keeps].every(({ id }) => members.has(id)) &&
    change.revokes.every(({ id }) => !members.has(id))
  );
}

/** `user <account>` or `team <handle>`. */
function objectOf(held: string): string {
  const [kind, id, account] = held.split(" ");
  return kind === "role" ? `user ${account}` : `team ${id}`;
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
