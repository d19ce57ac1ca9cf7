/** Reads live systems: at most one flight per system, the last good inventory kept on failure, state reported. */

import { openDirectory, openTarget } from "../connectors/registry.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import type { DirectoryInventory } from "../core/model/directory.ts";
import { type Failure, itemsOf } from "../core/model/knowledge.ts";
import type { TargetInventory } from "../core/model/target.ts";
import type { ReadProgress } from "../core/sync/connector.ts";
import type { HttpClient } from "../http/client.ts";
import { type Connection, connectionsOf } from "../http/origins.ts";
import type { SystemStatus } from "../lsp/protocol.ts";
import { ageOf, directoryFailure, keepDirectory, keepTarget, targetFailure } from "./live.ts";
import { directoryQuery, targetQuery } from "./queries.ts";

export interface RefreshOptions {
  readonly http: HttpClient;
  readonly now: () => string;
  readonly onChange: (what: "live" | "status") => void;
  readonly log: (line: string) => void;
}

/** Called while a read goes on, e.g. for a progress line. */
export type OnReadProgress = (system: string, progress: ReadProgress) => void;

interface Flight {
  readonly done: Promise<void>;
}

/** Systems that no read has been old enough to age: beyond this they are shown as stale. */
const STALE_AFTER_MINUTES = 10;

export class LiveSystems {
  readonly #options: RefreshOptions;
  readonly #directories = new Map<string, DirectoryInventory>();
  readonly #targets = new Map<string, TargetInventory>();
  readonly #flights = new Map<string, Flight>();

  constructor(options: RefreshOptions) {
    this.#options = options;
  }

  get directories(): ReadonlyMap<string, DirectoryInventory> {
    return new Map(this.#directories);
  }

  get targets(): ReadonlyMap<string, TargetInventory> {
    return new Map(this.#targets);
  }

  /** Reads every system of the project, or the named ones. A system that is being read already is joined, not read twice. */
  async refresh(
    snapshot: Snapshot,
    cause: string,
    signal: AbortSignal,
    only?: ReadonlySet<string>,
    onProgress?: OnReadProgress,
  ): Promise<void> {
    const project = snapshot.project?.content;
    if (!project) return;
    const connections = connectionsOf(project).filter((connection) => only?.has(connection.name) ?? true);
    await Promise.all(connections.map((connection) => this.#join(connection, snapshot, cause, signal, onProgress)));
  }

  /** Forgets systems that the project no longer names. */
  forget(names: ReadonlySet<string>): void {
    for (const known of [this.#directories, this.#targets])
      for (const name of known.keys()) if (!names.has(name)) known.delete(name);
  }

  statuses(connections: readonly Connection[]): readonly SystemStatus[] {
    return connections.map((connection) => this.#statusOf(connection));
  }

  #join(
    connection: Connection,
    snapshot: Snapshot,
    cause: string,
    signal: AbortSignal,
    onProgress?: OnReadProgress,
  ): Promise<void> {
    const key = `${connection.kind}:${connection.name}`;
    const flying = this.#flights.get(key);
    if (flying) return flying.done;
    const done = this.#read(connection, snapshot, cause, signal, onProgress).finally(() => {
      this.#flights.delete(key);
      this.#options.onChange("status");
    });
    this.#flights.set(key, { done });
    this.#options.onChange("status");
    return done;
  }

  async #read(
    connection: Connection,
    snapshot: Snapshot,
    cause: string,
    signal: AbortSignal,
    onProgress?: OnReadProgress,
  ): Promise<void> {
    const { http, log } = this.#options;
    const started = Date.now();
    const context = { signal, report: (progress: ReadProgress) => onProgress?.(connection.name, progress) };
    const before = http.requests(connection.name);
    let failure: Failure | undefined;
    if (connection.kind === "directory") {
      const config = snapshot.project?.content.directories.get(connection.name);
      if (!config) return;
      const read = await openDirectory(config, http).readDirectory(directoryQuery(snapshot, config.name), context);
      this.#directories.set(config.name, keepDirectory(this.#directories.get(config.name), read));
      failure = directoryFailure(read);
    } else {
      const config = snapshot.project?.content.organizations.get(connection.name);
      if (!config) return;
      const read = await openTarget(config, http).readTarget(targetQuery(snapshot, config.name), context);
      this.#targets.set(config.name, keepTarget(this.#targets.get(config.name), read));
      failure = targetFailure(read);
    }
    const outcome = failure ? `incomplete: ${failure.message}` : "complete";
    log(
      `${connection.name}: read (${cause}) ${outcome}; ${http.requests(connection.name) - before} requests, ${Date.now() - started} ms`,
    );
    this.#options.onChange("live");
  }

  #statusOf(connection: Connection): SystemStatus {
    const { name, kind, vendor } = connection;
    const isReading = this.#flights.has(`${kind}:${name}`);
    const known = kind === "directory" ? this.#directoryState(name) : this.#targetState(name);
    const base = { name, kind, vendor, origin: connection.origin ?? "" };
    if (!known) return { ...base, state: isReading ? "reading" : "never" };
    const state = isReading ? "reading" : known.failure ? "failed" : this.#isStale(known.asOf) ? "stale" : "fresh";
    return {
      ...base,
      state,
      ...(known.asOf ? { asOf: known.asOf } : {}),
      ...(known.failure ? { failure: known.failure } : {}),
      summary: known.summary,
    };
  }

  #directoryState(
    name: string,
  ): { failure: Failure | undefined; asOf: string | undefined; summary: string } | undefined {
    const read = this.#directories.get(name);
    if (!read) return undefined;
    const summary = `${itemsOf(read.groups).size} groups, members of ${read.members.size} read`;
    return { failure: directoryFailure(read), asOf: ageOf(read.groups), summary };
  }

  #targetState(name: string): { failure: Failure | undefined; asOf: string | undefined; summary: string } | undefined {
    const read = this.#targets.get(name);
    if (!read) return undefined;
    const summary = `${itemsOf(read.roles).size} roles, ${itemsOf(read.accounts).size} accounts, ${itemsOf(read.teams).size} teams`;
    return { failure: targetFailure(read), asOf: ageOf(read.roles, read.accounts), summary };
  }

  #isStale(asOf: string | undefined): boolean {
    return asOf === undefined || Date.parse(this.#options.now()) - Date.parse(asOf) > STALE_AFTER_MINUTES * 60_000;
  }
}
