/** Faults on demand: data that says which requests go wrong, how, and how often. */

/**
 * What goes wrong.
 * - `status`: answers `status` (default 503) in the vendor's error form, with `headers`, without doing anything.
 * - `cut-page`: the link to the next page is missing, or the second half of a page that only counts.
 * - `empty`: 200 with no rows where there should be some.
 * - `reset`: the connection breaks before an answer.
 * - `slow`: the answer comes `ms` milliseconds late (default 3000).
 * - `html`: an error page of a proxy, `status` 502 unless told otherwise.
 * - `silent`: a write answers as if it had worked, and nothing changed.
 */
export type FaultKind = "status" | "cut-page" | "empty" | "reset" | "slow" | "html" | "silent";

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
}

const KINDS: readonly string[] = [
  "status",
  "cut-page",
  "empty",
  "reset",
  "slow",
  "html",
  "silent",
] satisfies FaultKind[];

/** The faults in force. */
export interface FaultBox {
  add(fault: Fault): void;
  clear(): void;
  /** The fault that this request meets, counted as used. `target` is path and query. */
  take(system: Fault["system"], method: string, target: string): Fault | undefined;
}

export function createFaults(): FaultBox {
  let faults: { readonly fault: Fault; before: number; left: number }[] = [];
  return {
    add: (fault) => {
      faults.push({ fault, before: fault.after ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      faults = [];
    },
    take(system, method, target) {
      for (const entry of faults) {
        if (entry.left <= 0 || !meets(entry.fault, system, method, target)) continue;
        if (entry.before > 0) {
          entry.before--;
          continue;
        }
        entry.left--;
        return entry.fault;
      }
      return undefined;
    },
  };
}

function meets(fault: Fault, system: Fault["system"], method: string, target: string): boolean {
  if (fault.system !== system || (fault.method !== undefined && fault.method.toUpperCase() !== method)) return false;
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
  if (typeof kind !== "string" || !KINDS.includes(kind)) throw new Error(`"kind" must be one of ${KINDS.join(", ")}`);
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
  };
}
