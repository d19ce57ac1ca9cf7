/** Fixes offered at a selection, and all safe ones at once. */

import { expect, test } from "vitest";
import { fixAllSafe, fixesAt } from "../../server/src/core/features/codeActions.ts";
import type { Edit, Fix, Problem } from "../../server/src/core/model/problem.ts";
import { applyEdits } from "../../server/src/core/syntax/edit.ts";

const TEXT = "roles: [SRF, Admin]\n";

function problem(start: number, end: number, fixes: readonly Fix[]): Problem {
  const place = { file: "a", span: { start, end } };
  return { rule: "ref/unknown-role", severity: "error", place, message: "no such role", fixes, related: [] };
}

function replace(start: number, end: number, text: string): Edit {
  return { file: "a", span: { start, end }, text };
}

const rename: Fix = { title: "Change to SRE", edits: [replace(8, 11, "SRE")], preferred: true };
const remove: Fix = { title: "Remove", edits: [replace(8, 13, "")] };
const sort: Fix = { title: "Sort", edits: [replace(8, 18, "Admin, SRF")], safe: true };
const trim: Fix = { title: "Trim", edits: [replace(0, 6, "roles")], safe: true };

test("fixes of findings that the cursor touches, the preferred one first", () => {
  const problems = [problem(8, 11, [remove, rename]), problem(13, 18, [sort])];
  expect(fixesAt(problems, { start: 11, end: 11 }).map(({ title }) => title)).toEqual(["Change to SRE", "Remove"]);
  expect(fixesAt(problems, { start: 0, end: 19 })).toHaveLength(3);
  expect(fixesAt(problems, { start: 0, end: 2 })).toEqual([]);
});

test("only safe fixes are applied together, and never two to the same text", () => {
  const other: Fix = { title: "Drop", edits: [replace(13, 18, "")], safe: true };
  const problems = [problem(8, 11, [rename]), problem(8, 18, [sort]), problem(13, 18, [other]), problem(0, 6, [trim])];
  expect(applyEdits(TEXT, fixAllSafe(problems))).toBe("roles [Admin, SRF]\n");
});

test("two insertions at one place are not applied together", () => {
  const insert = (text: string): Fix => ({ title: text, edits: [replace(0, 0, text)], safe: true });
  expect(applyEdits(TEXT, fixAllSafe([problem(0, 1, [insert("a")]), problem(0, 1, [insert("b")])]))).toBe(`a${TEXT}`);
});
