/** The project's texts, read once each and on from there after edits: the editor's text wins over the disk's. */

import { BASELINE_FILE, type Baseline, EMPTY_BASELINE, readBaseline } from "../core/analysis/baseline.ts";
import type { SnapshotParts } from "../core/analysis/snapshot.ts";
import type { Finding } from "../core/model/finding.ts";
import type { Lock } from "../core/model/lock.ts";
import type { Project } from "../core/model/project.ts";
import { type Chunk, cut, cutAgain, textOfChunks } from "../core/syntax/chunks.ts";
import type { ReadFile } from "../core/syntax/readFile.ts";
import { readLock } from "../core/syntax/readLock.ts";
import { type ReadMappingFile, readChunks } from "../core/syntax/readMappingFile.ts";
import { readProject } from "../core/syntax/readProject.ts";
import { LOCK_FILE, PROJECT_FILE } from "./discover.ts";

export interface ParsedFiles {
  readonly project: ReadFile<Project> | undefined;
  readonly mappings: readonly ReadMappingFile[];
  readonly lock: Lock;
  readonly lockProblems: readonly Finding[];
  readonly baseline: Baseline;
}

/** A text, as one or in the chunks that an editor's edits keep. */
export type Text = string | readonly Chunk[];

interface Entry {
  /** Cut when somebody looks: while the file is open in an editor nobody does. */
  disk?: Text;
  readonly editor?: readonly Chunk[];
}

type Read =
  | { readonly kind: "mapping"; readonly of: readonly Chunk[]; readonly file: ReadMappingFile }
  | { readonly kind: "project"; readonly of: readonly Chunk[]; readonly file: ReadFile<Project> }
  | { readonly kind: "baseline"; readonly of: readonly Chunk[]; readonly file: Baseline }
  | { readonly kind: "lock"; readonly of: readonly Chunk[]; readonly file: ReturnType<typeof readLock> };

/** A table of these texts alone. */
export function tableOf(texts: ReadonlyMap<string, string>): FileTable {
  const table = new FileTable();
  for (const [file, text] of texts) table.setDisk(file, text);
  return table;
}

/** What a snapshot takes from files. */
export function partsOf(table: FileTable): Pick<SnapshotParts, "project" | "files" | "lock"> {
  const { project, mappings, lock } = table.read();
  return { project, files: mappings, lock };
}

/** Texts of one project by path, from disk and from editors; nothing is written. */
export class FileTable {
  readonly #entries = new Map<string, Entry>();
  readonly #reads = new Map<string, Read>();
  /** Names of all files, sorted; made anew when a file comes or goes. */
  #names: readonly string[] | undefined;

  /** A file that goes is gone, though an editor goes on showing it as it was; unsaved text stays. */
  setDisk(file: string, text: string | undefined): void {
    const { disk, editor } = this.#entries.get(file) ?? {};
    const next = text !== undefined && typeof disk === "object" ? cutAgain(disk, text) : text;
    const isSaved = () => disk !== undefined && textOf(disk) === textOf(editor);
    const kept = editor && (next !== undefined || !isSaved()) ? { editor } : {};
    this.#put(file, { ...(next === undefined ? {} : { disk: next }), ...kept });
  }

  /** Returns false when the editor has this very text already. */
  setEditor(file: string, text: Text | undefined): boolean {
    const { disk, editor } = this.#entries.get(file) ?? {};
    const next = text === undefined ? undefined : toChunks(text, editor ?? disk);
    if (next === editor || (next && editor && isSame(next, editor))) return false;
    this.#put(file, { ...(disk === undefined ? {} : { disk }), ...(next ? { editor: next } : {}) });
    return true;
  }

  textOf(file: string): string | undefined {
    const { disk, editor } = this.#entries.get(file) ?? {};
    return textOf(editor ?? disk);
  }

  has(file: string): boolean {
    return this.#entries.has(file);
  }

  /** Paths of all files, sorted. */
  names(): readonly string[] {
    this.#names ??= [...this.#entries.keys()].sort();
    return this.#names;
  }

  /** Current text of every file by path, sorted. */
  texts(): ReadonlyMap<string, string> {
    return new Map(this.names().map((file) => [file, this.textOf(file) ?? ""]));
  }

  /** What the project file says; the others are not read for it. */
  project(): Project | undefined {
    const read = this.has(PROJECT_FILE) ? this.#read(PROJECT_FILE) : undefined;
    return read?.kind === "project" ? read.file.content : undefined;
  }

  read(): ParsedFiles {
    const mappings: ReadMappingFile[] = [];
    let project: ReadFile<Project> | undefined;
    let lock = NO_LOCK;
    let baseline = EMPTY_BASELINE;
    for (const file of this.names()) {
      const read = this.#read(file);
      if (read.kind === "mapping") mappings.push(read.file);
      else if (read.kind === "project") project = read.file;
      else if (read.kind === "baseline") baseline = read.file;
      else lock = read.file;
    }
    return { project, mappings, lock: lock.lock, lockProblems: lock.problems, baseline };
  }

  #read(file: string): Read {
    const known = this.#reads.get(file);
    const of = this.#chunksOf(file) ?? [];
    if (known?.of === of) return known;
    const read = readAnew(file, of, known?.kind === "mapping" ? known.file : undefined);
    this.#reads.set(file, read);
    return read;
  }

  #chunksOf(file: string): readonly Chunk[] | undefined {
    const entry = this.#entries.get(file);
    if (!entry || entry.editor) return entry?.editor;
    if (typeof entry.disk === "string") entry.disk = cut(entry.disk);
    return entry.disk;
  }

  #put(file: string, entry: Entry): void {
    if (!this.#entries.has(file)) this.#names = undefined;
    if (entry.disk !== undefined || entry.editor) this.#entries.set(file, entry);
    else {
      this.#entries.delete(file);
      this.#reads.delete(file);
      this.#names = undefined;
    }
  }
}

const NO_LOCK = readLock(LOCK_FILE, undefined);

function readAnew(file: string, of: readonly Chunk[], before: ReadMappingFile | undefined): Read {
  if (file === PROJECT_FILE) return { kind: "project", of, file: readProject(file, textOfChunks(of)) };
  if (file === BASELINE_FILE) return { kind: "baseline", of, file: readBaseline(textOfChunks(of)) };
  if (file === LOCK_FILE) return { kind: "lock", of, file: readLock(file, textOfChunks(of)) };
  return { kind: "mapping", of, file: readChunks(file, of, before) };
}

function textOf(text: Text | undefined): string | undefined {
  return typeof text === "object" ? textOfChunks(text) : text;
}

function toChunks(text: Text, before: Text | undefined): readonly Chunk[] {
  if (typeof text !== "string") return text;
  return typeof before === "object" ? cutAgain(before, text) : cut(text);
}

function isSame(one: readonly Chunk[], other: readonly Chunk[]): boolean {
  return one.length === other.length && one.every((chunk, index) => chunk === other[index]);
}
