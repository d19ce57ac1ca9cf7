/** What may be concluded about live collections: every read is known (whole or not) or unknown, and only a whole one proves absence. */

import type { Instant } from "./time.ts";

/** Why something could not be read. `message` is for people: what happened and, where there is one, the remedy. Holds no secret. */
export interface Failure {
  readonly kind:
    | "not-configured" // no credentials, or the system is switched off
    | "denied" // 401, 403, untrusted workspace
    | "throttled" // 429 after all retries
    | "unreachable" // network, timeout, 5xx after all retries
    | "rejected" // the vendor understood and said no: 400, 404, 409, 413, 422
    | "malformed" // an answer that is not what the vendor documents
    | "incomplete" // a page or a part is missing
    | "stale" // older than its allowed age
    | "cancelled"
    | "refused" // our own guard: foreign origin, write to a directory
    | "wrong-target"; // the key in use belongs to another organization than the files mean
  readonly system: string;
  readonly message: string;
  readonly status?: number;
  readonly at?: Instant;
}

/** A collection that was read. `items` is keyed by the system's own stable id. `gap` says what is missing when not complete. */
export interface Known<T> {
  readonly state: "known";
  readonly complete: boolean;
  readonly items: ReadonlyMap<string, T>;
  readonly asOf: Instant;
  readonly source: string;
  readonly gap?: Failure;
}

export interface Unknown {
  readonly state: "unknown";
  readonly why: Failure;
}

/** What we may conclude about a live collection. "Not found" is a fact only when `complete`. */
export type Knowledge<T> = Known<T> | Unknown;

/** A single live value, e.g. an organization switch. */
export type Fact<T> = { readonly state: "known"; readonly value: T; readonly asOf: Instant } | Unknown;

/** The answer to "is there such a thing?". */
export type Lookup<T> =
  | { readonly answer: "present"; readonly item: T; readonly asOf: Instant }
  | { readonly answer: "ambiguous"; readonly items: readonly T[]; readonly asOf: Instant }
  | { readonly answer: "absent"; readonly asOf: Instant; readonly source: string }
  | { readonly answer: "unknown"; readonly why: Failure };

/** A whole read. */
export function complete<T>(source: string, asOf: Instant, items: ReadonlyMap<string, T>): Known<T> {
  return { state: "known", complete: true, items, asOf, source };
}

/** A read that is known to miss something. */
export function partial<T>(source: string, asOf: Instant, items: ReadonlyMap<string, T>, gap: Failure): Known<T> {
  return { state: "known", complete: false, items, asOf, source, gap };
}

/** A read that failed, or was never made. */
export function unknown(why: Failure): Unknown {
  return { state: "unknown", why };
}

/** Turns the matches found in a collection into an answer: no match proves absence only when the read was whole. */
export function conclude<T>(knowledge: Knowledge<T>, matches: readonly T[]): Lookup<T> {
  if (knowledge.state === "unknown") return { answer: "unknown", why: knowledge.why };
  const [first] = matches;
  if (first !== undefined && matches.length === 1) return { answer: "present", item: first, asOf: knowledge.asOf };
  if (matches.length > 1) return { answer: "ambiguous", items: matches, asOf: knowledge.asOf };
  if (knowledge.complete) return { answer: "absent", asOf: knowledge.asOf, source: knowledge.source };
  return { answer: "unknown", why: knowledge.gap ?? incomplete(knowledge.source) };
}

/** Items that were read, whole or not; empty when nothing is known. Never use this to prove absence. */
export function itemsOf<T>(knowledge: Knowledge<T> | undefined): ReadonlyMap<string, T> {
  return knowledge?.state === "known" ? knowledge.items : new Map();
}

/** True for a whole read, which alone proves absence. */
export function isComplete<T>(knowledge: Knowledge<T> | undefined): knowledge is Known<T> {
  return knowledge?.state === "known" && knowledge.complete;
}

/** Why a collection cannot prove absence, or undefined when it can. */
export function gapOf<T>(knowledge: Knowledge<T>): Failure | undefined {
  if (knowledge.state === "unknown") return knowledge.why;
  return knowledge.complete ? undefined : (knowledge.gap ?? incomplete(knowledge.source));
}

/** The same items, no longer able to prove absence. */
export function weaken<T>(knowledge: Knowledge<T>, gap: Failure): Knowledge<T> {
  if (knowledge.state === "unknown") return knowledge;
  return partial(knowledge.source, knowledge.asOf, knowledge.items, knowledge.gap ?? gap);
}

/** Two parts of one collection, as old as the older: whole only if both are. */
export function unite<T>(a: Knowledge<T>, b: Knowledge<T>): Knowledge<T> {
  const [known, other] = a.state === "known" ? [a, b] : [b, a];
  if (known.state === "unknown") return known;
  if (other.state === "unknown") return partial(known.source, known.asOf, known.items, other.why);
  const items = new Map([...known.items, ...other.items]);
  const asOf = known.asOf < other.asOf ? known.asOf : other.asOf;
  const gap = gapOf(known) ?? gapOf(other);
  return gap ? partial(known.source, asOf, items, gap) : complete(known.source, asOf, items);
}

function incomplete(system: string): Failure {
  return { kind: "incomplete", system, message: `${system} could not be read completely` };
}
