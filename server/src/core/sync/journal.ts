/** What apply writes down before and after every step, and what a journal that ends early tells. */

import type { Instant } from "../model/time.ts";
import type { Change } from "./plan.ts";

/**
 * `done`: written and read back. `already`: there was nothing left to do. `failed`: the change is not there, or not whole.
 * `unverified`: written, but it could not be read back. `skipped`: what it needed had failed, or the run had ended.
 */
export type StepResult = "done" | "already" | "failed" | "unverified" | "skipped";

/** One line of a journal. `text` says the same for people. */
export type JournalEntry =
  | {
      readonly at: Instant;
      readonly event: "start";
      readonly text: string;
      readonly fingerprint: string;
      readonly organization: { readonly name: string; readonly id: string; readonly site: string };
      readonly steps: number;
      readonly waivers: readonly string[];
    }
  /** Written before the first request of a step; `change` holds what undo needs. Steps count from 1. */
  | {
      readonly at: Instant;
      readonly event: "intent";
      readonly text: string;
      readonly step: number;
      readonly change: Change;
    }
  | {
      readonly at: Instant;
      readonly event: "outcome";
      readonly text: string;
      readonly step: number;
      readonly result: StepResult;
      readonly detail: string;
    }
  | { readonly at: Instant; readonly event: "end"; readonly text: string; readonly status: string };

/** `append` resolves only when the entry would survive a power cut, and rejects when that cannot be had. */
export interface Journal {
  append(entry: JournalEntry): Promise<void>;
}

export interface JournalState {
  readonly fingerprint: string | undefined;
  /** The run came to its end, whatever that was. */
  readonly ended: boolean;
  /** Outcomes by step. */
  readonly outcomes: ReadonlyMap<number, StepResult>;
  /** The step that had begun and has no outcome: nobody knows whether it was written. */
  readonly inFlight: { readonly step: number; readonly change: Change } | undefined;
}

/** What happened, as far as the journal tells. */
export function journalState(entries: readonly JournalEntry[]): JournalState {
  let fingerprint: string | undefined;
  let ended = false;
  let inFlight: JournalState["inFlight"];
  const outcomes = new Map<number, StepResult>();
  for (const entry of entries) {
    if (entry.event === "start") fingerprint = entry.fingerprint;
    else if (entry.event === "end") ended = true;
    else if (entry.event === "intent") inFlight = { step: entry.step, change: entry.change };
    else {
      outcomes.set(entry.step, entry.result);
      if (inFlight?.step === entry.step) inFlight = undefined;
    }
  }
  return { fingerprint, ended, outcomes, inFlight };
}
