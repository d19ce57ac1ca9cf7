/** Which folder a file's project is in: the nearest one upward with an accessmap.yaml, not above the workspace's own. */

import { existsSync } from "node:fs";
import system, { basename, dirname, join } from "node:path";
import { URI } from "vscode-uri"; // vscode-uri: the editors' own rules of escaping, drive letters included
import { SNAPSHOT_FILE } from "../store/snapshotFile.ts";
import { isOutside, isProjectFile, PROJECT_FILE } from "../workspace/discover.ts";

/** Path of a `file:` URI; other schemes have no project. */
export function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath : undefined;
}

/** The `file:` URI of a project's file, in our own spelling. */
export function uriOf(folder: string, file: string): string {
  return URI.file(join(folder, file)).toString();
}

/** Path relative to a folder with forward slashes, or undefined when it lies elsewhere. Paths are this system's. */
export function fileIn(folder: string, path: string, rules = system): string | undefined {
  const file = rules.relative(folder, path);
  return file === "" || isOutside(folder, path, rules) ? undefined : file.split(rules.sep).join("/");
}

/** Without any accessmap.yaml upward it is the file's own folder: the form of what is there can still be checked. */
export function projectFolderOf(path: string, roots: readonly string[]): string {
  const root = roots.find((candidate) => fileIn(candidate, path) !== undefined);
  const start = dirname(path);
  for (let folder = start; ; folder = dirname(folder)) {
    if (hasProject(folder)) return folder;
    if (folder === root || folder === dirname(folder)) return start;
  }
}

/** True when the folder itself holds an accessmap.yaml. */
export function hasProject(folder: string): boolean {
  return existsSync(join(folder, PROJECT_FILE));
}

/** True for a file that a project would read, by its name alone. */
export function isRead(path: string): boolean {
  return isProjectFile(basename(path)) || basename(path) === SNAPSHOT_FILE;
}
