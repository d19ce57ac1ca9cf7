/** The outcome of an apply as the end of its plan's text. */

import { expect, test } from "vitest";
import type { StepResult } from "../../../server/src/core/sync/journal/journal.ts";
import type { Change } from "../../../server/src/core/sync/plan.ts";
import { renderOutcome } from "../../../server/src/core/sync/render/outcome.ts";

const change = (name: string): Change => ({
  action: "set-active",
  through: "api",
  account: { id: name, name },
  active: false,
  roles: [],
  because: { text: "deactivated" },
});

test("failures one by one, what was skipped by its reason", () => {
  const steps = (["done", "failed", "skipped", "skipped", "unverified", "skipped", "already"] as StepResult[]).map(
    (result, index) => ({
      step: index + 1,
      change: change(`p${index}`),
      result,
      detail: result === "skipped" ? "cancelled" : result === "done" ? "" : `because\u001b of ${index}`,
    }),
  );
  expect(renderOutcome({ message: "Partly applied.", steps }, ["Journal: /j"])).toBe(`Outcome
  Partly applied.
  Journal: /j
  failed: 2. switch account p1 off: because? of 1
  not verified: 5. switch account p4 off: because? of 4
  skipped: 3 steps (3-4, 6): cancelled
`);
});
