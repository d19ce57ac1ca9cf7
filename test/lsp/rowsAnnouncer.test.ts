/** News of rows are gathered: by a clock of the test's own. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection } from "vscode-languageserver";
import type { Project } from "../../server/src/lsp/projects.ts";
import { createRowsAnnouncer } from "../../server/src/lsp/rowsAnnouncer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function announcer() {
  const told: string[] = [];
  const sendNotification = async (_: string, { folder }: { readonly folder: string }) => void told.push(folder);
  const rows = createRowsAnnouncer({ sendNotification } as unknown as Connection);
  return { rows, told, change: (folder: string) => rows.changed({ folder } as Project) };
}

test("nobody is told before somebody asked for rows", () => {
  const { told, change } = announcer();
  change("/a");
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});

test("what changes within a pause is told once, for each project", () => {
  const { rows, told, change } = announcer();
  rows.begin();
  for (let edits = 0; edits < 6; edits++) change("/a");
  change("/b");
  vi.advanceTimersByTime(299);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(["/a", "/b"]);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(2);
});

test("typing without a pause is told of every two seconds", () => {
  const { rows, told, change } = announcer();
  rows.begin();
  for (let time = 0; time < 10_000; time += 100) {
    change("/a");
    vi.advanceTimersByTime(100);
  }
  expect(told).toHaveLength(5);
});
