/** What an apply tells when guards stop it, and what somebody does after it. */

import { expect, test } from "vitest";
import { progressTo, refusalText, whatNext } from "../../server/src/cli/support/applyTold.ts";
import { openTerminal } from "../../server/src/cli/support/terminal.ts";
import type { ApplyEvent } from "../../server/src/core/sync/apply/apply.ts";
import type { Change } from "../../server/src/core/sync/plan.ts";

const refusals = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    guard: "lock/emptied",
    object: `role=R${index}`,
    message: `R${index} would be empty`,
    waiver: `lock/emptied:role=R${index}`,
  }));
const told = (index: number) => `R${index} would be empty (lifted by --allow lock/emptied:role=R${index})`;

test.each([
  ["few are named again", 2, true, `${told(0)}; ${told(1)}`],
  ["many stand above", 4, true, "guards refuse the plan 4 times; what, and what lifts it, stands above under Refused"],
  [
    "many that nobody has seen are listed",
    4,
    false,
    `guards refuse the plan\n  ${told(0)}\n  ${told(1)}\n  ${told(2)}\n  ${told(3)}`,
  ],
])("%s", (_, count, isShown, expected) => expect(refusalText(refusals(count), isShown)).toBe(expected));

test("of an apply there is a bar of the steps that ended, those of an interrupted run with them", () => {
  const told: unknown[] = [];
  const terminal = { ...openTerminal(), progress: (...line: unknown[]) => told.push(line) };
  const team = { id: "t1", name: "sre" };
  const change: Change = { action: "set-members", through: "scim", team, grants: [], revokes: [], keeps: [] };
  const step = { kind: "step", step: 3, steps: 4, change } as const;
  const result = { kind: "result", report: { step: 3, change, result: "done", detail: "" } } as const;
  const events: ApplyEvent[] = [{ kind: "checking", facts: 9 }, step, result];
  events.forEach(progressTo(terminal, 2));
  const next = expect.stringContaining("sre");
  expect(told).toEqual([
    ["apply", { what: "reading 9 facts again" }],
    ["apply", { what: "steps", done: 2, total: 4, next }],
    ["apply", { what: "steps", done: 3, total: 4, next }],
  ]);
});

const NONE = { done: 0, already: 0, failed: 0, unverified: 0, skipped: 0 };

test.each<[string, Parameters<typeof whatNext>, string | undefined]>([
  ["all done", [{ status: "done", counts: { ...NONE, done: 2 } }, {}, false], undefined],
  [
    "refused, because something moved",
    [{ status: "refused", counts: NONE }, {}, false],
    "What is to do as things are now: `accessmap plan` shows it, and makes a new plan.",
  ],
  [
    "an undo refused",
    [{ status: "refused", counts: NONE }, { undoes: "2026-11-23T12:00:00.000Z" }, false],
    "What is to do as things are now: `accessmap undo` shows it, and makes a new plan.",
  ],
  [
    "resuming refused: the apply is open still",
    [{ status: "refused", counts: NONE }, {}, true],
    "The apply stays open: put that right and resume, or close it with `accessmap apply --abandon`; then `accessmap plan` shows what is to do.",
  ],
  [
    "cancelled after a step",
    [{ status: "cancelled", counts: { ...NONE, done: 1, skipped: 1 } }, {}, false],
    "What is left: `accessmap plan` shows it, `accessmap apply` does it, and `accessmap undo` takes back what was done.",
  ],
  [
    "stopped before a step",
    [{ status: "stopped", counts: { ...NONE, failed: 1 } }, {}, false],
    "What is left: `accessmap plan` shows it, `accessmap apply` does it.",
  ],
  [
    "an undo in part",
    [{ status: "partial", counts: { ...NONE, done: 1, failed: 1 } }, { undoes: "2026-11-23T12:00:00.000Z" }, false],
    "What is left: `accessmap undo` plans it once more, and `accessmap plan` shows where Datadog and the files differ.",
  ],
])("next: %s", (_, given, expected) => expect(whatNext(...given)).toBe(expected));
