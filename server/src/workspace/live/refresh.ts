/** Reads live systems: at most one flight per system, the last good inventory kept on failure and on disk. */

import type { Snapshot } from "../../core/analysis/snapshot.ts";
import type { DirectoryInventory, Group } from "../../core/model/directory.ts";
import type { TargetInventory } from "../../core/model/target.ts";
import type { ReadProgress, TargetQuery } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import type { SystemStatus } from "../../lsp/protocol.ts";
import type { InventoryCache } from "../../store/inventoryCache.ts";
import { type Aged, ageDirectory, ageTarget } from "./ages.ts";
import { addFound, keepDirectory, keepTarget } from "./keep.ts";
import type { OnReadProgress } from "./progress.ts";
import { failureOf, isWorthKeeping, type Reading, readSystem, wantedOf, wasNeverAsked } from "./reading.ts";
import { ageOf, statusOf } from "./statuses.ts";
import type { System } from "./systems.ts";

export interface LiveOptions {
  readonly http: HttpClient;
  readonly now: () => string;
  readonly onChange: (what: "live" | "status") => void;
  readonly log: (line: string) => void;
  /** Where inventories outlive the process. */
  readonly cache?: InventoryCache | undefined;
  /** A committed snapshot's answer for a system. The same object for the same question on one day. */
  readonly standIn: (system: System) => StandIn | undefined;
}

export interface StandIn {
  readonly reading: Reading;
  readonly takenAt: string;
}

export interface RefreshOptions {
  /** What made somebody ask, for the log. */
  readonly cause: string;
  readonly signal: AbortSignal;
  readonly onProgress?: OnReadProgress | undefined;
  /** Read everything anew; see `ReadOptions`. */
  readonly isWhole?: boolean;
  /** Costly parts of organizations that an ordinary read leaves out. */
  readonly extras?: Pick<TargetQuery, "include" | "window">;
}

/** Inventories by name, and until when they may be used as they are. */
export interface Inventories {
  readonly directories: ReadonlyMap<string, DirectoryInventory>;
  readonly targets: ReadonlyMap<string, TargetInventory>;
  readonly until: number;
}

/** `isLoaded`: from disk, and not read in this session yet. */
export type KeptReading = Reading & { readonly isLoaded: boolean };

interface Flight extends RefreshOptions {
  readonly name: string;
  /** Who asked for it, and who waits for it to end. */
  readonly watchers: OnReadProgress[];
  readonly wanted: ReadonlySet<string>;
  readonly done: Promise<Reading>;
}

/** What one workspace knows of its live systems, and the reads in flight. */
export class LiveSystems {
  readonly #options: LiveOptions;
  readonly #entries = new Map<string, KeptReading>();
  readonly #aged = new Map<string, Aged<Reading> & { readonly of: KeptReading }>();
  readonly #flights = new Map<string, Flight>();
  readonly #loads = new Map<string, Promise<void>>();

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** Loads what was kept of the systems in earlier sessions. A read waits for this, nobody else. */
  load(systems: readonly System[]): void {
    for (const system of systems) void this.#load(system);
  }

  /** What is known of the systems now. The same objects as long as nothing changed or aged. */
  inventories(systems: readonly System[]): Inventories {
    const aged = systems.flatMap((system) => this.#age(system) ?? []);
    return { ...byName(aged.map(({ inventory }) => inventory)), until: Math.min(...aged.map(({ until }) => until)) };
  }

  /**
   * Reads the systems and answers with what this read alone delivered. A system that is being read already is joined
   * when that read asks for as much; otherwise the new read follows it.
   */
  async refresh(systems: readonly System[], snapshot: Snapshot, options: RefreshOptions): Promise<Inventories> {
    const read = await Promise.all(systems.map((system) => this.#join(system, snapshot, options)));
    return { ...byName(read), until: Number.POSITIVE_INFINITY };
  }

  /** Tells how the read of a system goes to whoever waits for it. */
  tell(system: string, progress: ReadProgress): void {
    for (const { name, watchers } of this.#flights.values())
      if (name === system) for (const watch of watchers) watch(system, progress);
  }

  /** What a directory itself has told so far, whatever stands in for it. */
  known(directory: System): DirectoryInventory | undefined {
    const entry = this.#entries.get(directory.key);
    return entry?.kind === "directory" ? entry.inventory : undefined;
  }

  /** Keeps groups that somebody's search found as looked-up names. True when one of them was not known. */
  note(directory: System, groups: readonly Group[], asOf: string): boolean {
    const entry = this.#entries.get(directory.key);
    const inventory = entry?.kind === "directory" && addFound(entry.inventory, groups, asOf);
    if (!entry || !inventory) return false;
    this.#entries.set(directory.key, { kind: "directory", inventory, isLoaded: entry.isLoaded });
    return true;
  }

  /** Forgets systems that the project no longer names. */
  forget(systems: readonly System[]): void {
    const keys = new Set(systems.map(({ key }) => key));
    for (const known of [this.#entries, this.#aged, this.#loads])
      for (const key of known.keys()) if (!keys.has(key)) known.delete(key);
  }

  statuses(systems: readonly System[]): readonly SystemStatus[] {
    const now = this.#options.now();
    return systems.map((system) =>
      statusOf(system, {
        entry: this.#entries.get(system.key),
        isReading: this.#flights.has(system.key),
        now,
        snapshot: this.#standIn(system),
      }),
    );
  }

  async #join(system: System, snapshot: Snapshot, options: RefreshOptions): Promise<Reading> {
    const { key } = system;
    const wanted = wantedOf(system, snapshot);
    const watchers = [options.onProgress ?? []].flat();
    for (let flying = this.#flights.get(key); flying; flying = this.#flights.get(key)) {
      flying.watchers.push(...watchers);
      const reading = await flying.done;
      // A read that its own asker called off is no answer to anybody else.
      if (options.signal.aborted || (!flying.signal.aborted && covers(flying, wanted, options))) return reading;
    }
    const done = this.#read(system, snapshot, options).finally(() => {
      this.#flights.delete(key);
      this.#options.onChange("status");
    });
    this.#flights.set(key, { ...options, name: system.name, watchers, wanted, done });
    this.#options.onChange("status");
    return done;
  }

  async #read(system: System, snapshot: Snapshot, options: RefreshOptions): Promise<Reading> {
    const { http, log, now, onChange, cache } = this.#options;
    const { cause, signal, isWhole = false, extras } = options;
    await this.#load(system);
    const [started, asOf, before] = [performance.now(), now(), http.requests(system.name)];
    const previous = this.#entries.get(system.key);
    const report = this.tell.bind(this, system.name);
    const read = await readSystem(system, snapshot, http, { signal, report, previous, isWhole, now: asOf, extras });
    const failure = failureOf(read);
    const outcome = signal.aborted ? "cancelled" : failure ? `incomplete: ${failure.message}` : "complete";
    const cost = `${http.requests(system.name) - before} requests, ${Math.round(performance.now() - started)} ms`;
    log(`${system.name}: read (${cause}) ${outcome}; ${cost}`);
    // Whoever stops a read wants to wait no longer; what is known is as true as before.
    if (signal.aborted && previous) return read;
    const entry = merge(previous, read, asOf);
    this.#entries.set(system.key, entry);
    onChange("live");
    if (isWorthKeeping(read)) await cache?.save(system.key, entry.inventory);
    return read;
  }

  #load(system: System): Promise<void> {
    const { key, kind } = system;
    const loading = this.#loads.get(key) ?? this.#loadOnce(key, kind);
    this.#loads.set(key, loading);
    return loading;
  }

  async #loadOnce(key: string, kind: Reading["kind"]): Promise<void> {
    const inventory = await this.#options.cache?.load(key);
    if (!inventory || this.#entries.has(key)) return;
    this.#entries.set(key, { kind, inventory, isLoaded: true } as KeptReading);
    this.#options.onChange("live");
  }

  /** A snapshot stands in for a system that nobody here can ask, unless something later is known of it. */
  #standIn(system: System): StandIn | undefined {
    const entry = this.#entries.get(system.key);
    const found = this.#options.standIn(system);
    if (!entry || !found) return found;
    return wasNeverAsked(failureOf(entry)) && found.takenAt > (ageOf(entry) ?? "") ? found : undefined;
  }

  #age(system: System): Aged<Reading> | undefined {
    const { key } = system;
    const entry = this.#entries.get(key);
    const instead = this.#standIn(system);
    if (instead) return { inventory: instead.reading, until: Number.POSITIVE_INFINITY };
    if (!entry) return undefined;
    const now = this.#options.now();
    const known = this.#aged.get(key);
    if (known?.of === entry && Date.parse(now) <= known.until) return known;
    const aged = { ...ageEntry(entry, now), of: entry };
    this.#aged.set(key, aged);
    return aged;
  }
}

function covers(flight: Flight, wanted: ReadonlySet<string>, { isWhole = false, extras }: RefreshOptions): boolean {
  return (
    (flight.isWhole || !isWhole) &&
    (extras === undefined || flight.extras === extras) &&
    [...wanted].every((name) => flight.wanted.has(name))
  );
}

function merge(last: KeptReading | undefined, next: Reading, asOf: string): KeptReading {
  if (next.kind === "directory") {
    const before = last?.kind === "directory" ? last.inventory : undefined;
    return { kind: "directory", inventory: keepDirectory(before, next.inventory, asOf), isLoaded: false };
  }
  const before = last?.kind === "organization" ? last.inventory : undefined;
  return { kind: "organization", inventory: keepTarget(before, next.inventory, asOf), isLoaded: false };
}

function ageEntry({ kind, inventory, isLoaded }: KeptReading, now: string): Aged<Reading> {
  if (kind === "directory") {
    const aged = ageDirectory(inventory, { now, isLoaded });
    return { inventory: { kind, inventory: aged.inventory }, until: aged.until };
  }
  const aged = ageTarget(inventory, { now, isLoaded });
  return { inventory: { kind, inventory: aged.inventory }, until: aged.until };
}

function byName(readings: readonly Reading[]): Omit<Inventories, "until"> {
  const directories = new Map<string, DirectoryInventory>();
  const targets = new Map<string, TargetInventory>();
  for (const { kind, inventory } of readings) {
    if (kind === "directory") directories.set(inventory.name, inventory);
    else targets.set(inventory.name, inventory);
  }
  return { directories, targets };
}
