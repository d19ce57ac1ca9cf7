/** A plan on the screen, and its findings on files that are edited meanwhile. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type LineEdit, moveNotes } from "../../client/src/plan/moveNotes.ts";
import { foldsOf, isCurrent, nodesOf, type ShownPlan, textOf, titleOf } from "../../client/src/plan/shownPlan.ts";
import type { PlanViewNote } from "../../server/src/lsp/protocol/planView.ts";

const TEXT = "Plan for prod\n\nAccess\n  + a, b and 2 more join\n      a, b, c, d\n\nNumbers.\n";
const leaf = { kind: "quiet", holdsPeople: false, nodes: [] } as const;
const SHOWN: ShownPlan = {
  kind: "plan",
  folder: "/project",
  name: "prod",
  plan: {
    organization: "prod",
    organizationTitle: "Acme",
    text: TEXT,
    fingerprint: "f",
    isEmpty: false,
    isApplyable: true,
    summary: "2 people",
    refusals: [],
  },
  view: {
    outline: {
      nodes: [
        { ...leaf, text: "Plan for prod", line: 0, last: 0 },
        {
          ...leaf,
          text: "Access",
          line: 2,
          last: 4,
          nodes: [{ ...leaf, text: "+ a, b and 2 more join", line: 3, last: 4, holdsPeople: true }],
        },
      ],
      links: [],
    },
    notes: [],
    markdown: "",
    createdAt: "2026-11-23T12:00:00.000Z",
  },
};
const DONE = { ...SHOWN, report: "Outcome\n  Applied: 2 done.\n  Journal: /j\n" };

test("sections and people fold, the outcome too", () => {
  expect(foldsOf(nodesOf(SHOWN))).toEqual([
    { first: 2, last: 4, isPeople: false },
    { first: 3, last: 4, isPeople: true },
  ]);
  expect(foldsOf(nodesOf(DONE)).at(-1)).toEqual({ first: 8, last: 10, isPeople: false });
});

test("the outcome stands behind the text, and its lines are those of the outline", () => {
  const lines = textOf(DONE).split("\n");
  const outcome = nodesOf(DONE).at(-1);
  expect(textOf(SHOWN)).toBe(TEXT);
  expect(lines[outcome?.line ?? -1]).toBe("Outcome");
  for (const { line, text } of outcome?.nodes ?? []) expect(lines[line]?.trim()).toBe(text);
});

test("a plan and its reverse have tabs of their own", () =>
  expect([titleOf(SHOWN), titleOf({ ...SHOWN, kind: "undo" })]).toEqual(["Plan: prod", "Undo: prod"]));

test("what is applied as it is: young, not applied yet, and of these files", () => {
  const made = Date.parse(SHOWN.view.createdAt);
  expect(isCurrent(SHOWN, made + 60_000)).toBe(true);
  expect(isCurrent(SHOWN, made + 16 * 60_000)).toBe(false);
  expect(isCurrent(DONE, made)).toBe(false);
  expect(isCurrent({ ...SHOWN, view: { ...SHOWN.view, outdated: "a.yaml changed" } }, made)).toBe(false);
});

const note = (first: number, last = first): PlanViewNote => ({
  uri: "file:///a",
  start: { line: first, character: 4 },
  end: { line: last, character: 9 },
  severity: "info",
  code: "held-back",
  message: "",
});
const edit = (first: number, last: number, lineEnds: number, isWholeLines = false): LineEdit => ({
  first,
  last,
  lineEnds,
  isWholeLines,
});

/** Notes on lines 3 and 5 to 6, an edit, and the first lines of the notes that stay. */
const EDITS: Readonly<Record<string, readonly [readonly LineEdit[], readonly number[]]>> = {
  "below everything": [[edit(9, 9, 3)], [3, 5]],
  "within a line above": [[edit(1, 1, 0)], [3, 5]],
  "a new line above": [[edit(1, 1, 1)], [4, 6]],
  "a new line before the noted one": [[edit(3, 3, 1, true)], [4, 6]],
  "lines taken out above": [[edit(0, 2, 0, true)], [1, 3]],
  "the noted line itself": [[edit(3, 3, 0)], [5]],
  "one of two noted lines, taken out": [[edit(6, 7, 0, true)], [3]],
  "the line between": [[edit(4, 4, 0)], [3, 5]],
  "two at once": [[edit(0, 0, 2), edit(5, 5, 0)], [5]],
};

for (const [title, [edits, lines]] of Object.entries(EDITS))
  test(`findings and an edit: ${title}`, () =>
    expect(moveNotes([note(3), note(5, 6)], edits).map(({ start }) => start.line)).toEqual(lines));

test("every stage and section that a plan may have is a heading in its language", () => {
  const sections = readFileSync("server/src/core/sync/render/planSections.ts", "utf8");
  const grammar = readFileSync("syntaxes/plan.tmLanguage.json", "utf8");
  const names = [
    ...(/const STAGES = \[(.*)\]/.exec(sections)?.[1]?.matchAll(/"([^"]+)"/g) ?? []),
    ...sections.matchAll(/heading: "([^"]+)"/g),
  ].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect(grammar).toMatch(new RegExp(`[:|]${name}[|)]`));
});
