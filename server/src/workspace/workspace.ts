/** One project folder: its files, its live systems and its plans. The only mutable state; requests get frozen snapshots. */

import { openTarget } from "../connectors/registry.ts";
import { check, groupByFile } from "../core/analysis/check.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import type { Failure } from "../core/model/knowledge.ts";
import type { Problem } from "../core/model/problem.ts";
import { dayOf } from "../core/model/time.ts";
import { RULES } from "../core/rules/index.ts";
import type { TargetWriter } from "../core/sync/connector.ts";
import { makePlan } from "../core/sync/makePlan.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { createHttpClient, type HttpClient } from "../http/client.ts";
import { type Connection, connectionsOf } from "../http/origins.ts";
import type { Transport } from "../http/transport.ts";
import type { ProjectStatus } from "../lsp/protocol.ts";
import { hashTexts } from "../store/hash.ts";
import { seal } from "../store/planFile.ts";
import { discover, isProjectFile, readText, type Unreadable } from "./discover.ts";
import { FileTable } from "./files.ts";
import { asksForMore } from "./queries.ts";
import { LiveSystems, type OnReadProgress } from "./refresh.ts";

export type Change = "files" | "live" | "status";

export interface WorkspaceOptions {
  /** Absolute path of the folder that holds accessmap.yaml. */
  readonly folder: string;
  readonly transport: Transport;
  /** The present, ISO 8601 UTC. */
  readonly clock?: () => string;
  readonly log?: (line: string) => void;
}

/** A plan, or why none can be made: live data that is required and missing. */
export type PlanAttempt =
  | { readonly sealed: SealedPlan; readonly snapshot: Snapshot }
  | { readonly missing: readonly Failure[] };

export interface Workspace {
  readonly folder: string;
  readonly http: HttpClient;
  /** The editor's text of a file, which wins over the disk's until the file is closed. */
  openFile(file: string, text: string): void;
  changeFile(file: string, text: string): void;
  closeFile(file: string): void;
  /** A file was created, changed or deleted outside the editor. */
  diskChanged(file: string): Promise<void>;
  /** Frozen state; the same object until something changes or the day turns. */
  snapshot(): Snapshot;
  /** Findings by file, computed once per snapshot. */
  problems(): ReadonlyMap<string, readonly Problem[]>;
  unreadable(): readonly Unreadable[];
  /** Current text of every file by path. */
  texts(): ReadonlyMap<string, string>;
  onDidChange(listener: (what: Change) => void): () => void;
  /** True when the files name something that no read has asked about yet. */
  asksForMore(): boolean;
  refresh(cause: string, signal?: AbortSignal, onProgress?: OnReadProgress): Promise<void>;
  status(): ProjectStatus;
  connections(): readonly Connection[];
  /** Reads afresh what the organization needs, then plans. */
  makePlan(organization: string, signal?: AbortSignal, onProgress?: OnReadProgress): Promise<PlanAttempt>;
  /** Writer of an organization, which uses the write credential; for apply alone. */
  openWriter(organization: string): TargetWriter | undefined;
}

export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { folder, clock = () => new Date().toISOString(), log = () => {} } = options;
  const files = new FileTable();
  const listeners = new Set<(what: Change) => void>();
  const http = createHttpClient(options.transport, { log });
  const live = new LiveSystems({ http, now: clock, log, onChange: (what) => notify(what) });
  let current: Snapshot | undefined;
  let checked: { readonly of: Snapshot; readonly problems: ReadonlyMap<string, readonly Problem[]> } | undefined;

  const found = await discover(folder);
  let unreadable = found.unreadable;
  for (const [file, text] of found.texts) files.setDisk(file, text);

  function notify(what: Change): void {
    if (what !== "status") current = undefined;
    for (const listener of listeners) listener(what);
  }

  function snapshot(): Snapshot {
    const now = clock();
    if (current && dayOf(current.now) === dayOf(now)) return current;
    const { project, mappings, lock } = files.read();
    current = { project, files: mappings, lock, directories: live.directories, targets: live.targets, now };
    return current;
  }

  function problems(): ReadonlyMap<string, readonly Problem[]> {
    const of = snapshot();
    if (checked?.of !== of)
      checked = { of, problems: groupByFile(of, [...files.read().lockProblems, ...check(of, RULES)]) };
    return checked.problems;
  }

  function connections(): readonly Connection[] {
    const project = snapshot().project?.content;
    return project ? connectionsOf(project) : [];
  }

  async function refresh(
    cause: string,
    signal: AbortSignal = new AbortController().signal,
    onProgress?: OnReadProgress,
  ): Promise<void> {
    live.forget(new Set(connections().map((connection) => connection.name)));
    await live.refresh(snapshot(), cause, signal, undefined, onProgress);
  }

  return {
    folder,
    http,
    openFile: setEditor,
    changeFile: setEditor,
    closeFile(file) {
      files.setEditor(file, undefined);
      notify("files");
    },
    async diskChanged(file) {
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
    problems,
    unreadable: () => unreadable,
    texts: () => files.texts(),
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    asksForMore: () => asksForMore(snapshot()),
    refresh,
    status: () => ({
      folder,
      systems: live.statuses(connections()),
      mappings: snapshot().files.reduce((sum, file) => sum + file.content.mappings.length, 0),
    }),
    connections,
    async makePlan(organization, signal, onProgress) {
      await refresh("plan", signal, onProgress);
      const of = snapshot();
      const made = makePlan(of, organization, { fileHashes: hashTexts(files.texts()) });
      return "missing" in made ? made : { sealed: seal(made.plan), snapshot: of };
    },
    openWriter(organization) {
      const config = snapshot().project?.content.organizations.get(organization);
      return config && openTarget(config, http).openWriter();
    },
  };

  function setEditor(file: string, text: string): void {
    if (!isProjectFile(file) || files.textOf(file) === text) return;
    files.setEditor(file, text);
    notify("files");
  }
}
