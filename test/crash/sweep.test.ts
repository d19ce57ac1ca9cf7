/** A few points of the crash sweep; `npm run test:crash` takes them all, on a longer plan. */

import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { CLI } from "../support/process.ts";
import { sweep } from "./sweep.ts";

test("killed at a few points and resumed: the same end, the same story", { timeout: 180_000 }, async () => {
  const deadly = join(resolve(import.meta.dirname), "deadly.mjs");
  const result = await sweep({ cli: CLI, deadly, every: 26, finishEvery: 4, isLong: false, say: () => {} });
  expect(result.differences).toEqual([]);
  expect(Object.keys(result.kills).length).toBeGreaterThan(2);
});
