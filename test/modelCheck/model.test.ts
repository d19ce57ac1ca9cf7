/** A few worlds of the model check, the same in every run. `npm run test:model` does hundreds. */

import { expect, test } from "vitest";
import { checkWorld, newTally } from "./modelCheck.ts";

test("plans do what they announce, on every path, and nobody has less than both ends on the way", {
  timeout: 240_000,
}, async () => {
  const tally = newTally();
  for (let world = 0; world < 4; world++) await checkWorld(`small-${world}`, 2, tally);
  expect(tally.faults).toEqual([]);
  expect(tally.applied).toBeGreaterThan(3);
});
