/** Changes of project files on disk: asked of the client where it can watch, gathered, and handed on in one go. */

import { type Connection, DidChangeWatchedFilesNotification, WatchKind } from "vscode-languageserver";
import { pathOf } from "./folders.ts";

const PATTERNS = [
  "**/accessmap.yaml",
  "**/accessmap.lock",
  "**/accessmap.baseline.json",
  "**/*.accessmap.yaml",
  "**/*.accessmap.yml",
  "**/accessmap.snapshot.json",
];

/** A checkout touches many files at once, and a client may watch on its own as well as for us. */
const GATHER_MS = 50;

/** Paths that changed, some milliseconds later and each once. */
export function gatherDiskChanges(connection: Connection, onChange: (paths: readonly string[]) => void): void {
  let paths = new Set<string>();
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (paths.size === 0) setTimeout(flush, GATHER_MS);
    for (const { uri } of changes) {
      const path = pathOf(uri);
      if (path !== undefined) paths.add(path);
    }
  });

  function flush(): void {
    const gathered = [...paths];
    paths = new Set();
    onChange(gathered);
  }
}

/** For clients that watch only what they are asked to. */
export async function askToWatch(connection: Connection): Promise<void> {
  // A folder that goes takes its files along without a word about them.
  const folders = { globPattern: "**/*", kind: WatchKind.Delete };
  const watchers = [...PATTERNS.map((globPattern) => ({ globPattern })), folders];
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}
