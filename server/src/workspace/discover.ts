/** Finds and reads a project's files on disk. What cannot be read is said, never skipped in silence. */

import type { Dirent } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import system, { dirname, join, relative, sep } from "node:path";
import { BASELINE_FILE } from "../core/analysis/baseline.ts";
import { readNamed, UnusableFile } from "../store/ordinaryFile.ts";

/** A file or folder that could not be read. `message` says why and what to do. */
export interface Unreadable {
  readonly file: string;
  readonly message: string;
}

export interface FoundFiles {
  /** Text by path relative to the project folder, with forward slashes. */
  readonly texts: ReadonlyMap<string, string>;
  readonly unreadable: readonly Unreadable[];
}

export const PROJECT_FILE = "accessmap.yaml";
export const LOCK_FILE = "accessmap.lock";

/** A mapping file is a few kilobytes; beyond this size it is a mistake or an attack. */
export const LARGEST_FILE = 16 * 1024 * 1024;
/** What people call the project file by mistake; nothing would be checked, and nobody would know why. */
export const MISNAMED = "accessmap.yml";
const SKIPPED_FOLDERS = new Set(["node_modules", "dist", "vendor"]);

/** True for the files that make up a project. */
export function isProjectFile(file: string): boolean {
  return file === PROJECT_FILE || file === LOCK_FILE || file === BASELINE_FILE || isMappingFile(file);
}

/** By the ending of its name; the folder does not matter. */
export function isMappingFile(file: string): boolean {
  return /\.accessmap\.ya?ml$/.test(file.slice(file.lastIndexOf("/") + 1));
}

/** Reads the project file, the lock and every mapping file below `folder`. Links to folders are not followed. */
export async function discover(folder: string): Promise<FoundFiles> {
  const texts = new Map<string, string>();
  const unreadable: Unreadable[] = [];
  for (const file of await list(folder, folder, unreadable)) {
    const read = await readText(folder, file);
    if (typeof read === "string") texts.set(file, read);
    else unreadable.push({ file, message: read.message });
  }
  return { texts: new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1))), unreadable };
}

/** A search for projects looks at this many folders of a window, nearest first; a mapping file that is opened is found anyway. */
const MOST_FOLDERS = 5000;

/** Folders at or below `root` that hold an accessmap.yaml, the nearest first. Folders that cannot be read have none. */
export async function findProjects(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [root];
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (entries.some((entry) => entry.isFile() && entry.name === PROJECT_FILE)) found.push(folder);
    for (const entry of entries) {
      if (folders.length < MOST_FOLDERS && isSearched(entry)) folders.push(join(folder, entry.name));
    }
  }
  return found;
}

/** Text of one file of the project in `folder`, or why it cannot be had. */
export async function readText(
  folder: string,
  file: string,
): Promise<string | { readonly message: string; readonly missing: boolean }> {
  const refuse = (message: string) => ({ message, missing: false });
  try {
    const path = await realpath(join(folder, file));
    // A repository must not make us read what lies outside it, by a link to a device or to somebody's keys.
    if (isOutside(await realpath(folder), path))
      return refuse("is a link that leads out of the project and was not read");
    return decode(await readNamed(path, LARGEST_FILE)) ?? refuse("is not written in UTF-8; save it as UTF-8");
  } catch (error) {
    if (error instanceof UnusableFile) return refuse(error.why);
    return { message: explain(error), missing: codeOf(error) === "ENOENT" };
  }
}

/** True when a link on the way to a file that is to be made leads out of the folder: a repository does not choose where we write. */
export async function leadsOut(folder: string, file: string): Promise<boolean> {
  const real = (path: string) => realpath(path).catch(() => undefined);
  const root = await real(folder);
  for (let path = join(folder, file); root !== undefined && path !== dirname(path); path = dirname(path)) {
    const found = await real(path);
    if (found !== undefined) return isOutside(root, found);
  }
  return false;
}

/** True for what does not lie in the folder; to another drive or share of Windows there is no way. Paths are this system's. */
export function isOutside(folder: string, path: string, rules = system): boolean {
  const way = rules.relative(folder, path);
  return way === ".." || way.startsWith(`..${rules.sep}`) || rules.isAbsolute(way);
}

/** Text of UTF-8 bytes, a byte order mark included as editors count it; undefined for anything else. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function list(root: string, folder: string, unreadable: Unreadable[]): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    unreadable.push({ file: relativeTo(root, folder), message: explain(error) });
    return [];
  });
  // A folder below with an accessmap.yaml of its own is another project: its mappings are not ours to check or push.
  if (folder !== root && entries.some((entry) => entry.isFile() && entry.name === PROJECT_FILE)) return [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isSearched(entry)) files.push(...(await list(root, path, unreadable)));
    } else if (isProjectFile(relativeTo(root, path))) {
      files.push(relativeTo(root, path));
    } else if (folder === root && entry.name === MISNAMED && !entries.some(({ name }) => name === PROJECT_FILE)) {
      unreadable.push({ file: entry.name, message: `is not read: the project file is ${PROJECT_FILE}; rename it` });
    }
  }
  return files;
}

function isSearched(entry: Dirent): boolean {
  return entry.isDirectory() && isSearchedName(entry.name);
}

/** False for folders that hold other people's or generated files. */
export function isSearchedName(folder: string): boolean {
  return !folder.startsWith(".") && !SKIPPED_FOLDERS.has(folder);
}

function relativeTo(root: string, path: string): string {
  return relative(root, path).split(sep).join("/") || ".";
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function explain(error: unknown): string {
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM") return "cannot be read: permission denied; check its mode and owner";
  if (code === "ENOENT") return "does not exist";
  if (code === "ENOTDIR") return "is not a folder";
  if (code === "EISDIR") return "is a folder";
  return `cannot be read (${code ?? "unknown error"})`;
}
