/** `accessmap/rowsChanged`: told to clients that have a view, and not more often than eyes can follow. */

import type { Connection } from "vscode-languageserver";
import { tell } from "./guard.ts";
import type { Project } from "./projects.ts";
import { rowsChangedNotification } from "./protocol.ts";

export interface RowsAnnouncer {
  /** Rows were asked for: from now on there is somebody to tell. */
  begin(): void;
  changed(project: Project): void;
  dispose(): void;
}

/** The view follows when typing pauses for so long, */
const PAUSE_MS = 300;
/** and after so long in any case: rows of a large project take time that keystrokes need. */
const LONGEST_MS = 2_000;

/** Tells nothing before rows were asked for (`begin`). */
export function createRowsAnnouncer(connection: Connection): RowsAnnouncer {
  const folders = new Set<string>();
  let isHeard = false;
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;

  function flush(): void {
    since = undefined;
    const told = [...folders];
    folders.clear();
    for (const folder of told) tell(() => connection.sendNotification(rowsChangedNotification, { folder }));
  }

  return {
    begin() {
      isHeard = true;
    },
    changed({ folder }) {
      if (!isHeard) return;
      folders.add(folder);
      const now = performance.now();
      since ??= now;
      clearTimeout(timer);
      timer = setTimeout(flush, Math.max(0, Math.min(PAUSE_MS, since + LONGEST_MS - now))).unref();
    },
    dispose: () => clearTimeout(timer),
  };
}
