/** One check function per kind of test: a fixture goes in, differences come out. */

import { expect } from "vitest";
import { check } from "../../server/src/core/analysis/check.ts";
import type { Fix, Problem } from "../../server/src/core/model/problem.ts";
import { lineStarts, positionAt } from "../../server/src/core/model/text.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { applyEdits } from "../../server/src/core/syntax/edit.ts";
import { noteFix, noteFixture } from "./duties.ts";
import { expectText } from "./expectText.ts";
import { type Fixture, type Marker, parseFixture } from "./fixture.ts";

export interface CheckOptions {
  /** Only findings of these rules count: for a test whose fixture is bound to trip others too. */
  readonly only?: readonly string[];
}

/** Findings and markers must match one to one. A marker may leave out the message; `[fix]` demands a fix. */
export function checkProblems(text: string, options: CheckOptions = {}): void {
  const fixture = parseFixture(text);
  const observed = problemsOf(fixture, options);
  noteFixture(fixture, observed);
  const missing = [...fixture.markers];
  const surplus: string[] = [];
  for (const problem of observed) {
    const index = missing.findIndex((marker) => matches(fixture, marker, problem));
    if (index >= 0) missing.splice(index, 1);
    else surplus.push(render(fixture, problem));
  }
  const report = [
    ...missing.map((marker) => `expected, not found: ${renderMarker(fixture, marker)}`),
    ...surplus.map((problem) => `found, not expected: ${problem}`),
  ];
  if (report.length > 0) expect.fail(`findings and markers differ\n${report.join("\n")}`);
}

/** Applies the fix with this title, which exactly one finding must offer, and compares the file it changes. */
export function checkFix(text: string, title: string, expected: string, options: CheckOptions = {}): void {
  const fixture = parseFixture(text);
  const offered = problemsOf(fixture, options).flatMap((problem) => problem.fixes);
  const chosen = offered.filter((fix) => fix.title === title);
  expect(chosen.length, `fixes offered: ${offered.map((fix) => fix.title).join("; ")}`).toBeGreaterThan(0);
  const [fix] = chosen as [Fix];
  const [file] = new Set(fix.edits.map((edit) => edit.file));
  expectText(applyEdits(fixture.files.get(file ?? "") ?? "", fix.edits), expected);
  noteFix(title);
}

/** Findings of a fixture, in the order the product shows them. */
export function problemsOf(fixture: Fixture, { only }: CheckOptions = {}): readonly Problem[] {
  return check(fixture.snapshot, RULES).filter(({ rule }) => only?.includes(rule) ?? rule !== TERSE);
}

/** Counts where it is asked for: fixtures are terse, and many a mapping in them gives nothing. */
const TERSE = "hyg/gives-nothing";

function matches(fixture: Fixture, marker: Marker, problem: Problem): boolean {
  const { file, span } = firstLineOf(fixture, problem);
  if (marker.file !== file || marker.span.start !== span.start || marker.span.end !== span.end) return false;
  const wanted = words(marker);
  const [head, message] = wanted.text.split(/: (.*)/s, 2);
  if (head !== `${problem.severity} ${problem.rule}`) return false;
  return (!message || message === problem.message) && (!wanted.fix || problem.fixes.length > 0);
}

function words({ text }: Marker): { text: string; fix: boolean } {
  const fix = text.endsWith("[fix]");
  return { text: fix ? text.slice(0, -"[fix]".length).trimEnd() : text, fix };
}

function firstLineOf(fixture: Fixture, { place }: Problem): Problem["place"] {
  const end = (fixture.files.get(place.file) ?? "").slice(0, place.span.end).indexOf("\n", place.span.start);
  return end < 0 ? place : { file: place.file, span: { start: place.span.start, end } };
}

function render(fixture: Fixture, problem: Problem): string {
  const { file, span } = firstLineOf(fixture, problem);
  const fix = problem.fixes.length > 0 ? ` [${problem.fixes.map(({ title }) => title).join("; ")}]` : "";
  return `${where(fixture, file, span)} ${problem.severity} ${problem.rule}: ${problem.message}${fix}`;
}

function renderMarker(fixture: Fixture, { file, span, text }: Marker): string {
  return `${where(fixture, file, span)} ${text}`;
}

function where(fixture: Fixture, file: string, span: { start: number; end: number }): string {
  const text = fixture.files.get(file) ?? "";
  const { line, column } = positionAt(lineStarts(text), span.start);
  return `${file}:${line + 1}:${column + 1}-${column + 1 + span.end - span.start} ${JSON.stringify(text.slice(span.start, span.end))}`;
}
