/** One check function per editor feature: a fixture with a cursor goes in, the answer is compared as text. */

import { expect } from "vitest";
import { type Completions, completionsFor } from "../../server/src/core/features/completion.ts";
import { hover } from "../../server/src/core/features/hover.ts";
import { lineStarts, type Place, positionAt } from "../../server/src/core/model/text.ts";
import { expectText } from "../support/expectText.ts";
import { type Fixture, parseFixture } from "../support/fixture.ts";

const TEST_RULES = [
  { id: "priv/destructive", severity: "warning" },
  { id: "priv/admin-broad-group", severity: "error" },
  { id: "exp/expired", severity: "error" },
];

/** Lines of `label  detail`, in the order offered. Parts are separated by two blanks or more. */
export function checkCompletion(text: string, expected: string): void {
  const items = completionsOf(text)?.items ?? [];
  const lines = items.map(({ label, detail }) => (detail ? `${label}  ${detail}` : label));
  expectText(lines.join("\n"), expected.replace(/(\S) {2,}/g, "$1  "));
}

/** Labels alone, for lists in which the details do not matter. */
export function checkLabels(text: string, expected: readonly string[]): void {
  expect(completionsOf(text)?.items.map(({ label }) => label) ?? []).toEqual(expected);
}

/** The text after the completion with this label was chosen; stops of a snippet are left out. */
export function checkInsert(text: string, label: string, expected: string): void {
  const fixture = parseFixture(text);
  const found = completionsOf(text);
  const item = found?.items.find((candidate) => candidate.label === label);
  if (!found || !item)
    throw new Error(`"${label}" is not offered: ${found?.items.map((other) => other.label).join(", ")}`);
  const { file, offset } = cursorOf(fixture);
  const before = fixture.files.get(file) ?? "";
  const lineStart = before.lastIndexOf("\n", offset - 1) + 1;
  const indent = /^ */.exec(before.slice(lineStart))?.[0] ?? "";
  const insert = item.insert.replaceAll("\n", `\n${indent}`);
  expectText(before.slice(0, found.span.start) + insert + before.slice(found.span.end), expected);
}

export function completionsOf(text: string): Completions | undefined {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  return completionsFor(fixture.snapshot, { file, offset, text: fixture.files.get(file) ?? "", rules: TEST_RULES });
}

export function cursorOf(fixture: Fixture): { readonly file: string; readonly offset: number } {
  if (!fixture.cursor) throw new Error("The fixture has no $0");
  return fixture.cursor;
}

/** The Markdown of a hover, for tests that look for one line of it. */
export function hoverOf(text: string): string | undefined {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  return hover(fixture.snapshot, file, fixture.files.get(file) ?? "", offset)?.markdown;
}

/** The Markdown of a hover; with `^^^ hover` below the cursor's line, its extent as well. */
export function checkHover(text: string, expected: string): void {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  const found = hover(fixture.snapshot, file, fixture.files.get(file) ?? "", offset);
  expectText(found?.markdown ?? "nothing", expected);
  for (const marker of fixture.markers.filter((candidate) => candidate.text === "hover")) {
    expect(found?.span).toEqual(marker.span);
  }
}

/** Lines of `file:line:column text` for places that a feature answers with. */
export function renderPlaces(fixture: Fixture, places: readonly Place[]): string {
  return places
    .map(({ file, span }) => {
      const text = fixture.files.get(file) ?? "";
      const { line, column } = positionAt(lineStarts(text), span.start);
      return `${file}:${line + 1}:${column + 1} ${text.slice(span.start, span.end)}`;
    })
    .join("\n");
}
