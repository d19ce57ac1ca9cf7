/** The organization that commands of this window are about, where it has several and somebody chose one. */

import { type Event, EventEmitter, type Memento } from "vscode";
import type { Target } from "./targets.ts";

export interface Current {
  readonly onDidChange: Event<void>;
  get(): Target | undefined;
  /** Undefined: ask each time. */
  set(target: Target | undefined): Promise<void>;
}

const KEY = "organization.current";

/** `memory` is the workspace's: another window may be about another organization. */
export function createCurrent(memory: Memento): Current {
  const changed = new EventEmitter<void>();
  return {
    onDidChange: changed.event,
    get: () => memory.get<Target>(KEY),
    async set(target) {
      await memory.update(KEY, target);
      changed.fire();
    },
  };
}
