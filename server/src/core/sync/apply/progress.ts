/** Where an interrupted run of a plan stands: what is finished, what may be half done, and what nobody has touched. */

import type { JournalState } from "../journal/journal.ts";
import type { Change, Plan } from "../plan.ts";
import type { StepReport } from "./types.ts";

export interface Progress {
  /** Reports of finished steps, at the step's place among the changes; empty places are still to do. */
  readonly reports: readonly (StepReport | undefined)[];
  /** Changes that were begun, whatever came of them. */
  readonly begun: ReadonlySet<Change>;
  /** Changes that were begun and have no outcome: live facts may be anywhere between before and after. */
  readonly interrupted: ReadonlySet<Change>;
}

/** Without a journal everything is still to do. The journal must be of this very plan. */
export function progressOf({ changes }: Plan, state: JournalState | undefined): Progress {
  const inFlight = new Set(state?.inFlight);
  return {
    reports: changes.map((change, index) => {
      const end = state?.outcomes.get(index + 1);
      return end && { step: index + 1, change, ...end };
    }),
    begun: new Set(changes.filter((_, index) => state?.intents.has(index + 1))),
    interrupted: new Set(changes.filter((_, index) => inFlight.has(index + 1))),
  };
}

/** Changes that have no outcome yet. */
export function openChanges({ changes }: Plan, { reports }: Progress): readonly Change[] {
  return changes.filter((_, index) => !reports[index]);
}
