/** Journals keep the order in which they began, also where the clock does not. */

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startAfterAll } from "../../server/src/store/journalList.ts";

test.each([
  ["the first one", [], "2026-11-27T10:00:00.000Z"],
  ["the clock goes on", ["20261127T095959999Z-prod-0a1b2c3d"], "2026-11-27T10:00:00.000Z"],
  ["two at once", ["20261127T100000000Z-prod-0a1b2c3d"], "2026-11-27T10:00:00.001Z"],
  ["a clock that was set back", ["20261127T113231697Z-prod-0a1b2c3d"], "2026-11-27T11:32:31.698Z"],
  ["the end of a year", ["20261231T235959999Z-prod-0a1b2c3d"], "2027-01-01T00:00:00.000Z"],
  ["a name of somebody else's", ["notes"], "2026-11-27T10:00:00.000Z"],
])("%s", async (_, names, expected) => {
  const folder = await mkdtemp(join(tmpdir(), "accessmap-"));
  for (const name of names) await writeFile(join(folder, `${name}.jsonl`), "");
  expect(await startAfterAll(folder, "2026-11-27T10:00:00.000Z")).toBe(expected);
});
