/** What a workspace offers: to the language server, the command line and the tests. */

import type { Snapshot } from "../core/analysis/snapshot.ts";
import type { TargetWriter } from "../core/sync/connector.ts";
import type { DriftAttempt } from "../core/sync/drift/drift.ts";
import type { LatestApplies, ToUndo } from "../core/sync/journal/journal.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import type { HttpClient } from "../http/client.ts";
import type { Connection } from "../http/origins.ts";
import type { Transport } from "../http/transport.ts";
import type { ProjectStatus } from "../lsp/protocol.ts";
import type { Unreadable } from "./discover.ts";
import type { Text } from "./files.ts";
import type { Findings } from "./findings.ts";
import type { OnReadProgress } from "./live/progress.ts";
import type { RefreshOptions } from "./live/refresh.ts";
import type { SnapshotAttempt } from "./live/takeSnapshot.ts";
import type { Reasons } from "./noPlan.ts";
import type { Storage } from "./storage.ts";

export type ChangedPart = "files" | "live" | "status";

export interface WorkspaceOptions {
  /** Absolute path of the folder that holds accessmap.yaml. */
  readonly folder: string;
  readonly transport: Transport;
  /** The present, ISO 8601 UTC. */
  readonly clock?: () => string;
  readonly log?: (line: string) => void;
  /** What a person should know though nothing fails; goes to `log` without it. */
  readonly warn?: (line: string) => void;
  /** Where live data outlives the process; nothing is kept without it. */
  readonly storage?: Storage | undefined;
}

/** A plan, or why none can be made. */
export type PlanAttempt = { readonly sealed: SealedPlan; readonly snapshot: Snapshot } | { readonly noPlan: Reasons };

/** What made somebody ask, of one organization and the directories behind it or of all systems, with costly parts as wanted. */
export interface AfreshRead extends Pick<RefreshOptions, "cause" | "extras"> {
  readonly organization?: string;
}

/** Cancels a read, and is told how it goes. */
export type Watch = readonly [signal?: AbortSignal, onProgress?: OnReadProgress];

export interface Workspace extends Findings {
  readonly folder: string;
  /** Folder for locks and marks of applies, outside the project's; a drill has none. */
  readonly applies: string | undefined;
  readonly http: HttpClient;
  /** An editor's text of a file, which wins over the disk's until it is dropped. */
  setEditorText(file: string, text: Text): void;
  dropEditorText(file: string): void;
  /** A file was created, changed or deleted outside the editor. */
  diskChanged(file: string): Promise<void>;
  /** Frozen state; the same object until something changes or the day turns. */
  snapshot(): Snapshot;
  unreadable(): readonly Unreadable[];
  /** What else is wrong with the project's folder, for people; nothing that must stop anybody. */
  notes(): readonly string[];
  /** Current text of every file by path. */
  texts(): ReadonlyMap<string, string>;
  /** What would be found if the project's files were these, with the live data at hand. */
  judge(texts: ReadonlyMap<string, string>): Findings & Pick<Workspace, "snapshot">;
  /** From now on rules about a change compare what the files give with what these would give. */
  compareTo(texts: ReadonlyMap<string, string>): void;
  onDidChange(listener: (what: ChangedPart) => void): () => void;
  /** True when the files name something that no read has asked about yet. */
  asksForMore(): boolean;
  refresh(cause: string, signal?: AbortSignal, onProgress?: OnReadProgress): Promise<void>;
  /**
   * Asks a directory for groups whose names begin with a text; for completion alone. True once names were found that were
   * not known: the next snapshot has them. Nobody else is told, because no file names them yet.
   */
  suggestGroups(directory: string, beginning: string, signal: AbortSignal): Promise<boolean>;
  status(): ProjectStatus;
  connections(): readonly Connection[];
  /** Reads afresh what the organization needs, then plans from that read alone: never from what was known before. */
  makePlan(organization: string, signal?: AbortSignal, onProgress?: OnReadProgress): Promise<PlanAttempt>;
  /** Reads afresh like `makePlan`, and plans the reverse of a recorded apply. */
  makeUndo(organization: string, toUndo: ToUndo, ...watch: Watch): Promise<PlanAttempt>;
  /** Reads afresh, and answers with what this read alone delivered: what an audit rests on. */
  readAfresh(options: AfreshRead, ...watch: Watch): Promise<Snapshot>;
  /** Reads afresh with the audit trail since the latest of these applies, and tells what others changed. */
  findDrift(organization: string, applies: LatestApplies, ...watch: Watch): Promise<DriftAttempt>;
  /** Reads afresh what the files name, for accessmap.snapshot.json, and says what could not be read. */
  takeSnapshot(signal?: AbortSignal, onProgress?: OnReadProgress): Promise<SnapshotAttempt>;
  /** Reads afresh what an import compares: the organization, its teams, and the groups of all directories. */
  survey(organization: string, ...watch: Watch): Promise<Snapshot>;
  /** Writer of an organization, which uses the write credential; for apply alone. */
  openWriter(organization: string): Promise<TargetWriter | undefined>;
}
