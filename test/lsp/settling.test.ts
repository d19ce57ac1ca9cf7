/** What rests on whole organizations waits for a pause that is as long as it takes, also where typing never let it end. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Project } from "../../server/src/lsp/projects.ts";
import { createSettling } from "../../server/src/lsp/settling.ts";

let now = 0;

beforeEach(() => {
  now = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.spyOn(performance, "now").mockImplementation(() => now);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A project with as many steps to take, each of which lasts as many milliseconds. */
function projectOf(steps: number, each: number) {
  const taken = { count: 0 };
  const settleStep = () => {
    taken.count++;
    now += each;
    return taken.count < steps;
  };
  return { taken, project: { workspace: { settleStep } } as unknown as Project };
}

test("what takes no time settles at once", () => {
  const { project, taken } = projectOf(3, 1);
  const settled = vi.fn();
  createSettling(settled).begin(project);
  vi.advanceTimersByTime(0);
  expect(taken.count).toBe(3);
  expect(settled).toHaveBeenCalledOnce();
});

test("who types on waits for a long step once, not with every key", () => {
  const { project, taken } = projectOf(100, 300);
  const settling = createSettling(() => {});
  settling.begin(project);
  vi.advanceTimersByTime(0);
  expect(taken.count).toBe(1);
  settling.cancel(project);
  settling.begin(project);
  vi.advanceTimersByTime(499);
  expect(taken.count).toBe(1);
  vi.advanceTimersByTime(1);
  expect(taken.count).toBe(2);
});
