/** One read of one system: the question that the files ask, put to the vendor's connector. */

import { openDirectory, openTarget } from "../../connectors/registry.ts";
import type { Snapshot } from "../../core/analysis/snapshot.ts";
import type { DirectoryInventory } from "../../core/model/directory.ts";
import { type Failure, itemsOf, type Knowledge } from "../../core/model/knowledge.ts";
import type { TargetInventory } from "../../core/model/target.ts";
import type { Instant } from "../../core/model/time.ts";
import type { DirectoryQuery, ReadContext, TargetQuery } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { dueExtras, isCredentialReadDue } from "./ages.ts";
import { directoryFailure, doubtTarget, targetFailure } from "./keep.ts";
import { directoryQuery, targetQuery } from "./queries.ts";
import type { System } from "./systems.ts";

/** What a system answered, or what is known of it. */
export type Reading =
  | { readonly kind: "directory"; readonly inventory: DirectoryInventory }
  | { readonly kind: "organization"; readonly inventory: TargetInventory };

export interface ReadOptions extends ReadContext {
  /** What is known so far. A read may go on from there, and doubts an answer that is suddenly empty. */
  readonly previous: Reading | undefined;
  /** Read everything, whatever is known: a plan rests on nothing else than its own read. */
  readonly isWhole: boolean;
  readonly now: Instant;
  /** Asked for by name, as drift asks for the past; a refresh asks for what is due. */
  readonly extras?: Pick<TargetQuery, "include" | "window"> | undefined;
}

/** Reads a system. Failures are in the inventory. */
export async function readSystem(
  system: System,
  snapshot: Snapshot,
  http: HttpClient,
  { previous, isWhole, now, extras, ...context }: ReadOptions,
): Promise<Reading> {
  if (system.kind === "organization") {
    const before = previous?.kind === "organization" ? previous.inventory : undefined;
    // No plan and no snapshot rests on keys or on the past.
    const include = isWhole ? [] : dueExtras(before, now);
    const query = { ...targetQuery(snapshot, system.name), include, ...extras };
    const inventory = await openTarget(system.config, http).readTarget(query, context);
    return { kind: "organization", inventory: doubtTarget(before, inventory) };
  }
  const known = previous?.kind === "directory" ? previous.inventory : undefined;
  const wantsCredentials = extras
    ? extras.include?.includes("credentials")
    : !isWhole && isCredentialReadDue(known, now);
  const query: DirectoryQuery = {
    ...directoryQuery(snapshot, system.name),
    ...(known && { previous: known }),
    ...(known?.cursor !== undefined && !isWhole && { cursor: known.cursor }),
    ...(wantsCredentials && { include: ["credentials"] }),
  };
  const inventory = await openDirectory(system.config, http).readDirectory(query, context);
  return { kind: "directory", inventory };
}

/** Names that a read of the system asks about. */
export function wantedOf(system: System, snapshot: Snapshot): ReadonlySet<string> {
  if (system.kind === "organization") return new Set(targetQuery(snapshot, system.name).teams);
  const { names, ids } = directoryQuery(snapshot, system.name);
  return new Set([...names, ...ids]);
}

/** The first reason why a system is not wholly known. */
export function failureOf({ kind, inventory }: Reading): Failure | undefined {
  return kind === "directory" ? directoryFailure(inventory) : targetFailure(inventory);
}

/** True when a read learned something of the system's main collection, so that it is worth keeping. */
export function isWorthKeeping({ kind, inventory }: Reading): boolean {
  return (kind === "directory" ? inventory.groups : inventory.roles).state === "known";
}

/** `45 groups, members of 17 read`. */
export function summarize({ kind, inventory }: Reading): string {
  if (kind === "directory")
    return `${itemsOf(inventory.groups).size} groups, members of ${knownOf(inventory.members).length} read`;
  const { roles, accounts, teams } = inventory;
  return `${itemsOf(roles).size} roles, ${itemsOf(accounts).size} accounts, ${itemsOf(teams).size} teams`;
}

function knownOf(all: ReadonlyMap<string, Knowledge<unknown>>): readonly Knowledge<unknown>[] {
  return [...all.values()].filter(({ state }) => state === "known");
}

/** No credentials, or a workspace that is not trusted: no vendor was there to answer. */
export function wasNeverAsked(failure: Failure | undefined): boolean {
  return failure?.kind === "not-configured" || (failure?.kind === "denied" && failure.status === undefined);
}
