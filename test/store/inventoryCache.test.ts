/** Kept inventories under rough treatment: a crash in the middle of a write, two writers, strange names. */

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import type { DirectoryInventory, Group } from "../../server/src/core/model/directory.ts";
import { complete, type Knowledge, partial, unknown } from "../../server/src/core/model/knowledge.ts";
import { type Inventory, openInventoryCache } from "../../server/src/store/inventoryCache.ts";
import { purge } from "../../server/src/workspace/purge.ts";

const MODULE = resolve(import.meta.dirname, "../../server/src/store/inventoryCache.ts");
const NOW = "2026-11-23T12:00:00.000Z";
const GAP = { kind: "throttled", system: "okta", message: "too fast" } as const;

function scratch() {
  const root = mkdtempSync(join(tmpdir(), "accessmap-kept-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "inventories");
  const log: string[] = [];
  const cache = openInventoryCache({ folder, project: "/p", now: () => NOW, log: (line) => log.push(line) });
  const program = join(root, "cache.cjs");
  buildSync({ entryPoints: [MODULE], outfile: program, bundle: true, platform: "node", format: "cjs" });
  /** Saves an inventory of `count` groups in another process, which says when it begins. */
  const saveElsewhere = (count: number) =>
    spawn(process.execPath, [
      "-e",
      `const { openInventoryCache } = require(${JSON.stringify(program)});
       const cache = openInventoryCache({ folder: ${JSON.stringify(folder)}, project: "/p", now: () => ${JSON.stringify(NOW)}, log: console.error });
       const items = new Map(Array.from({ length: ${count} }, (_, i) => ["g" + i, { id: "g" + i, name: "group " + i, kind: "static" }]));
       process.stdout.write("now");
       cache.save("okta", { name: "okta", kind: "okta", groups: { state: "known", complete: true, items, asOf: ${JSON.stringify(NOW)}, source: "okta" }, named: new Map(), members: new Map() });`,
    ]);
  return { root, folder, cache, log, saveElsewhere };
}

function directory(groups: readonly Group[], more: Partial<DirectoryInventory> = {}): DirectoryInventory {
  const known = complete("okta", NOW, new Map(groups.map((group) => [group.id, group])));
  return { name: "okta", kind: "okta", groups: known, named: new Map(), members: new Map(), ...more };
}

const sizeOf = (inventory: Inventory | undefined) =>
  inventory && "groups" in inventory && inventory.groups.state === "known" ? inventory.groups.items.size : undefined;

test("everything an inventory says comes back as it was", async () => {
  const { cache } = scratch();
  const odd: Group = { id: "g1", name: 'dd "\u2028\n$map 🙂', kind: "everyone", description: '{"sha256":"x"}' };
  const ana = { id: "p1", login: "ana", email: "ana@acme.com", name: "Ana", state: "active" } as const;
  const inventory = directory([odd], {
    filter: "dd-*",
    named: new Map<string, Knowledge<Group>>([
      ["ext", unknown(GAP)],
      ["none", complete("okta", NOW, new Map())],
    ]),
    members: new Map([["g1", partial("okta", NOW, new Map([["p1", ana]]), GAP)]]),
    cursor: "opaque",
    emptied: new Map([["groups", NOW]]),
  });
  await cache.save("okta", inventory);
  expect(await cache.load("okta")).toEqual(inventory);
  expect(await cache.load("entra")).toBeUndefined();
});

test("a process that dies in the middle of a write leaves the last good file", async () => {
  const { folder, root, cache, log, saveElsewhere } = scratch();
  await cache.save("okta", directory([{ id: "g", name: "dd-sre", kind: "static" }]));
  const child = saveElsewhere(300_000);
  await new Promise((begun) => child.stdout.once("data", begun));
  while (readdirSync(folder).length < 2) await new Promise((soon) => setTimeout(soon, 1));
  child.kill("SIGKILL");
  await new Promise((ended) => child.once("close", ended));
  expect([sizeOf(await cache.load("okta")), log]).toEqual([1, []]);
  // What the dead process left behind goes with the rest.
  expect(await purge({ inventories: folder, shared: root })).toHaveLength(2);
  expect(readdirSync(folder)).toEqual([]);
}, 20_000);

test("two processes that write at once leave one whole file", async () => {
  const { folder, cache, log, saveElsewhere } = scratch();
  const children = [saveElsewhere(2000), saveElsewhere(3000)];
  await Promise.all(children.map((child) => new Promise((ended) => child.once("close", ended))));
  expect([2000, 3000]).toContain(sizeOf(await cache.load("okta")));
  expect([readdirSync(folder).length, log]).toEqual([1, []]);
}, 20_000);
