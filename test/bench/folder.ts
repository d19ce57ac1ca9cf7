/** A project on disk in a scratch folder, with live data where the product keeps it: committed for all, or of its owner alone. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readProject } from "../../server/src/core/syntax/readProject.ts";
import { openInventoryCache } from "../../server/src/store/inventoryCache.ts";
import { renderSnapshot, SNAPSHOT_FILE } from "../../server/src/store/snapshotFile.ts";
import { systemsOf } from "../../server/src/workspace/live/systems.ts";
import { snapshotOf } from "../../server/src/workspace/live/takeSnapshot.ts";
import { type CompanySize, inventoriesOf } from "./company.ts";

/** Every rule that a policy switches on is on. */
const PROJECT = `version: 1
project: bench
directories:
  okta: { type: okta, domain: acme.okta.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim, users: off } }
policy:
  limits: { critical: 10, high: 50, medium: 500 }
  require: { reason: high, owner: high, until: critical }
  longest: 365d
  classes:
    - { groups: ["*-readonly"], only: read }
    - { groups: ["contractor-*"], never: [user_access_manage] }
  apart: [[billing_edit, audit_logs_write]]
`;

/**
 * `committed`: a snapshot in the repository, which proves what does not exist but names nobody. `kept`: the inventories
 * of an earlier session, people included, which prove no absence.
 */
export type LiveData = "committed" | "kept";

export interface Folder {
  readonly path: string;
  readonly storage: string;
  uri(file: string): string;
  remove(): void;
}

export async function makeProject(
  files: Readonly<Record<string, string>>,
  size: CompanySize,
  data: LiveData,
): Promise<Folder> {
  // Real paths: on some systems the temporary folder is a link.
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-bench-")));
  const [path, storage] = [join(scratch, "project"), join(scratch, "storage")];
  mkdirSync(path);
  for (const [file, text] of Object.entries({ ...files, "accessmap.yaml": PROJECT }))
    writeFileSync(join(path, file), text);
  const now = new Date().toISOString();
  const systems = systemsOf(readProject("accessmap.yaml", PROJECT).content);
  const inventories = inventoriesOf(size, now);
  if (data === "committed") {
    const { file } = snapshotOf("bench", systems, inventories, now);
    writeFileSync(join(path, SNAPSHOT_FILE), renderSnapshot(file));
  } else {
    const options = { folder: join(storage, "inventories"), project: path, now: () => now, log: console.error };
    const cache = openInventoryCache(options);
    for (const { name, key } of systems) {
      const inventory = inventories.directories.get(name) ?? inventories.targets.get(name);
      if (inventory) await cache.save(key, inventory);
    }
  }
  return {
    path,
    storage,
    uri: (file) => pathToFileURL(join(path, file)).href,
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}
