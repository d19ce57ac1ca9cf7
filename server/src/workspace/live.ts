/** The live inventories of one project, and how a new read replaces the last good one. */

import type { DirectoryInventory } from "../core/model/directory.ts";
import { type Failure, gapOf, type Knowledge, weaken } from "../core/model/knowledge.ts";
import type { TargetInventory } from "../core/model/target.ts";

/** A failed read keeps what was known, which then can no longer prove absence. A partial read never shrinks a whole one. */
function keep<T>(last: Knowledge<T> | undefined, next: Knowledge<T>): Knowledge<T> {
  if (last?.state !== "known") return next;
  const gap = gapOf(next);
  if (gap === undefined) return next;
  if (next.state === "known" && next.items.size >= last.items.size) return next;
  return weaken(last, gap);
}

function keepAll<T>(
  last: ReadonlyMap<string, Knowledge<T>>,
  next: ReadonlyMap<string, Knowledge<T>>,
): ReadonlyMap<string, Knowledge<T>> {
  return new Map([...next].map(([key, knowledge]) => [key, keep(last.get(key), knowledge)]));
}

export function keepDirectory(last: DirectoryInventory | undefined, next: DirectoryInventory): DirectoryInventory {
  if (!last) return next;
  return {
    ...next,
    groups: keep(last.groups, next.groups),
    named: keepAll(last.named, next.named),
    members: keepAll(last.members, next.members),
  };
}

export function keepTarget(last: TargetInventory | undefined, next: TargetInventory): TargetInventory {
  if (!last) return next;
  return {
    ...next,
    actor: next.actor.state === "known" ? next.actor : last.actor.state === "known" ? last.actor : next.actor,
    permissions: keep(last.permissions, next.permissions),
    roles: keep(last.roles, next.roles),
    accounts: keep(last.accounts, next.accounts),
    teams: keep(last.teams, next.teams),
    teamMembers: keepAll(last.teamMembers, next.teamMembers),
    mappings: keep(last.mappings, next.mappings),
  };
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

/** When a system was read: the oldest of its main collections. */
export function ageOf(...parts: readonly Knowledge<unknown>[]): string | undefined {
  const instants = parts.flatMap((part) => (part.state === "known" ? [part.asOf] : []));
  return instants.sort()[0];
}

function firstGap(parts: Iterable<Knowledge<unknown>>): Failure | undefined {
  for (const part of parts) {
    const gap = gapOf(part);
    if (gap) return gap;
  }
  return undefined;
}
