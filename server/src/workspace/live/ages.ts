/** How long what was read stays good: when to read it again, and until when it can prove that something does not exist. */

import type { DirectoryInventory } from "../../core/model/directory.ts";
import { type Failure, isComplete, type Knowledge, weaken } from "../../core/model/knowledge.ts";
import type { TargetInventory } from "../../core/model/target.ts";
import { type Instant, minutesBetween, renderInstant } from "../../core/model/time.ts";
import { TARGET_EXTRAS, type TargetExtra } from "../../core/sync/connector.ts";

/**
 * Minutes. `reread`: shown as stale, and read again when the window gets the focus. `proof`: after that it still tells
 * what exists, but no longer what does not. The second is longer, so that a finding does not go and come while somebody
 * works in one window for an hour. Roles and permissions change by hand and seldom, groups and people all day.
 */
const AGES = {
  groups: { reread: 10, proof: 60 },
  members: { reread: 10, proof: 60 },
  accounts: { reread: 10, proof: 60 },
  teams: { reread: 10, proof: 60 },
  mappings: { reread: 10, proof: 60 },
  roles: { reread: 30, proof: 180 },
  permissions: { reread: 30, proof: 180 },
  credentials: { reread: 24 * 60, proof: 48 * 60 },
  audit: { reread: 24 * 60, proof: 48 * 60 },
} as const;

export type Aging = keyof typeof AGES;

const MINUTE_MS = 60_000;

/** An inventory as it may be used at one moment. */
export interface Aged<I> {
  readonly inventory: I;
  /** Milliseconds since 1970 at which something in it stops being proof. */
  readonly until: number;
}

/** When an inventory is looked at, and whether it comes from disk: then another session read it, and it proves nothing. */
export interface Moment {
  readonly now: Instant;
  readonly isLoaded: boolean;
}

/** The directory as it may be used at that moment: what is too old no longer proves absence. */
export function ageDirectory(inventory: DirectoryInventory, moment: Moment): Aged<DirectoryInventory> {
  const { age, ageAll, finish } = aging(inventory.name, moment);
  const { credentials } = inventory;
  return finish(inventory, {
    ...(credentials && { credentials: { ...credentials, lists: ageAll("credentials", credentials.lists) } }),
    groups: age("groups", inventory.groups),
    named: ageAll("groups", inventory.named),
    members: ageAll("members", inventory.members),
  });
}

/** The same for an organization. */
export function ageTarget(inventory: TargetInventory, moment: Moment): Aged<TargetInventory> {
  const { age, ageAll, finish } = aging(inventory.name, moment);
  const { credentials, audit } = inventory;
  return finish(inventory, {
    permissions: age("permissions", inventory.permissions),
    roles: age("roles", inventory.roles),
    accounts: age("accounts", inventory.accounts),
    teams: age("teams", inventory.teams),
    teamMembers: ageAll("members", inventory.teamMembers),
    mappings: age("mappings", inventory.mappings),
    ...(credentials && {
      credentials: {
        ...credentials,
        apiKeys: age("credentials", credentials.apiKeys),
        applicationKeys: age("credentials", credentials.applicationKeys),
        tokens: age("credentials", credentials.tokens),
      },
    }),
    ...(audit && { audit: { ...audit, events: age("audit", audit.events) } }),
  });
}

/** True when an ordinary refresh of a directory asks for its credentials too: they were not asked for within their time. */
export function isCredentialReadDue(known: DirectoryInventory | undefined, now: Instant): boolean {
  const askedAt = known?.credentials?.askedAt;
  return askedAt === undefined || minutesBetween(askedAt, now) >= AGES.credentials.reread;
}

/** The costly parts of an organization that an ordinary refresh asks for too: those not asked for within their time. */
export function dueExtras(known: TargetInventory | undefined, now: Instant): readonly TargetExtra[] {
  return TARGET_EXTRAS.filter((extra) => {
    const askedAt = known?.[extra]?.askedAt;
    return askedAt === undefined || minutesBetween(askedAt, now) >= AGES[extra].reread;
  });
}

/** True when a collection is due to be read again. */
export function isDue(kind: Aging, knowledge: Knowledge<unknown>, now: Instant): boolean {
  return knowledge.state === "known" && Date.parse(now) - Date.parse(knowledge.asOf) > AGES[kind].reread * MINUTE_MS;
}

function aging(system: string, { now, isLoaded }: Moment) {
  let until = Number.POSITIVE_INFINITY;
  let isWeakened = false;

  function age<T>(kind: Aging, knowledge: Knowledge<T>): Knowledge<T> {
    if (!isComplete(knowledge)) return knowledge;
    const end = Date.parse(knowledge.asOf) + AGES[kind].proof * MINUTE_MS;
    if (!isLoaded && Date.parse(now) <= end) {
      until = Math.min(until, end);
      return knowledge;
    }
    isWeakened = true;
    return weaken(knowledge, stale(system, knowledge.asOf, now));
  }

  return {
    age,
    ageAll: <T>(kind: Aging, all: ReadonlyMap<string, Knowledge<T>>): ReadonlyMap<string, Knowledge<T>> =>
      new Map([...all].map(([key, knowledge]) => [key, age(kind, knowledge)])),
    /** The same object when nothing aged: much is remembered by inventory. */
    finish: <I>(inventory: I, parts: Partial<I>): Aged<I> => ({
      inventory: isWeakened ? { ...inventory, ...parts } : inventory,
      until,
    }),
  };
}

function stale(system: string, asOf: Instant, now: Instant): Failure {
  return { kind: "stale", system, message: `${system} was last read ${renderInstant(asOf, now)}`, at: asOf };
}
