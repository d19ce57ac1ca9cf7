/** Runs for every test file: the test of a rule must have shown what each rule owes, unless only a part of it ran. */

import { afterAll, expect } from "vitest";
import { missingDuties } from "./duties.ts";

// biome-ignore lint/correctness/noEmptyPattern: vitest wants a pattern before the suite.
afterAll(({}, suite) => {
  if (suite.tasks.every((task) => task.mode !== "skip"))
    expect(missingDuties(), "what the test of this rule does not show").toEqual([]);
});
