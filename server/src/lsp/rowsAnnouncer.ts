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

/** While somebody types, the view follows at this pace. */
const PACE_MS = 400;

export function createRowsAnnouncer(connection: Connection): RowsAnnouncer {
  const folders = new Set<string>();
  let isHeard = false;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
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
      timer ??= setTimeout(flush, PACE_MS).unref();
    },
    dispose: () => clearTimeout(timer),
  };
}
