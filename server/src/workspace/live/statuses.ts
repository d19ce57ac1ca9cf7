/** What is told about the freshness of a system: how old it is, what is missing, whether it is being read. */

import { directoriesOf } from "../../core/analysis/grants.ts";
import { actingKeys } from "../../core/analysis/judgements/keys.ts";
import type { Failure, Knowledge } from "../../core/model/knowledge.ts";
import type { OrganizationConfig } from "../../core/model/project.ts";
import type { SystemStatus } from "../../lsp/protocol.ts";
import type { Workspace } from "../workspaceTypes.ts";
import { type Aging, isDue } from "./ages.ts";
import { failureOf, type Reading, summarize } from "./reading.ts";
import type { KeptReading } from "./refresh.ts";
import { describeSnapshot } from "./standIn.ts";
import type { System } from "./systems.ts";

export interface Circumstances {
  readonly entry: KeptReading | undefined;
  readonly isReading: boolean;
  readonly now: string;
  /** The committed snapshot that answers for the system. */
  readonly snapshot: { readonly reading: Reading; readonly takenAt: string } | undefined;
}

/** What is told of one system, in the form that the editor is sent. */
export function statusOf(
  { name, kind, connection }: System,
  { entry, isReading, now, snapshot }: Circumstances,
): SystemStatus {
  const base = { ...connection, name, kind, origin: connection.origin ?? "" };
  if (snapshot) return { ...base, ...snapshotStatus(snapshot, entry && failureOf(entry), isReading) };
  if (!entry) return { ...base, state: isReading ? "reading" : "never" };
  const asOf = ageOf(entry);
  const failure = failureOf(entry);
  return {
    ...base,
    state: isReading ? "reading" : stateOf(entry, failure, asOf, now),
    ...(asOf !== undefined && { asOf }),
    ...(failure && { failure }),
    summary: summarize(entry),
    ...identityOf(entry),
  };
}

function identityOf(reading: Reading): Pick<SystemStatus, "identity"> {
  if (reading.kind !== "organization") return {};
  const { inventory } = reading;
  const { actor } = inventory;
  return actor.state === "known" ? { identity: { handle: actor.value.handle, keys: actingKeys(inventory) } } : {};
}

function snapshotStatus(
  { reading, takenAt }: NonNullable<Circumstances["snapshot"]>,
  failure: Failure | undefined,
  isReading: boolean,
) {
  const state = isReading ? "reading" : failure ? "failed" : "stale";
  const instead = `${describeSnapshot(takenAt)} answers instead`;
  return {
    state,
    asOf: takenAt,
    snapshotAt: takenAt,
    ...(failure && { failure: { ...failure, message: `${failure.message}; ${instead}` } }),
    summary: `${summarize(reading)}; ${describeSnapshot(takenAt)}`,
  } as const;
}

function stateOf(
  entry: KeptReading,
  failure: Failure | undefined,
  asOf: string | undefined,
  now: string,
): SystemStatus["state"] {
  if (failure) return "failed";
  return entry.isLoaded || asOf === undefined || mainParts(entry).some(([of, part]) => isDue(of, part, now))
    ? "stale"
    : "fresh";
}

/** When a system was read: the oldest of its main collections. */
export function ageOf(reading: Reading): string | undefined {
  const instants = mainParts(reading).flatMap(([, part]) => (part.state === "known" ? [part.asOf] : []));
  return instants.sort()[0];
}

function mainParts({ kind, inventory }: Reading): readonly (readonly [Aging, Knowledge<unknown>])[] {
  if (kind === "directory") return [["groups", inventory.groups]];
  return [
    ["roles", inventory.roles],
    ["accounts", inventory.accounts],
  ];
}

/** Systems that could not be read wholly, one sentence each; those of some organizations, or all. */
export function liveGaps(
  workspace: Pick<Workspace, "status" | "snapshot">,
  organizations?: readonly OrganizationConfig[],
): readonly string[] {
  const directories = new Set(organizations?.flatMap((one) => directoriesOf(workspace.snapshot(), one)));
  const isMeant = ({ kind, name }: SystemStatus) =>
    !organizations || (kind === "directory" ? directories.has(name) : organizations.some((one) => one.name === name));
  return workspace
    .status()
    .systems.filter(isMeant)
    .flatMap(({ name, failure }) => (failure ? [`${name} not checked: ${failure.message}`] : []));
}
