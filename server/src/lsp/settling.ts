/**
 * What rests on whole organizations, found out when typing pauses for as long as that takes.
 *
 * Most projects settle within a turn, at once. Where thousands of people and mappings are added up, the work waits until
 * nobody has typed for about its own length, goes on in short turns, and is dropped at the next edit.
 */

import type { Project } from "./projects.ts";

export interface Settling {
  /** Begins anew: something was edited or read. */
  begin(project: Project): void;
  cancel(project: Project): void;
  dispose(): void;
}

/** A turn ends after so many milliseconds, so that a keystroke or question need not wait longer for its own. */
const TURN_MS = 8;
/** No pause is longer. */
const LONGEST_PAUSE_MS = 500;

interface Work {
  timer: NodeJS.Timeout;
  spent: number;
}

/** `onSettled` is called when everything about the project has been found out. */
export function createSettling(onSettled: (project: Project) => void): Settling {
  const works = new Map<Project, Work>();
  /** What settling took last, or has taken at least, in milliseconds of work. */
  const costs = new WeakMap<Project, number>();

  function turn(project: Project, work: Work): void {
    const started = performance.now();
    let isLeft = true;
    while (isLeft && performance.now() - started < TURN_MS) isLeft = project.workspace.settleStep();
    work.spent += performance.now() - started;
    if (isLeft) {
      work.timer = setTimeout(() => turn(project, work), 0);
      return;
    }
    works.delete(project);
    costs.set(project, work.spent);
    onSettled(project);
  }

  function cancel(project: Project): void {
    const work = works.get(project);
    if (!work) return;
    clearTimeout(work.timer);
    works.delete(project);
    // Who types on never lets it end: without this every keystroke would wait for the same first step.
    if (work.spent > costOf(project)) costs.set(project, work.spent);
  }

  function costOf(project: Project): number {
    return costs.get(project) ?? 0;
  }

  return {
    begin(project) {
      cancel(project);
      const cost = costOf(project);
      const pause = cost < TURN_MS ? 0 : Math.min(2 * cost, LONGEST_PAUSE_MS);
      const work: Work = { spent: 0, timer: setTimeout(() => turn(project, work), pause) };
      works.set(project, work);
    },
    cancel,
    dispose() {
      for (const { timer } of works.values()) clearTimeout(timer);
      works.clear();
    },
  };
}
