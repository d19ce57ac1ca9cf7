/** What apply writes down before and after every step, and what a journal that ends early tells. */

import type { Instant } from "../../model/time.ts";
import type { Change } from "../plan.ts";

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
      /** Who writes: what the audit trail tells of it was this apply. */
      readonly actor?: { readonly id: string; readonly handle: string };
      /** Of an undo: when the apply began that it takes back. */
      readonly undoes?: Instant;
    }
  /** An interrupted run goes on in the same journal. */
  | { readonly at: Instant; readonly event: "resume"; readonly text: string }
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
  /** `status` is that of the apply, or `abandoned` when somebody closed an interrupted one. */
  | { readonly at: Instant; readonly event: "end"; readonly text: string; readonly status: string };

/** `append` resolves only when the entry would survive a power cut, and rejects when that cannot be had. */
export interface Journal {
  append(entry: JournalEntry): Promise<void>;
}

export type JournalStart = Extract<JournalEntry, { readonly event: "start" }>;

/** What became of a step that was finished. */
export interface StepEnd {
  readonly result: StepResult;
  readonly detail: string;
}

export interface JournalState {
  /** Undefined when the run did not come so far as to begin. */
  readonly start: JournalStart | undefined;
  /** The run came to its end, whatever that was. */
  readonly ended: boolean;
  /** Of the last line; empty while there is none. */
  readonly lastAt: Instant;
  /** Every step that was begun, with what it meant to do. */
  readonly intents: ReadonlyMap<number, Change>;
  readonly outcomes: ReadonlyMap<number, StepEnd>;
  /** Steps that were begun and have no outcome: nobody knows whether they were written. */
  readonly inFlight: readonly number[];
}

/** An apply that began, as its journal tells it. */
export interface RecordedApply {
  readonly start: JournalStart;
  readonly state: JournalState;
}

/** The same with the journal that tells it, as a path below the project's folder. */
export interface KeptApply extends RecordedApply {
  readonly journal: string;
}

/** What an undo takes back, and what it does not. */
export interface ToUndo {
  readonly apply: KeptApply;
  /** Applies right before it that did not come to their end, the latest first: for whoever applied again it was all one. */
  readonly before: readonly KeptApply[];
}

/** The last applies to an organization, the latest first. */
export interface LatestApplies {
  readonly applies: readonly RecordedApply[];
  /** Why older ones are not known, e.g. because a journal is damaged. */
  readonly unread?: string;
}

/** Every step came to what was planned. */
export function isWhole({ start, state: { outcomes } }: RecordedApply): boolean {
  return [...outcomes.values()].filter(isThere).length === start.steps;
}

/** What a step was for is there, whoever brought it about. */
export function isThere(end: Pick<StepEnd, "result"> | undefined): boolean {
  return end?.result === "done" || end?.result === "already";
}

/**
 * What an undo takes back, among applies with the latest first: the last one. Where that is an undo which did not come to its
 * end, it is once more what that was to take back; what is taken back already is found so.
 */
export async function whatToUndo(applies: AsyncIterable<KeptApply>): Promise<ToUndo | undefined> {
  let last: KeptApply | undefined;
  let found: KeptApply | undefined;
  const before: KeptApply[] = [];
  for await (const apply of applies) {
    if (found) {
      if (apply.start.undoes !== undefined || isWhole(apply)) break;
      before.push(apply);
      continue;
    }
    last ??= apply;
    if (last.start.undoes === undefined || isWhole(last) || apply.start.at === last.start.undoes) found = apply;
    if (found?.start.undoes !== undefined) break;
  }
  const apply = found ?? last;
  return apply && { apply, before };
}

export const NO_APPLIES: LatestApplies = { applies: [] };

/** What happened, as far as the journal tells. */
export function journalState(entries: readonly JournalEntry[]): JournalState {
  let start: JournalStart | undefined;
  let ended = false;
  const intents = new Map<number, Change>();
  const outcomes = new Map<number, StepEnd>();
  for (const entry of entries) {
    if (entry.event === "start") start = entry;
    else if (entry.event === "end") ended = true;
    else if (entry.event === "intent") intents.set(entry.step, entry.change);
    else if (entry.event === "outcome") outcomes.set(entry.step, { result: entry.result, detail: entry.detail });
  }
  const inFlight = [...intents.keys()].filter((step) => !outcomes.has(step));
  return { start, ended, lastAt: entries.at(-1)?.at ?? "", intents, outcomes, inFlight };
}
