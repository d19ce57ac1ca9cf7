/** The project's texts, parsed once each: the editor's text wins over the disk's. */

import type { Finding } from "../core/model/finding.ts";
import type { Lock } from "../core/model/lock.ts";
import type { Project } from "../core/model/project.ts";
import { readLock } from "../core/syntax/readLock.ts";
import { type ReadFile, type ReadMappingFile, readMappingFile } from "../core/syntax/readMappingFile.ts";
import { readProject } from "../core/syntax/readProject.ts";
import { LOCK_FILE, PROJECT_FILE } from "./discover.ts";

export interface Files {
  readonly project: ReadFile<Project> | undefined;
  readonly mappings: readonly ReadMappingFile[];
  readonly lock: Lock;
  readonly lockProblems: readonly Finding[];
}

interface Entry {
  disk?: string;
  editor?: string;
  /** Result of the last parse with the text it was made from. */
  parsed?: { readonly text: string; readonly file: ReadMappingFile | ReadFile<Project> };
}

export class FileTable {
  readonly #entries = new Map<string, Entry>();

  setDisk(file: string, text: string | undefined): void {
    this.#update(file, { disk: text });
  }

  setEditor(file: string, text: string | undefined): void {
    this.#update(file, { editor: text });
  }

  textOf(file: string): string | undefined {
    const entry = this.#entries.get(file);
    return entry?.editor ?? entry?.disk;
  }

  /** Current text of every file by path, sorted. */
  texts(): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const file of [...this.#entries.keys()].sort()) texts.set(file, this.textOf(file) ?? "");
    return texts;
  }

  read(): Files {
    const mappings: ReadMappingFile[] = [];
    let project: ReadFile<Project> | undefined;
    for (const [file, text] of this.texts()) {
      if (file === LOCK_FILE) continue;
      const entry = this.#entries.get(file) as Entry;
      if (entry.parsed?.text !== text)
        entry.parsed = { text, file: file === PROJECT_FILE ? readProject(file, text) : readMappingFile(file, text) };
      if (file === PROJECT_FILE) project = entry.parsed.file as ReadFile<Project>;
      else mappings.push(entry.parsed.file as ReadMappingFile);
    }
    const { lock, problems } = readLock(LOCK_FILE, this.textOf(LOCK_FILE));
    return { project, mappings, lock, lockProblems: problems };
  }

  #update(file: string, change: Partial<Entry>): void {
    const entry = { ...this.#entries.get(file), ...change };
    if (entry.disk === undefined && entry.editor === undefined) this.#entries.delete(file);
    else this.#entries.set(file, entry);
  }
}
