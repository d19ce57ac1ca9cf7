/** Faults on demand: data that says which requests go wrong, how, and how often. */

import type { Company } from "./company.ts";
import { createHistory, type Lag } from "./history.ts";

/** What can go wrong, each in one sentence. `http/spoil.ts` does it, the same way for every system. */
const FAULT_KINDS = {
  status:
    "answers `status` (default 503) in the vendor's error form, with `headers` and `code`, without doing anything",
  "cut-page": "the link to the next page is missing, or the second half of a page that only counts",
  "repeat-page": "answers the page before once more, links included",
  empty: "200 with no rows where there should be some",
  stale: "reads see the company as it was when the fault was injected",
  lag: "reads see the company as it was `ms` milliseconds ago (default 3000), or `requests` requests ago",
  reset: "the connection breaks before an answer",
  "cut-body": "the connection breaks in the middle of the body",
  crash:
    "the server dies in the middle of the body and refuses connections, until `ms` milliseconds later or until faults are cleared",
  slow: "the answer comes `ms` milliseconds late (default 3000)",
  drip: "the body comes in small pieces over `ms` milliseconds (default 3000)",
  html: "an error page of a proxy, `status` 502 unless told otherwise",
  "content-type": "the right body with `text/plain` above it",
  "wrong-value": "one value of a JSON answer is null, of another type or missing: that which `value` counts to",
  silent: "a write answers as if it had worked, and nothing changed",
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;

/** Login and token servers belong to the system whose tokens they issue. */
export const SYSTEMS = ["okta", "datadog", "entra", "google", "scim"] as const;
export type System = (typeof SYSTEMS)[number];

export interface Fault {
  readonly system: System;
  /** Upper case; any method when absent. */
  readonly method?: string;
  /** Compared with path and query: a prefix, or a regular expression. Over HTTP, text that starts with `^` is one. */
  readonly path: string | RegExp;
  /** How many requests it hits; without a number every one, until it is cleared. */
  readonly times?: number;
  /** How many matching requests pass unharmed before. */
  readonly after?: number;
  readonly kind: FaultKind;
  readonly status?: number;
  /** The vendor's own word for the error, e.g. Google's reason `quotaExceeded`. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ms?: number;
  readonly requests?: number;
  readonly value?: number;
}

/** A fault that met a request, and the company of another time that a `stale` or `lag` one shows. */
export interface Strike {
  readonly fault: Fault;
  readonly past?: Company;
}

/** The faults in force. */
export interface FaultBox {
  add(fault: Fault): void;
  /** Ends when what a fault broke for longer than its own request is whole again. */
  clear(): Promise<void>;
  /** Has `mend` called once, when the faults are cleared. */
  whenCleared(mend: () => Promise<void>): void;
  /** A request may have changed the company: from now on, reads that lag are behind this. */
  remember(): void;
  /** The fault that this request meets, counted as used. `target` is path and query. */
  take(system: System, method: string, target: string): Strike | undefined;
  /** True while a fault of this kind may still strike the system. */
  mayStrike(system: System, kind: FaultKind): boolean;
}

/** How far reads lag when the fault does not say. */
const LAG_MS = 3000;

/** No fault at first. A lag needs the past, which is kept only while there is one. */
export function createFaults(company: Company, now: () => Date): FaultBox {
  let entries: { readonly fault: Fault; readonly past?: Company; before: number; left: number }[] = [];
  let mends: (() => Promise<void>)[] = [];
  let history = createHistory();

  function remember(): void {
    const lags = entries.filter(({ fault: { kind }, left }) => kind === "lag" && left > 0);
    if (lags.length > 0)
      history.remember(
        company,
        now().getTime(),
        lags.map(({ fault }) => lagOf(fault)),
      );
  }

  return {
    add(fault) {
      const past = fault.kind === "stale" ? { past: structuredClone(company) } : {};
      entries.push({ fault, ...past, before: fault.after ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
      remember();
    },
    async clear() {
      const broken = mends;
      [entries, mends, history] = [[], [], createHistory()];
      await Promise.all(broken.map((mend) => mend()));
    },
    whenCleared: (mend) => void mends.push(mend),
    remember,
    take(system, method, target) {
      remember();
      for (const entry of entries) {
        if (entry.left <= 0 || !meets(entry.fault, system, method, target)) continue;
        if (entry.before > 0) {
          entry.before--;
          continue;
        }
        entry.left--;
        const { fault, past = fault.kind === "lag" ? history.recall(lagOf(fault), now().getTime()) : undefined } =
          entry;
        return { fault, ...(past && { past }) };
      }
      return undefined;
    },
    mayStrike: (system, kind) =>
      entries.some(({ fault, left }) => left > 0 && fault.system === system && fault.kind === kind),
  };
}

function lagOf({ ms = LAG_MS, requests }: Fault): Lag {
  return requests === undefined ? { ms } : { requests };
}

function meets(fault: Fault, system: System, method: string, target: string): boolean {
  if (fault.system !== system || (fault.method !== undefined && fault.method.toUpperCase() !== method)) return false;
  if (fault.kind === "lag" && method !== "GET") return false;
  return typeof fault.path === "string" ? target.startsWith(fault.path) : fault.path.test(target);
}

/** Reads a fault, or a list of them, from JSON as `POST /__sandbox/faults` gets it. Throws an Error that says what to write. */
export function parseFaults(json: unknown): readonly Fault[] {
  return (Array.isArray(json) ? json : [json]).map(parseFault);
}

function parseFault(json: unknown): Fault {
  const fault = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const { system, path, kind } = fault;
  const known = SYSTEMS.find((name) => name === system);
  if (known === undefined) throw new Error(`"system" must be one of ${SYSTEMS.join(", ")}`);
  if (typeof path !== "string") throw new Error('"path" must be a prefix such as "/api/v2/roles", or start with ^');
  if (typeof kind !== "string" || !(kind in FAULT_KINDS))
    throw new Error(`"kind" must be one of ${Object.keys(FAULT_KINDS).join(", ")}`);
  const number = (name: string) => (typeof fault[name] === "number" ? { [name]: fault[name] } : {});
  return {
    system: known,
    kind: kind as FaultKind,
    path: path.startsWith("^") ? new RegExp(path) : path,
    ...(typeof fault.method === "string" ? { method: fault.method } : {}),
    ...(typeof fault.code === "string" ? { code: fault.code } : {}),
    ...(typeof fault.headers === "object" && fault.headers !== null
      ? { headers: fault.headers as Record<string, string> }
      : {}),
    ...number("times"),
    ...number("after"),
    ...number("status"),
    ...number("ms"),
    ...number("requests"),
    ...number("value"),
  };
}
