/** What the steps of one apply share: a signal that never interrupts a step, patient reading back, and set arithmetic. */

import type { Cancellation } from "../../model/http.ts";
import type { Failure } from "../../model/knowledge.ts";
import type { AuthnMapping, ScimGroup } from "../../model/target.ts";
import type { Attempt, ReadContext } from "../connector.ts";
import type { StepResult } from "../journal/journal.ts";
import type { Change, Plan } from "../plan.ts";
import type { ApplyContext } from "./types.ts";

export interface Run {
  readonly plan: Plan;
  readonly context: ApplyContext;
  /** Changes that an interrupted run had begun: what is live may be anywhere between before and after. */
  readonly interrupted: ReadonlySet<Change>;
  /** SCIM groups that steps write to, by team handle; a link adds its own. */
  readonly groups: Map<string, ScimGroup>;
  /** Handles of teams that this run has linked. */
  readonly linked: Set<string>;
  /** AuthN mappings by id, as read before the first write; steps keep it up. Empty when no step needs it. */
  readonly mappings: Map<string, AuthnMapping>;
  /** Ids of accounts that did not exist when the plan was made, by `newAccountId`. */
  readonly accounts: Map<string, string>;
}

/** Result of one step. `stop` says why no further step may begin. */
export interface Performed {
  readonly result: StepResult;
  readonly detail: string;
  readonly stop?: string;
  /** The system rather than the object was at fault. */
  readonly isTrouble?: boolean;
}

const NEVER: Cancellation = { aborted: false, addEventListener() {}, removeEventListener() {} };

/** For requests inside a step: half a step is worse than a late end, so cancelling waits for the next gap. */
export const WHOLE_STEP: ReadContext = { signal: NEVER };

export interface Seen<T> {
  /** The last answer, if there was any. */
  readonly value?: T;
  readonly isAsWanted: boolean;
  /** Why the last try gave no answer. */
  readonly why?: Failure;
}

/** Reads until the answer is as wanted or patience ends. A refused credential ends it at once. */
export async function readBack<T>(
  context: ApplyContext,
  read: () => Promise<Attempt<T>>,
  isAsWanted: (value: T) => boolean,
): Promise<Seen<T>> {
  let seen: Seen<T> = { isAsWanted: false };
  for (const ms of context.readBackPatience) {
    if (ms > 0) await context.wait(ms);
    const attempt = await read();
    if (attempt.ok) {
      seen = { value: attempt.value, isAsWanted: isAsWanted(attempt.value) };
      if (seen.isAsWanted) return seen;
    } else {
      seen = { ...seen, why: attempt.why };
      if (endsRun(attempt.why)) return seen;
    }
  }
  return seen;
}

/** Sudden emptiness is read once more: by it, a write that changed nothing would pass for a removal. */
export async function readSurely<T>(
  read: () => Promise<Attempt<T>>,
  isEmpty: (value: T) => boolean,
): Promise<Attempt<T>> {
  const first = await read();
  return first.ok && isEmpty(first.value) ? read() : first;
}

/** A write that failed, or a read before it. */
export function failedBy(why: Failure, before = ""): Performed {
  const detail = `${before}${why.message}`;
  if (endsRun(why)) return { result: "failed", detail, stop: detail };
  return { result: "failed", detail, isTrouble: why.kind === "unreachable" || why.kind === "throttled" };
}

/** A write whose effect could not be seen. */
export function unverified(why: Failure | undefined, what = "written, but"): Performed {
  const detail = `${what} it could not be read back: ${why?.message ?? "no answer"}`;
  return why && endsRun(why) ? { result: "unverified", detail, stop: detail } : { result: "unverified", detail };
}

/** No further step may begin: the credential is refused or gone. */
function endsRun(why: Failure): boolean {
  return why.kind === "denied" || why.kind === "not-configured" || why.kind === "cancelled";
}

/** What a write was answered; `isLost` when an earlier try of it may have arrived. */
export type Sent = Attempt<unknown> & { readonly isLost?: boolean };

/** A write that neither arrived nor met what it wanted: nothing is to be looked for. */
export function isUnsent(sent: Sent): sent is Extract<Sent, { ok: false }> {
  return !sent.ok && !mayHaveArrived(sent.why) && sent.why.kind !== "rejected";
}

/** Status of a write that something in Datadog stands against: often the very thing that was wanted. */
const CONFLICT = 409;

/**
 * Looks what a write came to. No answer is believed: who says that it exists already may be right, and so may be who says
 * nothing. A plain refusal is worth one look; replicas that lag are waited for where something may be new.
 */
export function lookAfter<T>(
  context: ApplyContext,
  sent: Sent,
  read: () => Promise<Attempt<T>>,
  isAsWanted: (value: T) => boolean,
): Promise<Seen<T>> {
  const isPlain = !sent.ok && sent.isLost !== true && sent.why.kind === "rejected" && sent.why.status !== CONFLICT;
  return readBack(isPlain ? { ...context, readBackPatience: [0] } : context, read, isAsWanted);
}

/** A step after whose write everything is seen to be as wanted. What Datadog refused was somebody else's doing. */
export function asWanted(sent: Sent): Performed {
  if (sent.ok) return { result: "done", detail: "" };
  if (sent.isLost || mayHaveArrived(sent.why))
    return { result: "done", detail: "the answer was lost, but it is as wanted" };
  return { result: "already", detail: `${sent.why.message}; it is as wanted all the same` };
}

/** A step after whose write nothing could be read. What Datadog refused has failed, seen or not. */
export function notSeen(sent: Sent, unread: Failure | undefined): Performed {
  if (!sent.ok && sent.why.kind === "rejected") return failedBy(sent.why);
  return sent.ok && !sent.isLost
    ? unverified(unread)
    : unverified(unread, "the answer was lost, so it may be written or not, and");
}

/** A step after whose write something else is there than was wanted; `instead` says what. */
export function notAsWanted(sent: Sent, instead: string): Performed {
  if (sent.ok) return { result: "failed", detail: `Datadog answered 200, but ${instead}` };
  return failedBy(
    sent.why.kind === "rejected" ? { ...sent.why, message: `${sent.why.message}; ${instead}` } : sent.why,
  );
}

/** The request may have arrived although no proper answer came back. */
export function mayHaveArrived(why: Failure): boolean {
  return why.kind === "unreachable" || why.kind === "malformed" || why.kind === "incomplete";
}

/** Sends once more when the answer was lost. For writes alone that come to the same when they arrive twice. */
export async function sendSurely(send: () => Promise<Attempt<unknown>>): Promise<Sent> {
  const first = await send();
  return first.ok || !mayHaveArrived(first.why) ? first : { ...(await send()), isLost: true };
}

/** Where live ids stand between two sets: at either end, somewhere on the way, or elsewhere. */
export function standing(
  live: ReadonlySet<string>,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): "before" | "after" | "between" | "moved" {
  if (isSame(live, after)) return "after";
  if (isSame(live, before)) return "before";
  const isWithin = [...live].every((id) => before.has(id) || after.has(id));
  const keepsCommon = [...before].every((id) => !after.has(id) || live.has(id));
  return isWithin && keepsCommon ? "between" : "moved";
}

/** The same members, in whatever order. */
export function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}

/** Ids of things, each once. */
export function idsOf(items: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id));
}
