/** The projects of the window, one workspace for each folder with an accessmap.yaml, and the open documents in them. */

import { basename, dirname, join } from "node:path";
import type { TextDocuments } from "vscode-languageserver";
import { memo } from "../core/analysis/memo.ts";
import { fileIn as fileInSnapshot } from "../core/analysis/snapshot.ts";
import { messageOf } from "../core/model/thrown.ts";
import { type ReadMappingFile, textOfFile } from "../core/syntax/readMappingFile.ts";
import { findProjects, PROJECT_FILE } from "../workspace/discover.ts";
import type { Change, Workspace } from "../workspace/workspace.ts";
import { type EditorFiles, type Lines, linesOf } from "./convert.ts";
import type { ChunkedDocument } from "./document.ts";
import { fileIn, hasProject, isRead, pathOf, projectFolderOf, uriOf } from "./folders.ts";

export interface Project extends EditorFiles {
  readonly folder: string;
  readonly workspace: Workspace;
  /** URI of a rule's manual page, where the client shows them. */
  pageOf(rule: string): string | undefined;
  /** True when no deeper project holds the file: then this one speaks for it. */
  owns(file: string): boolean;
}

export interface Home {
  readonly project: Project;
  readonly file: string;
}

export interface Projects {
  all(): readonly Project[];
  /** Settles when the folders of the window are known and their projects are open. */
  whenOpen(): Promise<void>;
  /** Project of an open document, once it is there. */
  homeOf(uri: string): Promise<Home | undefined>;
  opened(document: ChunkedDocument): void;
  changed(document: ChunkedDocument): void;
  closed(document: ChunkedDocument): void;
  /** Opens the projects at these folders, and drops those of folders that are gone. */
  setRoots(roots: readonly string[]): Promise<void>;
  /** Files or folders were created, changed or deleted outside of the editor. False when none of them is a project's. */
  diskChanged(paths: readonly string[]): Promise<boolean>;
}

export interface ProjectsOptions {
  readonly documents: TextDocuments<ChunkedDocument>;
  readonly open: (folder: string) => Promise<Workspace>;
  readonly pageOf: (rule: string) => string | undefined;
  readonly onChange: (project: Project, what: Change) => void;
  readonly onOpened: (project: Project) => void;
  readonly onDropped: (project: Project) => void;
  readonly log: (line: string) => void;
}

interface Entry {
  readonly ready: Promise<Project>;
  project?: Project;
}

/** No project is open before `setRoots` has been called. */
export function createProjects(options: ProjectsOptions): Projects {
  const entries = new Map<string, Entry>();
  const homes = new Map<string, Promise<Home | undefined>>();
  const settled = new Map<string, Home>();
  /** URIs of open documents as their client spells them, by our own spelling: clients escape differently. */
  const spellings = new Map<string, string>();
  let roots: readonly string[] = [];
  let opening: Promise<void> = Promise.resolve();
  let tellRoots = (): void => {};
  const rootsKnown = new Promise<void>((resolve) => {
    tellRoots = resolve;
  });

  const all = () => [...entries.values()].flatMap(({ project }) => project ?? []);

  function openProject(folder: string): Promise<Project> {
    const known = entries.get(folder);
    if (known) return known.ready;
    const entry: Entry = { ready: open() };
    entries.set(folder, entry);
    entry.ready.catch(() => entries.delete(folder)); // the next question may find it readable
    return entry.ready;

    async function open(): Promise<Project> {
      const workspace = await options.open(folder);
      const project = toProject(workspace);
      entry.project = project;
      showEditors(project);
      workspace.onDidChange((what) => {
        if (entries.get(folder) === entry) options.onChange(project, what);
      });
      options.onOpened(project);
      return project;
    }
  }

  /** Gives a project the texts that editors have open, before anybody reads those on disk into parts. */
  function showEditors({ folder, workspace }: Project): void {
    for (const document of options.documents.all()) {
      const path = pathOf(document.uri);
      const file = path === undefined || projectFolderOf(path, roots) !== folder ? undefined : fileIn(folder, path);
      if (file !== undefined) workspace.setEditorText(file, document.chunks);
    }
  }

  function toProject(workspace: Workspace): Project {
    const { folder } = workspace;
    const uri = (file: string) => spellings.get(uriOf(folder, file)) ?? uriOf(folder, file);
    return {
      folder,
      workspace,
      owns: (file) =>
        !all().some(
          (other) => other.folder.length > folder.length && fileIn(other.folder, `${folder}/${file}`) !== undefined,
        ),
      uri,
      pageOf: options.pageOf,
      version: (file) => options.documents.get(uri(file))?.version ?? null,
      lines(file) {
        const read = fileInSnapshot(workspace.snapshot(), file);
        return read ? memo(read, linesOfFile) : linesOf(workspace.texts().get(file) ?? "");
      },
    };
  }

  async function settle(uri: string): Promise<Home | undefined> {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    await rootsKnown;
    try {
      const project = await openProject(projectFolderOf(path, roots));
      const file = fileIn(project.folder, path);
      const document = options.documents.get(uri);
      // One that was closed in the meantime has been shown to the project already.
      if (file !== undefined && !document) project.workspace.dropEditorText(file);
      if (file === undefined || !document) return undefined;
      const home = { project, file };
      settled.set(uri, home);
      spellings.set(uriOf(project.folder, file), uri);
      // The document may have been edited while the project was being read.
      project.workspace.setEditorText(file, document.chunks);
      return home;
    } catch (error) {
      options.log(`cannot open the project of ${path}: ${messageOf(error)}`);
      return undefined;
    }
  }

  function leave(uri: string): void {
    const home = settled.get(uri);
    settled.delete(uri);
    homes.delete(uri);
    if (!home) return;
    spellings.delete(uriOf(home.project.folder, home.file));
    home.project.workspace.dropEditorText(home.file);
  }

  function drop(isKept: (folder: string) => boolean): void {
    for (const [folder, { project }] of entries) {
      if (isKept(folder)) continue;
      entries.delete(folder);
      if (project) options.onDropped(project);
    }
  }

  /** Finds the project of every open document again: a project file came, went, or a folder did. */
  async function rehome(): Promise<void> {
    for (const document of options.documents.all()) {
      const path = pathOf(document.uri);
      const home = settled.get(document.uri);
      if (path === undefined || home?.project.folder === projectFolderOf(path, roots)) continue;
      leave(document.uri);
      homes.set(document.uri, settle(document.uri));
    }
    await Promise.all(homes.values());
    const used = new Set([...settled.values()].map(({ project }) => project.folder));
    const isInside = (folder: string) => roots.some((root) => root === folder || fileIn(root, folder) !== undefined);
    drop((folder) => used.has(folder) || (isInside(folder) && hasProject(folder)));
  }

  /** Every project below the folders of the window is checked, opened files or not. */
  async function openRoots(): Promise<void> {
    const folders = (await Promise.all(roots.map(findProjects))).flat();
    const opened = await Promise.allSettled([...new Set(folders)].map(openProject));
    for (const result of opened)
      if (result.status === "rejected") options.log(`cannot open a project: ${result.reason}`);
  }

  return {
    all,
    async whenOpen() {
      await rootsKnown;
      await opening;
      await Promise.allSettled([...entries.values()].map(({ ready }) => ready));
    },
    homeOf: (uri) => homes.get(uri) ?? Promise.resolve(undefined),
    opened(document) {
      homes.set(document.uri, settle(document.uri));
    },
    changed(document) {
      const home = settled.get(document.uri);
      home?.project.workspace.setEditorText(home.file, document.chunks);
    },
    closed: (document) => leave(document.uri),
    async setRoots(next) {
      roots = next;
      opening = openRoots();
      tellRoots(); // an open document need not wait for the search
      await opening;
      await rehome();
    },
    async diskChanged(paths) {
      const files = [...new Set([...paths.filter(isRead), ...filesBelow(paths, all())])];
      if (files.length === 0) return false;
      for (const project of all()) {
        for (const path of files) {
          const file = fileIn(project.folder, path);
          if (file !== undefined) await project.workspace.diskChanged(file);
        }
      }
      if (files.some((path) => basename(path) === PROJECT_FILE)) {
        await openRoots();
        await rehome();
      }
      return true;
    },
  };
}

/** Known files in folders that changed: of a folder that is deleted or moved away, clients tell nothing else. */
function filesBelow(paths: readonly string[], projects: readonly Project[]): readonly string[] {
  const changed = new Set(paths);
  const isBelow = (path: string): boolean => {
    const folder = dirname(path);
    return folder !== path && (changed.has(folder) || isBelow(folder));
  };
  return projects.flatMap(({ folder, workspace }) =>
    [...workspace.files(), ...workspace.unreadable().map(({ file }) => file)]
      .map((file) => join(folder, file))
      .filter(isBelow),
  );
}

function linesOfFile(read: ReadMappingFile): Lines {
  return linesOf(textOfFile(read));
}
