/** Rows of what earlier pushes did, as their journals tell it. */

import { countOf } from "../../analysis/words.ts";
import type { JournalState } from "../../sync/journal/journal.ts";
import { describeChange } from "../../sync/render/describeChange.ts";
import { EMPTY, type Level, levelOf, type Row, saying, type Tone } from "./row.ts";

/** An apply: `key` names its journal, which is at `file`. */
export interface Recorded {
  readonly key: string;
  readonly file: string;
  readonly state: JournalState;
}

/** The latest first. `older`: applies that were not looked at. */
export function journalLevel(recorded: readonly Recorded[], older: number): Level {
  if (recorded.length === 0) return saying("Nothing was pushed from this folder yet");
  const level = levelOf(recorded, ({ key }) => key, applyRow, "");
  return { ...level, hidden: older };
}

function applyRow({ key, file, state }: Recorded): Row {
  const { start } = state;
  const tone = toneOf(state);
  return {
    key,
    kind: "apply",
    label: start ? `${start.at.slice(0, 10)} ${start.at.slice(11, 16)} UTC` : key,
    detail: describe(state),
    ...(start ? { tooltip: [start.text, ...(start.actor ? [`by ${start.actor.handle}`] : [])].join("\n") } : {}),
    opens: true,
    place: { file, line: 0, column: 0 },
    ...(tone ? { tone } : {}),
  };
}

function describe({ start, ended, outcomes, inFlight }: JournalState): string {
  const of = (...wanted: readonly string[]) =>
    [...outcomes.values()].filter(({ result }) => wanted.includes(result)).length;
  const [done, failed, skipped] = [of("done", "already"), of("failed", "unverified"), of("skipped")];
  return [
    `${done} of ${countOf(start?.steps ?? outcomes.size, "step")} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(ended ? [] : [inFlight.length > 0 ? "interrupted in the middle of a step" : "interrupted"]),
  ].join(" · ");
}

function toneOf({ ended, outcomes }: JournalState): Tone | undefined {
  const results = [...outcomes.values()].map(({ result }) => result);
  if (results.includes("failed") || results.includes("unverified")) return "error";
  return ended ? undefined : "warning";
}

/** The steps that were begun, with what came of them. */
export function applyLevel(state: JournalState, filter: string): Level {
  const steps = [...state.intents].map(([step, change]) => ({ step, change, end: state.outcomes.get(step) }));
  if (steps.length === 0) return EMPTY;
  return levelOf(
    steps,
    ({ change }) => describeChange(change),
    ({ step, change, end }): Row => {
      const tone =
        end === undefined ? "unknown" : end.result === "failed" || end.result === "unverified" ? "error" : undefined;
      return {
        key: String(step),
        kind: "step",
        label: describeChange(change),
        detail: end?.result ?? "outcome unknown",
        tooltip: [describeChange(change), ...(end?.detail ? [end.detail] : [])].join("\n"),
        ...(tone ? { tone } : {}),
      };
    },
    filter,
  );
}
