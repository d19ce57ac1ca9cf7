/** What apply is given, what it reports on the way, and what it says in the end. */

import type { Cancellation } from "../../model/http.ts";
import type { Instant } from "../../model/time.ts";
import type { TargetWriter } from "../connector.ts";
import type { Journal, JournalState, StepResult } from "../journal/journal.ts";
import type { Change, Refusal } from "../plan.ts";

export interface ApplyContext {
  readonly writer: TargetWriter;
  readonly journal: Journal;
  /** Waivers as in `--allow`: each lifts one refusal of the plan. */
  readonly waivers: readonly string[];
  /** Stops between two steps; a step that has begun is finished. */
  readonly signal: Cancellation;
  readonly now: () => Instant;
  /** Resolves after that many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Waits before each try to read a write back, in milliseconds: Datadog's replicas lag by seconds. Never empty. */
  readonly readBackPatience: readonly number[];
  /** Steps under way at the same time, at most. */
  readonly atOnce: number;
  /** Goes on with an interrupted run of the same plan, from what its journal tells. */
  readonly resumed?: JournalState;
}

/** Suits Datadog: the client keeps the requests themselves within its limits, and steps mostly wait to read back. */
export const STEPS_AT_ONCE = 8;

/** Waits that suit Datadog. */
export const READ_BACK_PATIENCE: readonly number[] = [0, 500, 1500, 3000, 6000];

export type ApplyEvent =
  | { readonly kind: "checking"; readonly facts: number }
  | { readonly kind: "step"; readonly step: number; readonly steps: number; readonly change: Change }
  | { readonly kind: "result"; readonly report: StepReport };

export interface StepReport {
  /** From 1. */
  readonly step: number;
  readonly change: Change;
  readonly result: StepResult;
  /** What happened, for people; empty when there is nothing to add. */
  readonly detail: string;
}

/**
 * `done`: every step is done or was already. `partial`: some step is not. `refused`: nothing was written, and why.
 * `stopped`: a failure ended the run early. `cancelled`: somebody did.
 */
export type ApplyStatus = "done" | "partial" | "refused" | "stopped" | "cancelled";

export interface ApplyOutcome {
  readonly status: ApplyStatus;
  /** The numbers, and why it ended early if it did. */
  readonly summary: string;
  /** The same with the first failures by name. */
  readonly message: string;
  /** Why nothing was written (`refused`), or why the run ended early (`stopped`). */
  readonly reasons: readonly string[];
  /** Guards that no waiver lifted. */
  readonly refusals: readonly Refusal[];
  /** One per change of the plan, in order; empty when refused. */
  readonly steps: readonly StepReport[];
  readonly counts: Readonly<Record<StepResult, number>>;
  /** Requests sent, retries included. */
  readonly requests: number;
}
