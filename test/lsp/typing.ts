/** Typing into texts that may be anything: the server has to answer, within the text, and as if it read it for the first time. */

import { expect } from "vitest";
import type { Diagnostic, Position } from "vscode-languageserver/node";
import type { ServerProcess } from "./serverProcess.ts";

const FILE = "a.accessmap.yaml";

/** A text put in at a share of the whole. */
export type Insertion = readonly [share: number, text: string];

export const KEYS: readonly Insertion[] = [
  [0.5, "x"],
  [1, "\n  - group: dd-sre\n"],
];

/** What opens and breaks structures, and what people type before and behind a text they pasted. */
export const MORE_KEYS: readonly Insertion[] = [...KEYS, [0.5, "\n"], [0, "mappings:\n"], [0.3, '"'], [0.7, "["]];

/** Opens the text, types into it, takes that back; after all of it the findings are those of a text read for the first time. */
export async function typeInto(server: ServerProcess, text: string, insertions: readonly Insertion[]): Promise<void> {
  server.open(FILE, text);
  const first = await server.findings(FILE);
  expectInside(first, text);
  for (const [share, inserted] of insertions) {
    const at = Math.floor(text.length * share);
    const typed = text.slice(0, at) + inserted + text.slice(at);
    server.edit(FILE, { start: positionAt(text, at), end: positionAt(text, at) }, inserted);
    const incremental = await server.findings(FILE);
    expectInside(incremental, typed);
    server.close(FILE);
    server.open(FILE, typed);
    expect(await server.findings(FILE)).toEqual(incremental);
    server.replace(FILE, text);
  }
  expect(await server.findings(FILE)).toEqual(first);
  server.close(FILE);
  expect(server.takeLog().filter((line) => line.includes("failed"))).toEqual([]);
}

function expectInside(found: readonly Diagnostic[], text: string): void {
  const end = positionAt(text, text.length);
  for (const { range } of found) {
    expect(comesBefore(range.start, range.end)).toBe(true);
    expect(comesBefore(range.end, end)).toBe(true);
  }
}

function comesBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

/** As the protocol counts: UTF-16 units, any line break. */
function positionAt(text: string, offset: number): Position {
  let [line, start] = [0, 0];
  for (const { index, 0: brk } of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line++;
    start = index + brk.length;
  }
  return { line, character: offset - start };
}
