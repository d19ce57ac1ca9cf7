/** The project's committed snapshot: read at the start and when it changes on disk, asked when there are no credentials. */

import { join } from "node:path";
import { dayOf } from "../../core/model/time.ts";
import { loadSnapshot, SNAPSHOT_FILE, type SnapshotFile } from "../../store/snapshotFile.ts";
import type { StandIn } from "./refresh.ts";
import { standIn } from "./standIn.ts";
import type { System } from "./systems.ts";

export interface Committed {
  load(): Promise<void>;
  /** What the snapshot says of a system. */
  readonly standIn: (system: System) => StandIn | undefined;
  /** Why the snapshot cannot be used. */
  notes(): readonly string[];
}

/** Answers nothing before `load`. */
export function openCommitted(folder: string, clock: () => string): Committed {
  let file: SnapshotFile | undefined;
  let error: string | undefined;
  /** By system and day: its age in days decides what it proves. */
  let known = new Map<string, StandIn | undefined>();

  return {
    async load() {
      const found = await loadSnapshot(join(folder, SNAPSHOT_FILE));
      file = found && "error" in found ? undefined : found;
      error = found && "error" in found ? found.error : undefined;
      known = new Map();
    },
    standIn(system) {
      if (!file) return undefined;
      const now = clock();
      const question = `${dayOf(now)} ${system.key}`;
      if (!known.has(question)) {
        const reading = standIn(file, system, now);
        known.set(question, reading && { reading, takenAt: file.takenAt });
      }
      return known.get(question);
    },
    notes: () => (error === undefined ? [] : [`${SNAPSHOT_FILE} ${error}`]),
  };
}
