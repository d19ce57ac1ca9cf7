/** A workspace whose live systems are those of a fixture, for sessions that need names, roles and people at hand. */

import { type Snapshot, takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "../../server/src/workspace/workspace.ts";
import { parseFixture } from "../support/fixture.ts";

/** `sections` holds `#- live …` sections. `changes` replace single members of the workspace. */
export function openWithLive(sections: string, changes: (real: Workspace) => Partial<Workspace> = () => ({})) {
  const { directories, targets, now } = parseFixture(`#- /a.accessmap.yaml\nmappings: []\n${sections}`).snapshot;
  return async (options: WorkspaceOptions): Promise<Workspace> => {
    const real = await openWorkspace(options);
    const known = new WeakMap<Snapshot, Snapshot>();
    const snapshot = () => {
      const files = real.snapshot();
      const found = known.get(files) ?? takeSnapshot({ ...files, directories, targets, now });
      known.set(files, found);
      return found;
    };
    return { ...real, snapshot, ...changes(real) };
  };
}
