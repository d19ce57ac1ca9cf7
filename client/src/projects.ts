/** What the server last said about every project of the window. */

import { type Event, EventEmitter } from "vscode";
import type { ProjectStatus, SystemStatus } from "../../server/src/lsp/protocol.ts";
import { canSignIn } from "./status/freshness.ts";

export interface Projects {
  readonly onDidChange: Event<void>;
  /** By folder. */
  all(): readonly ProjectStatus[];
  systems(): readonly SystemStatus[];
  /** Those a person can sign in to. */
  connections(): readonly SystemStatus[];
  /** One that names no system, or is gone, is none. */
  update(status: ProjectStatus): void;
  /** The server stopped: nothing is known. */
  clear(): void;
  dispose(): void;
}

/** Empty until the server has told something. A project without systems counts as none. */
export function createProjects(): Projects {
  const changed = new EventEmitter<void>();
  const byFolder = new Map<string, ProjectStatus>();
  // The server tells them in whatever order it came to know them.
  const all = () => [...byFolder.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
  const systems = () => all().flatMap((project) => project.systems);
  return {
    onDidChange: changed.event,
    all,
    systems,
    connections: () => systems().filter(canSignIn),
    update(status) {
      if (status.systems.length > 0) byFolder.set(status.folder, status);
      else byFolder.delete(status.folder);
      changed.fire();
    },
    clear() {
      byFolder.clear();
      changed.fire();
    },
    dispose: () => changed.dispose(),
  };
}
