/** Some pushes of the fault campaign; `npm run test:push` makes thousands. */

import { expect, test } from "vitest";
import { run } from "./campaign.ts";

test("pushes under trouble tell the truth, take nothing unannounced, and come to an end", {
  timeout: 180_000,
}, async () => {
  const tally = await run({ seed: "few", runs: 40, share: 0, threads: 1 }, () => {});
  expect(tally.wrong).toEqual([]);
  expect(tally.trouble.size).toBeGreaterThan(4);
  expect(tally.results.get("failed") ?? 0).toBeGreaterThan(0);
});
