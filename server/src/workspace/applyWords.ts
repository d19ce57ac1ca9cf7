/** What people are told about applies that stand in the way: one at work, one left behind, one interrupted. */

import { countOf } from "../core/analysis/words.ts";
import { minutesBetween, renderInstant } from "../core/model/time.ts";
import type { HeldLock, LockOwner } from "../store/applyLock.ts";
import type { Interrupted } from "../store/interrupted.ts";

/** Who is applying, or was when last heard of, and what that means for others. */
export function describeHeld({ owner, state, silentMs }: HeldLock, now: string): string {
  const who = `${describeOwner(owner)} is applying since ${since(owner.startedAt, now)}, from ${owner.project}`;
  if (state === "alive") return `${who}; one apply at a time`;
  const minutes = countOf(Math.floor(silentMs / 60_000), "minute");
  return `${who}, but has been silent for ${minutes}; when it is surely gone, \`accessmap apply --abandon\` frees the organization`;
}

/** For a lock whose owner is gone without having freed it. */
export function describeLeft(owner: LockOwner, now: string): string {
  return `An apply by ${describeOwner(owner)}, begun ${renderInstant(owner.startedAt, now)} from ${owner.project}, ended without a word; its journal is there.`;
}

/** What was interrupted, and the two ways on. */
export function describeInterrupted(interrupted: Interrupted, now: string): string {
  const { organization } = interrupted.start;
  return `an apply to ${organization.name}, begun ${howFar(interrupted, now)}. Finish it with \`accessmap apply --resume\`, or close it with \`accessmap apply --abandon\` and make a new plan`;
}

/** When it began and how far it came: `14:02 UTC, was interrupted: 3 of 12 steps have an outcome (journal)`. */
export function howFar({ start, state, journal }: Interrupted, now: string): string {
  const { outcomes, inFlight } = state;
  const done = `${outcomes.size} of ${countOf(start.steps, "step has", "steps have")} an outcome`;
  const open = inFlight.length === 0 ? "" : `, ${countOf(inFlight.length, "was", "were")} under way`;
  return `${renderInstant(start.at, now)}, was interrupted: ${done}${open} (${journal})`;
}

function describeOwner({ user, host, pid }: LockOwner): string {
  return `${user} on ${host} (process ${pid})`;
}

function since(instant: string, now: string): string {
  const minutes = minutesBetween(instant, now);
  return `${renderInstant(instant, now)} (${minutes < 1 ? "just now" : `${countOf(minutes, "minute")} ago`})`;
}
