/** Adds up what the steps of an apply came to. Success is claimed only when every step is done. */

import { countOf } from "../../analysis/words.ts";
import { liftText } from "../guards/waivers.ts";
import type { StepResult } from "../journal/journal.ts";
import type { Plan, Refusal } from "../plan.ts";
import { describeChange } from "../render/describeChange.ts";
import type { ApplyContext, ApplyOutcome, ApplyStatus, StepReport } from "./types.ts";

/** Why the steps ended before the last one. */
export interface ApplyEnd {
  readonly isCancelled?: boolean;
  readonly stop?: string;
}

/** Failures named in the message; the steps hold them all. */
const MOST_NAMED = 5;

/** An apply that wrote nothing at all. */
export function notStarted(
  { writer }: ApplyContext,
  why: {
    readonly status: "refused" | "cancelled";
    readonly refusals?: readonly Refusal[];
    readonly reasons?: readonly string[];
  },
): ApplyOutcome {
  const { status, refusals = [], reasons = [] } = why;
  const words = [
    ...refusals.map((refusal) => `${refusal.guard}: ${refusal.message} (${liftText(refusal)})`),
    ...reasons,
  ];
  const message =
    status === "cancelled" ? "Cancelled; nothing was written." : `Nothing was written: ${words.join("; ")}.`;
  return {
    status,
    summary: message,
    message,
    reasons,
    refusals,
    steps: [],
    counts: countResults([]),
    requests: writer.requests(),
  };
}

/** The outcome of steps that began. Those that never began are `skipped`. */
export function outcomeOf(
  plan: Plan,
  reports: readonly (StepReport | undefined)[],
  end: ApplyEnd,
  { writer }: ApplyContext,
): ApplyOutcome {
  const reason = end.isCancelled ? "cancelled" : "the run ended before this step";
  const steps: StepReport[] = plan.changes.map(
    (change, index) => reports[index] ?? { step: index + 1, change, result: "skipped", detail: reason },
  );
  const counts = countResults(steps);
  const status = statusOf(counts, end);
  const summary = [...numbers(status, steps.length, counts), ...reasonOf(steps, end)].join(" ");
  return {
    status,
    summary,
    message: [summary, ...named(steps)].join(" "),
    reasons: end.stop === undefined ? [] : [end.stop],
    refusals: [],
    steps,
    counts,
    requests: writer.requests(),
  };
}

/** With one more sentence that nobody may miss. */
export function adding(outcome: ApplyOutcome, sentence: string): ApplyOutcome {
  return { ...outcome, summary: `${outcome.summary} ${sentence}`, message: `${outcome.message} ${sentence}` };
}

function statusOf(counts: ApplyOutcome["counts"], end: ApplyEnd): ApplyStatus {
  if (end.stop !== undefined) return "stopped";
  if (end.isCancelled) return "cancelled";
  return counts.failed + counts.unverified + counts.skipped === 0 ? "done" : "partial";
}

function numbers(status: ApplyStatus, steps: number, counts: ApplyOutcome["counts"]): string[] {
  if (steps === 0) return ["There was nothing to do."];
  const parts = (["done", "already", "failed", "unverified", "skipped"] as const)
    .filter((result) => counts[result] > 0)
    .map((result) => `${counts[result]} ${WORDS[result]}`);
  const head = {
    done: "Applied",
    partial:
      counts.done + counts.already > 0 ? "Partly applied" : counts.unverified > 0 ? "Perhaps applied" : "Not applied",
    stopped: "Stopped",
    cancelled: "Cancelled",
    refused: "Refused",
  };
  return [`${head[status]}: ${parts.join(", ")} of ${countOf(steps, "step")}.`];
}

/** Why the run ended, unless the step that ended it is named anyway. */
function reasonOf(steps: readonly StepReport[], { stop }: ApplyEnd): string[] {
  if (stop === undefined || steps.some((step) => isBad(step) && step.detail === stop)) return [];
  return [`${stop}${stop.endsWith(".") ? "" : "."}`];
}

const WORDS: Readonly<Record<StepResult, string>> = {
  done: "done",
  already: "already so",
  failed: "failed",
  unverified: "not verified",
  skipped: "skipped",
};

function named(steps: readonly StepReport[]): string[] {
  const bad = steps.filter(isBad);
  const lines = bad
    .slice(0, MOST_NAMED)
    .map(({ change, result, detail }) => `${describeChange(change)} ${WORDS[result]}: ${detail}.`);
  return bad.length > MOST_NAMED ? [...lines, `${bad.length - MOST_NAMED} more did not succeed.`] : lines;
}

function isBad({ result }: StepReport): boolean {
  return result === "failed" || result === "unverified";
}

function countResults(steps: readonly StepReport[]): Record<StepResult, number> {
  const counts: Record<StepResult, number> = { done: 0, already: 0, failed: 0, unverified: 0, skipped: 0 };
  for (const { result } of steps) counts[result]++;
  return counts;
}
