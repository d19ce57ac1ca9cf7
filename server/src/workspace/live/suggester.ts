/** Asks directories for names while somebody types one: after a pause, never two at once, never twice for the same letters. */

import { openDirectory } from "../../connectors/registry.ts";
import type { DirectoryInventory, Group } from "../../core/model/directory.ts";
import { type Failure, gapOf, type Knowledge } from "../../core/model/knowledge.ts";
import type { HttpClient } from "../../http/client.ts";
import { systemSleep } from "../../http/time.ts";
import type { System } from "./systems.ts";

/** Names asked for at once. */
const MOST = 50;

/** A pause in typing that is long enough for the letters to be meant. */
const PAUSE_MS = 80;

/** How long an answer is waited for. */
const TIMEOUT_MS = 2_000;

/** How long a request that nobody waits for any more may be taken over by the next keystroke. */
const LINGER_MS = 50;

/** How long an answer is taken for what there is. */
const KEPT_MS = 5 * 60_000;

/** How long a directory is left alone after a failure. A new read ends the rest. */
const REST_MS: Partial<Record<Failure["kind"], number>> = { unreachable: 30_000, cancelled: 30_000, throttled: 60_000 };
const LONG_REST_MS = 10 * 60_000;

/** Failures of a read that a search would meet as well. */
const HOPELESS: ReadonlySet<Failure["kind"]> = new Set(["not-configured", "denied", "refused"]);

export interface SuggesterOptions {
  readonly http: HttpClient;
  readonly now: () => string;
  readonly log: (line: string) => void;
  /** What the directory itself has told so far. */
  readonly known: (directory: System) => DirectoryInventory | undefined;
  /** Keeps what was found; true when something of it is new. */
  readonly keep: (directory: System, groups: readonly Group[], asOf: string) => boolean;
}

export interface Suggester {
  /** True once names of this beginning were found that were not known. Never rejects. */
  ask(directory: Directory, beginning: string, signal: AbortSignal): Promise<boolean>;
}

type Directory = Extract<System, { kind: "directory" }>;

/** What is remembered of a directory from one read to the next. */
interface Desk {
  /** Beginnings that were answered, in lower case. */
  readonly answers: Map<string, { readonly isWhole: boolean; readonly until: number }>;
  restUntil: number;
}

interface Flight {
  readonly beginning: string;
  readonly controller: AbortController;
  readonly done: Promise<boolean>;
  askers: number;
}

/** One for a project: requests to a directory are never made side by side. */
export function createSuggester({ http, now, log, known, keep }: SuggesterOptions): Suggester {
  const desks = new WeakMap<Knowledge<Group>, Desk>();
  const flights = new Map<string, Flight>();
  const nowMs = () => Date.parse(now());

  function deskOf(groups: Knowledge<Group>): Desk {
    const desk = desks.get(groups) ?? { answers: new Map(), restUntil: 0 };
    desks.set(groups, desk);
    return desk;
  }

  async function ask(directory: Directory, typed: string, signal: AbortSignal): Promise<boolean> {
    const beginning = typed.toLowerCase();
    const groups = known(directory)?.groups;
    if (!groups || signal.aborted || HOPELESS.has(gapOf(groups)?.kind ?? "incomplete")) return false;
    const desk = deskOf(groups);
    if (nowMs() < desk.restUntil || isAnswered(desk, beginning, nowMs())) return false;
    const flying = flights.get(directory.key);
    if (flying && !flying.controller.signal.aborted && beginning.startsWith(flying.beginning)) {
      const isNew = await join(flying, signal);
      // Fewer letters may have brought too much to be all; but who calls a request off has other letters by now.
      return (!flying.controller.signal.aborted && (await ask(directory, typed, signal))) || isNew;
    }
    flying?.controller.abort();
    return join(depart(directory, desk, beginning), signal);
  }

  function depart(directory: Directory, desk: Desk, beginning: string): Flight {
    const controller = new AbortController();
    const done = send(directory, desk, beginning, controller).finally(() => {
      if (flights.get(directory.key) === flight) flights.delete(directory.key);
    });
    const flight: Flight = { beginning, controller, done, askers: 0 };
    flights.set(directory.key, flight);
    return flight;
  }

  async function send(directory: Directory, desk: Desk, beginning: string, controller: AbortController) {
    const { signal } = controller;
    await systemSleep(PAUSE_MS, signal);
    if (signal.aborted) return false;
    const { name, config } = directory;
    const [started, asOf, before] = [performance.now(), now(), http.requests(name)];
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      controller.abort();
    }, TIMEOUT_MS);
    const attempt = await openDirectory(config, http).suggestGroups(beginning, MOST, { signal });
    clearTimeout(timer);
    const outcome = attempt.ok
      ? `${attempt.value.groups.length} found${attempt.value.isWhole ? "" : ", there may be more"}`
      : isLate
        ? "no answer in time"
        : attempt.why.message;
    const cost = `${http.requests(name) - before} requests, ${Math.round(performance.now() - started)} ms`;
    log(`${name}: names (completion) ${outcome}; ${cost}`);
    if (attempt.ok) {
      desk.answers.set(beginning, { isWhole: attempt.value.isWhole, until: nowMs() + KEPT_MS });
      return keep(directory, attempt.value.groups, asOf);
    }
    if (isLate || attempt.why.kind !== "cancelled")
      desk.restUntil = nowMs() + (REST_MS[attempt.why.kind] ?? LONG_REST_MS);
    return false;
  }

  return { ask };
}

/** Waits with the others. When the last one leaves, the request is called off, unless the next keystroke takes it over at once. */
async function join(flight: Flight, signal: AbortSignal): Promise<boolean> {
  flight.askers++;
  const leave = () => {
    flight.askers--;
    setTimeout(() => {
      if (flight.askers === 0) flight.controller.abort();
    }, LINGER_MS);
  };
  signal.addEventListener("abort", leave, { once: true });
  const isNew = await flight.done;
  signal.removeEventListener("abort", leave);
  return isNew && !signal.aborted;
}

function isAnswered({ answers }: Desk, beginning: string, nowMs: number): boolean {
  for (const [asked, { isWhole, until }] of answers)
    if (nowMs < until && (asked === beginning || (isWhole && beginning.startsWith(asked)))) return true;
  return false;
}
