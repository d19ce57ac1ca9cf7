/** How a new read replaces the last good one, and what is still missing after it. */

import type { DirectoryCredentials, DirectoryInventory, Group } from "../../core/model/directory.ts";
import { complete, type Failure, gapOf, itemsOf, type Knowledge, partial, weaken } from "../../core/model/knowledge.ts";
import { indexBy } from "../../core/model/maps.ts";
import type { Audit, Credentials, TargetInventory } from "../../core/model/target.ts";
import type { Instant } from "../../core/model/time.ts";
import { doubtEmptyLists } from "./emptiness.ts";

/**
 * The directory after a read that began at `asOf`. A failed read keeps what was known, which then can no longer prove
 * absence; a partial one never shrinks a whole one; one that found nothing changed confirms what was known before, which
 * then is as of this read (left out: every collection keeps its own time).
 */
export function keepDirectory(
  last: DirectoryInventory | undefined,
  next: DirectoryInventory,
  asOf: Instant = "",
): DirectoryInventory {
  const why = gapOf(next.groups);
  const credentials = keepDirectoryCredentials(last?.credentials, next.credentials);
  return {
    ...next,
    ...(credentials && { credentials }),
    groups: keep(last?.groups, next.groups, asOf),
    named: keepAll(last?.named, next.named, asOf, why),
    members: keepAll(last?.members, next.members, asOf, why),
  };
}

/**
 * The directory with groups that a search by beginning found, under their names; undefined when all were known. A name
 * that was found is as good as looked up. Of names that were not found nothing is said.
 */
export function addFound(
  known: DirectoryInventory,
  groups: readonly Group[],
  asOf: Instant,
): DirectoryInventory | undefined {
  const listed = itemsOf(known.groups);
  const isNew = ({ id, name }: Group) => !listed.has(id) && !itemsOf(known.named.get(name)).has(id);
  const found = indexBy(groups.filter(isNew), ({ name }) => name);
  if (found.size === 0) return undefined;
  const named = new Map(known.named);
  for (const [name, some] of found) {
    const before = itemsOf(named.get(name));
    named.set(
      name,
      complete(known.name, asOf, new Map([...before, ...some.map((group) => [group.id, group] as const)])),
    );
  }
  return { ...known, named };
}

/** What a read alone tells: suddenly empty lists of the same organization are doubted, whoever rests on the read. */
export function doubtTarget(last: TargetInventory | undefined, read: TargetInventory): TargetInventory {
  return doubtEmptyLists(last && isOtherOrganization(last, read) ? undefined : last, read);
}

/** The organization after a read that began at `asOf`. Nothing is kept of another organization behind the same site. */
export function keepTarget(
  last: TargetInventory | undefined,
  read: TargetInventory,
  asOf: Instant = "",
): TargetInventory {
  const before = last && isOtherOrganization(last, read) ? undefined : last;
  const next = doubtTarget(last, read);
  const { actor } = next;
  const credentials = keepCredentials(before?.credentials, next.credentials);
  const audit = keepAudit(before?.audit, next.audit);
  return {
    ...next,
    actor: actor.state === "unknown" && before?.actor.state === "known" ? before.actor : actor,
    permissions: keep(before?.permissions, next.permissions, asOf),
    roles: keep(before?.roles, next.roles, asOf),
    accounts: keep(before?.accounts, next.accounts, asOf),
    teams: keep(before?.teams, next.teams, asOf),
    teamMembers: keepAll(before?.teamMembers, next.teamMembers, asOf, gapOf(next.teams)),
    mappings: keep(before?.mappings, next.mappings, asOf),
    ...(credentials && { credentials }),
    ...(audit && { audit }),
  };
}

function keepDirectoryCredentials(
  last: DirectoryCredentials | undefined,
  next: DirectoryCredentials | undefined,
): DirectoryCredentials | undefined {
  if (!last || !next) return next ?? last;
  return { askedAt: next.askedAt, lists: keepAll(last.lists, next.lists, "", undefined) };
}

/** Asked for once a day; what one read brought stays until another brings as much. */
function keepCredentials(last: Credentials | undefined, next: Credentials | undefined): Credentials | undefined {
  if (!last || !next) return next ?? last;
  return {
    askedAt: next.askedAt,
    apiKeys: keep(last.apiKeys, next.apiKeys, ""),
    applicationKeys: keep(last.applicationKeys, next.applicationKeys, ""),
    tokens: keep(last.tokens, next.tokens, ""),
  };
}

/** A window is whole in itself: events of another are never mixed in. */
function keepAudit(last: Audit | undefined, next: Audit | undefined): Audit | undefined {
  if (last?.events.state !== "known" || next?.events.state !== "unknown") return next ?? last;
  return { ...last, askedAt: next.askedAt, events: weaken(last.events, next.events.why) };
}

function keep<T>(last: Knowledge<T> | undefined, next: Knowledge<T>, asOf: Instant): Knowledge<T> {
  const gap = gapOf(next);
  // What a vendor says has not changed since is as good as read now.
  if (next.state === "known" && gap === undefined) return next.asOf < asOf ? { ...next, asOf } : next;
  if (last?.state !== "known" || gap === undefined) return next;
  if (next.state === "known" && next.items.size >= last.items.size) return next;
  return partial(last.source, last.asOf, last.items, gap);
}

/**
 * What the next read does not speak of is gone when the read was whole, and kept when it could not look (`why`). Such a
 * read answers "unknown" for every name it was asked, which must not hide what the listing of the last one told.
 */
function keepAll<T>(
  last: ReadonlyMap<string, Knowledge<T>> | undefined,
  next: ReadonlyMap<string, Knowledge<T>>,
  asOf: Instant,
  why: Failure | undefined,
): ReadonlyMap<string, Knowledge<T>> {
  const all = new Map<string, Knowledge<T>>();
  if (why) for (const [key, knowledge] of last ?? []) all.set(key, weaken(knowledge, why));
  for (const [key, knowledge] of next) {
    const before = last?.get(key);
    if (last && why && !before && knowledge.state === "unknown") continue;
    all.set(key, keep(before, knowledge, asOf));
  }
  return all;
}

function isOtherOrganization(last: TargetInventory, next: TargetInventory): boolean {
  if (last.actor.state === "unknown" || next.actor.state === "unknown") return false;
  return last.actor.value.organizationId !== next.actor.value.organizationId;
}

/** The first reason why a directory is not wholly known. */
export function directoryFailure(inventory: DirectoryInventory): Failure | undefined {
  return gapOf(inventory.groups) ?? firstGap(inventory.members.values()) ?? firstGap(inventory.named.values());
}

/** The first reason why an organization is not wholly known; mappings and switches are extras and do not count. */
export function targetFailure(inventory: TargetInventory): Failure | undefined {
  if (inventory.actor.state === "unknown") return inventory.actor.why;
  return (
    gapOf(inventory.roles) ??
    gapOf(inventory.permissions) ??
    gapOf(inventory.accounts) ??
    gapOf(inventory.teams) ??
    firstGap(inventory.teamMembers.values())
  );
}

function firstGap(parts: Iterable<Knowledge<unknown>>): Failure | undefined {
  for (const part of parts) {
    const gap = gapOf(part);
    if (gap) return gap;
  }
  return undefined;
}
