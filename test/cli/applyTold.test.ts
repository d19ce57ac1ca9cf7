/** What an apply tells when guards stop it, and what somebody does after it. */

import { expect, test } from "vitest";
import { refusalText, whatNext } from "../../server/src/cli/support/applyTold.ts";

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
