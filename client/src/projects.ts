/** What the server last said about every project of the window. */

import { type Event, EventEmitter } from "vscode";
import type { ProjectStatus, SystemStatus } from "../../server/src/lsp/protocol.ts";
import { canSignIn } from "./freshness.ts";

export interface Projects {
  readonly onDidChange: Event<void>;
  /** Settles with the first status, or after a while without one: a window may have no project. */
  whenKnown(): Promise<void>;
  all(): readonly ProjectStatus[];
  systems(): readonly SystemStatus[];
  /** Those a person can sign in to. */
  connections(): readonly SystemStatus[];
  update(status: ProjectStatus): void;
  /** The server stopped: nothing is known. */
  clear(): void;
  dispose(): void;
}

/** The server reports right after it has started. */
const PATIENCE = 3_000;

export function createProjects(): Projects {
  const changed = new EventEmitter<void>();
  const byFolder = new Map<string, ProjectStatus>();
  /** It was waited for once, and nobody need wait again. */
  let isSettled = false;
  const systems = () => [...byFolder.values()].flatMap((project) => project.systems);
  return {
    onDidChange: changed.event,
    whenKnown() {
      if (isSettled || byFolder.size > 0) return Promise.resolve();
      return new Promise((settle) => {
        const finish = () => {
          clearTimeout(timer);
          subscription.dispose();
          isSettled = true;
          settle();
        };
        const timer = setTimeout(finish, PATIENCE);
        const subscription = changed.event(() => {
          if (byFolder.size > 0) finish();
        });
      });
    },
    all: () => [...byFolder.values()],
    systems,
    connections: () => systems().filter(canSignIn),
    update(status) {
      byFolder.set(status.folder, status);
      changed.fire();
    },
    clear() {
      byFolder.clear();
      isSettled = false;
      changed.fire();
    },
    dispose: () => changed.dispose(),
  };
}
