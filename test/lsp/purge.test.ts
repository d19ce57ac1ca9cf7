/** `accessmap/purge`: what is kept of live systems goes, and the paths are told. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type PurgeResult, purgeRequest } from "../../server/src/lsp/protocol.ts";
import { openSession, PROJECT } from "./support.ts";

test("kept inventories are deleted, nothing else is", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT } });
  const storage = join(session.folder, ".storage");
  const kept = join(storage, "inventories", "0.inventory.jsonl");
  const other = join(storage, "other.json");
  mkdirSync(join(storage, "inventories"), { recursive: true });
  for (const file of [kept, other]) writeFileSync(file, "{}");
  expect(await session.client.sendRequest<PurgeResult>(purgeRequest, {})).toEqual([kept]);
  expect([existsSync(kept), existsSync(other)]).toEqual([false, true]);
  expect(await session.client.sendRequest<PurgeResult>(purgeRequest, {})).toEqual([]);
});
