/**
 * A first push for a large company: 10,000 people in 300 groups and 60 roles, against a Datadog with rate limits and a clock
 * that jumps over every wait. The applying side lives in a thread of its own, so that it can be ended in the middle.
 */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { HttpRequest, HttpResponse } from "../../server/src/core/model/http.ts";
import { createDatadogServer } from "../../server/src/sandbox/datadog/app.ts";
import { createFaults } from "../../server/src/sandbox/faults.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import { createLargeCompany, type Size } from "./largeWorld.ts";
import { headersFor } from "./meddler.ts";

export interface ScaleOptions extends Size {
  /** Address of the bundle with `work` in it, for the thread. */
  readonly module: string;
  readonly worker: URL;
  readonly folder: string;
  /** The share of all steps after which the applying side is ended, to be started anew. */
  readonly endAt: number;
  readonly say: (line: string) => void;
}

export interface ScaleResult {
  readonly message: string;
  readonly steps: number;
  /** Requests by kind: `GET /users/*`. */
  readonly requests: ReadonlyMap<string, number>;
  readonly throttled: number;
  /** What the push would have taken, waits included. */
  readonly virtualSeconds: number;
  readonly seconds: number;
  readonly restarts: number;
  /** Accounts that do not hold what they should in the end. */
  readonly wrong: number;
  readonly isPlanEmpty: boolean;
}

/** Milliseconds between request and answer, as a client in the same region sees them. */
const LATENCY_MS = 60;
const START_MS = Date.parse("2026-11-25T09:00:00.000Z");

/** A clock that both threads read, and that only ever goes forward. */
export interface VirtualClock {
  now(): number;
  /** Jumps there unless it is later already. */
  reach(ms: number): void;
}

export function virtualClock(buffer: SharedArrayBuffer): VirtualClock {
  const cell = new BigInt64Array(buffer);
  return {
    now: () => START_MS + Number(Atomics.load(cell, 0)),
    reach(ms) {
      const wanted = BigInt(Math.ceil(ms - START_MS));
      for (let seen = Atomics.load(cell, 0); seen < wanted; seen = Atomics.load(cell, 0))
        if (Atomics.compareExchange(cell, 0, seen, wanted) === seen) return;
    },
  };
}

export async function scale(options: ScaleOptions): Promise<ScaleResult> {
  const { module, worker: script, folder, endAt, say, ...size } = options;
  const started = Date.now();
  const buffer = new SharedArrayBuffer(8);
  const clock = virtualClock(buffer);
  const company = { ...createSeed("2026-11-25"), datadog: createLargeCompany(size).datadog };
  const now = () => new Date(clock.now());
  const setting = { company, faults: createFaults(company, now), now, limited: true };
  const app = createDatadogServer({ ...setting, record() {} });
  const requests = new Map<string, number>();
  let throttled = 0;

  async function serve({ method, url, body, credential }: HttpRequest): Promise<HttpResponse> {
    const asked = clock.now();
    const headers = headersFor(credential?.use === "write", credential?.scheme === "datadog-scim");
    const response = await app.request(url, { method, headers, ...(body !== undefined && { body }) });
    clock.reach(asked + LATENCY_MS);
    if (credential?.use === "write") {
      const kind = `${method} ${new URL(url).pathname.replace(/[0-9a-f-]{36}/g, "*")}`;
      requests.set(kind, (requests.get(kind) ?? 0) + 1);
      if (response.status === 429) throttled++;
    }
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), body: text };
  }

  /** Runs the applying side until it ends, or is ended at `stopAt` steps. */
  async function runWorker(stopAt: number): Promise<WorkerEnd | undefined> {
    const worker = new Worker(script, { workerData: { module, buffer, folder, size } });
    let result: WorkerEnd | undefined;
    worker.on("message", async (message: FromWorker) => {
      if ("request" in message) worker.postMessage({ id: message.id, response: await serve(message.request) });
      else if ("end" in message) result = message.end;
      else {
        if (message.finished % Math.ceil(message.steps / 10) === 0) {
          const minutes = ((clock.now() - START_MS) / 60_000).toFixed(1);
          say(`${message.finished} of ${message.steps} steps, ${minutes} min of Datadog's time`);
        }
        if (message.finished === Math.floor(message.steps * stopAt)) void worker.terminate();
      }
    });
    await once(worker, "exit");
    return result;
  }

  const first = await runWorker(endAt);
  if (first) throw new Error(`it ended before it could be stopped: ${first.message}`);
  say("ended in the middle; starting anew");
  const end = await runWorker(Number.POSITIVE_INFINITY);
  if (!end) throw new Error("the second start ended without a word");
  const { expected } = createLargeCompany(size);
  const holds = (id: string, roles: ReadonlySet<string>) => {
    const held = company.datadog.users.get(id)?.roleIds ?? [];
    return held.length === roles.size && held.every((role) => roles.has(role));
  };
  return {
    ...end,
    requests,
    throttled,
    virtualSeconds: (clock.now() - START_MS) / 1000,
    seconds: (Date.now() - started) / 1000,
    restarts: 1,
    wrong: [...expected].filter(([id, roles]) => !holds(id, roles)).length,
  };
}

export interface WorkerEnd {
  readonly message: string;
  readonly steps: number;
  readonly isPlanEmpty: boolean;
}

export type FromWorker =
  | { readonly id: number; readonly request: HttpRequest }
  | { readonly finished: number; readonly steps: number }
  | { readonly end: WorkerEnd };

export { work } from "./scaleWork.ts";
