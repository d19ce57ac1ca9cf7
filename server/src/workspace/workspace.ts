/** One project folder: its files, its live systems and its plans. The only mutable state; requests get frozen snapshots. */

import { join } from "node:path";
import { openTarget } from "../connectors/registry.ts";
import { mappingsByOrganization } from "../core/analysis/grants.ts";
import { type Snapshot, takeSnapshot } from "../core/analysis/snapshot.ts";
import { messageOf, traceOf } from "../core/model/thrown.ts";
import { dayOf } from "../core/model/time.ts";
import { driftOf } from "../core/sync/drift/drift.ts";
import { makePlan, type PlanOptions } from "../core/sync/makePlan.ts";
import { undoPlan } from "../core/sync/undo/undo.ts";
import { allMappings } from "../core/syntax/readMappingFile.ts";
import { createHttpClient } from "../http/client.ts";
import { latestApplies } from "../store/applied.ts";
import { hashTexts } from "../store/hash.ts";
import { openInventoryCache } from "../store/inventoryCache.ts";
import { JOURNAL_FOLDER } from "../store/journalFile.ts";
import { seal } from "../store/planFile.ts";
import { openRateBudget } from "../store/rateBudget.ts";
import { SNAPSHOT_FILE } from "../store/snapshotFile.ts";
import { openCancellation } from "./cancellation.ts";
import { discover, isProjectFile, readText } from "./discover.ts";
import { FileTable, partsOf, type Text, tableOf } from "./files.ts";
import { findingsOf } from "./findings.ts";
import { openCommitted } from "./live/committed.ts";
import { describeWait, type OnReadProgress } from "./live/progress.ts";
import { asksForMore, systemsBehind } from "./live/queries.ts";
import { LiveSystems, type RefreshOptions } from "./live/refresh.ts";
import { createSuggester } from "./live/suggester.ts";
import { survey } from "./live/surveying.ts";
import { type System, systemsOf } from "./live/systems.ts";
import { snapshotOf } from "./live/takeSnapshot.ts";
import { NOTHING_MOVED, readMoves, trailSince } from "./moves.ts";
import { fileReasons, liveReasons } from "./noPlan.ts";
import type { AfreshRead, ChangedPart, PlanAttempt, Watch, Workspace, WorkspaceOptions } from "./workspaceTypes.ts";

export type { ChangedPart as Change, PlanAttempt, Workspace, WorkspaceOptions } from "./workspaceTypes.ts";

/** Reads the project's files; live systems are read when `refresh` is called. */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { folder, clock = () => new Date().toISOString(), log = () => {}, warn = log, storage } = options;
  const files = new FileTable();
  const listeners = new Set<(what: ChangedPart) => void>();
  const shared = storage && openRateBudget({ folder: storage.shared, now: Date.now, log });
  const onWait = (system: string, ms: number) => live.tell(system, describeWait(ms));
  const http = createHttpClient(options.transport, { log, shared, onWait, clock: () => Date.parse(clock()) });
  const cache = storage && openInventoryCache({ folder: storage.inventories, project: folder, now: clock, log, warn });
  const committed = openCommitted(folder, clock);
  const { standIn } = committed;
  const live = new LiveSystems({ http, now: clock, log, cache, standIn, onChange: (what) => notify(what) });
  const suggester = createSuggester({
    http,
    now: clock,
    log,
    known: (directory) => live.known(directory),
    keep(directory, groups, asOf) {
      const isNew = live.note(directory, groups, asOf);
      if (isNew) current = undefined;
      return isNew;
    },
  });
  let known = NOTHING_MOVED;
  let base: FileTable | undefined;
  let last: Snapshot | undefined;
  let current: { readonly of: Snapshot; readonly until: number } | undefined;
  let aging: NodeJS.Timeout | undefined;

  const found = await discover(folder);
  let unreadable = found.unreadable;
  for (const [file, text] of found.texts) files.setDisk(file, text);
  await committed.load();
  for (const note of committed.notes()) log(note);
  live.load(systems());

  function notify(what: ChangedPart): void {
    if (what !== "status") current = undefined;
    for (const listener of listeners) {
      try {
        listener(what);
      } catch (error) {
        // Whoever listens takes neither the others nor the read with it that tells the news.
        log(`Telling of ${what} failed: ${traceOf(error)}`);
      }
    }
  }

  function snapshot(): Snapshot {
    const now = clock();
    if (current && dayOf(current.of.now) === dayOf(now) && Date.parse(now) <= current.until) return current.of;
    const { project, mappings, lock } = files.read();
    const { directories, targets, until } = live.inventories(systemsOf(project?.content));
    const { moves } = known;
    const unread = unreadable.map(({ file }) => file);
    const parts = { project, files: mappings, unread, lock, directories, targets, moves, now };
    const compared = base && mappingsByOrganization(takeSnapshot({ ...parts, ...partsOf(base) }));
    last = takeSnapshot({ ...parts, ...(compared && { base: compared }) }, last);
    current = { of: last, until };
    announceAt(until, now);
    return current.of;
  }

  /** Findings that rest on what was read long ago go away by themselves, without anybody typing. */
  function announceAt(until: number, now: string): void {
    clearTimeout(aging);
    if (Number.isFinite(until)) aging = setTimeout(() => notify("live"), until - Date.parse(now) + 1).unref();
  }

  /** A journal that cannot be read tells nothing, and stops nobody. */
  async function loadMoves(): Promise<void> {
    const names = snapshot().project?.content.organizations.keys() ?? [];
    const before = known;
    known = await readMoves(folder, names, known).catch(forgotten(NOTHING_MOVED));
    if (known.moves !== before.moves) notify("live");
  }

  function systems(): readonly System[] {
    return systemsOf(files.project());
  }

  async function read(options: RefreshOptions, wanted = systems()) {
    live.forget(systems());
    return live.refresh(wanted, snapshot(), options);
  }

  async function readAfresh(
    { cause, organization, extras }: AfreshRead,
    signal = openCancellation().signal,
    onProgress?: OnReadProgress,
  ): Promise<Snapshot> {
    const wanted = organization === undefined ? systems() : systemsBehind(systems(), snapshot(), organization);
    const { directories, targets } = await read({ cause, signal, onProgress, isWhole: true, extras }, wanted);
    return takeSnapshot({ ...snapshot(), directories, targets });
  }

  function forgotten<T>(instead: T): (error: unknown) => T {
    return (error) => {
      log(`What earlier pushes did is not known: ${messageOf(error)}`);
      return instead;
    };
  }

  async function planAfresh(
    read: AfreshRead,
    plan: (of: Snapshot, options: PlanOptions) => ReturnType<typeof makePlan>,
    ...watch: Watch
  ): Promise<PlanAttempt> {
    const noPlan = fileReasons({ unreadable: () => unreadable, snapshot });
    if (noPlan) return { noPlan };
    const of = await readAfresh(read, ...watch);
    const made = plan(of, { fileHashes: hashTexts(files.texts()) });
    return "missing" in made ? { noPlan: liveReasons(made.missing) } : { sealed: seal(made.plan), snapshot: of };
  }

  return {
    ...findingsOf(files, snapshot),
    folder,
    applies: storage?.applies,
    http,
    setEditorText: setEditor,
    dropEditorText(file) {
      files.setEditor(file, undefined);
      notify("files");
    },
    async diskChanged(file) {
      if (file === SNAPSHOT_FILE) {
        await committed.load();
        notify("live");
      }
      if (!isProjectFile(file)) return;
      const read = await readText(folder, file);
      unreadable = unreadable.filter((entry) => entry.file !== file);
      if (typeof read === "string") files.setDisk(file, read);
      else {
        files.setDisk(file, undefined);
        if (!read.missing) unreadable = [...unreadable, { file, message: read.message }];
      }
      notify("files");
    },
    snapshot,
    unreadable: () => unreadable,
    notes: () => committed.notes(),
    texts: () => files.texts(),
    judge(texts) {
      const table = tableOf(texts);
      const parts = partsOf(table);
      const of = takeSnapshot({
        ...parts,
        ...live.inventories(systemsOf(parts.project?.content)),
        now: snapshot().now,
      });
      return { ...findingsOf(table, () => of), snapshot: () => of };
    },
    compareTo(texts) {
      base = tableOf(texts);
      notify("live");
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    asksForMore: () => asksForMore(snapshot()),
    async refresh(cause, signal = openCancellation().signal, onProgress) {
      await loadMoves();
      await read({ cause, signal, onProgress });
    },
    async suggestGroups(directory, beginning, signal) {
      const system = systems().find(({ kind, name }) => kind === "directory" && name === directory);
      return system?.kind === "directory" && suggester.ask(system, beginning, signal);
    },
    status: () => ({
      folder,
      systems: live.statuses(systems()),
      mappings: snapshot().files.reduce((sum, file) => sum + allMappings(file).length, 0),
    }),
    connections: () => systems().map(({ connection }) => connection),
    async takeSnapshot(signal = openCancellation().signal, onProgress) {
      const inventories = await read({ cause: "snapshot", signal, onProgress, isWhole: true });
      return snapshotOf(files.project()?.name ?? "", systems(), inventories, clock());
    },
    async makePlan(organization, ...watch) {
      const applies = await latestApplies(join(folder, JOURNAL_FOLDER), organization);
      const make = (of: Snapshot, options: PlanOptions) => makePlan(of, organization, { ...options, applies });
      return planAfresh({ cause: "plan", organization, extras: trailSince(applies) }, make, ...watch);
    },
    makeUndo: (organization, toUndo, signal, onProgress) =>
      planAfresh(
        { cause: "plan", organization },
        (of, options) => undoPlan(of, organization, toUndo, options),
        signal,
        onProgress,
      ),
    readAfresh,
    async findDrift(organization, applies, ...watch) {
      const extras = trailSince(applies) ?? { include: ["audit"] };
      return driftOf(await readAfresh({ cause: "drift", organization, extras }, ...watch), organization, applies);
    },
    survey: (organization, signal = openCancellation().signal, onProgress) =>
      survey(systems(), snapshot(), organization, { http, signal, onProgress }),
    async openWriter(organization) {
      const config = snapshot().project?.content.organizations.get(organization);
      return config && openTarget(config, http).openWriter();
    },
  };

  function setEditor(file: string, text: Text): void {
    if (isProjectFile(file) && files.setEditor(file, text)) notify("files");
  }
}
