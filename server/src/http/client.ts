/** The HTTP client of all connectors: retries, rate limits, cancellation and clear failures above any transport. */

import type { Cancellation, CredentialRef, HttpRequest, HttpResponse } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import type { Instant } from "../core/model/time.ts";
import { describeStatus, RequestError, toFailure } from "./failures.ts";
import { createGate, type SharedAllowances } from "./gate.ts";
import { parseJson } from "./json.ts";
import { asThrottled } from "./quota.ts";
import { readWait } from "./rateLimit.ts";
import { redactUrl } from "./redact.ts";
import { type Budget, DEFAULT_BUDGET, retryDelay } from "./retry.ts";
import { systemClock, systemSleep } from "./time.ts";
import type { Transport } from "./transport.ts";

export interface HttpClientOptions {
  /** Milliseconds since 1970; the system's by default. */
  readonly clock?: () => number;
  /** Must resolve early when cancelled; the system's by default. */
  readonly sleep?: (ms: number, signal: Cancellation) => Promise<void>;
  /** From 0 up to 1, for jitter. */
  readonly random?: () => number;
  /** One line per retry and per failed request; without secrets, cursors and personal data. */
  readonly log?: (line: string) => void;
  readonly budget?: Partial<Budget>;
  /** Allowances that all processes of this machine share. */
  readonly shared?: SharedAllowances | undefined;
  /** A request to this system waits for so many milliseconds, because its allowance is used up, or nearly. */
  readonly onWait?: (system: string, ms: number) => void;
}

export interface SendOptions {
  /** The permission this request takes, for the message of a 401 or 403. */
  readonly needs?: string;
  /** Times it is sent at most; the budget's by default. */
  readonly tries?: number;
}

/** An answer with its body parsed; `json` is undefined when there is no body (204). */
export interface JsonResponse extends HttpResponse {
  readonly json: unknown;
}

export interface HttpClient {
  /** Any answer from 200 to 299. Throws `RequestError` for everything else, after the retries the method allows. */
  send(request: HttpRequest, signal: Cancellation, options?: SendOptions): Promise<HttpResponse>;
  /** Same, and the body must be JSON (`malformed` otherwise; an empty body passes for 204 alone). */
  sendJson(request: HttpRequest, signal: Cancellation, options?: SendOptions): Promise<JsonResponse>;
  /** Waits; throws `RequestError` of kind `cancelled` when cancelled meanwhile. */
  wait(ms: number, signal: Cancellation, system: string): Promise<void>;
  /** Requests that were sent so far, retries included: of one system, of one of its credentials, or of all. */
  requests(system?: string, use?: CredentialRef["use"]): number;
  /** Answers so far that asked to slow down. */
  throttled(system?: string, use?: CredentialRef["use"]): number;
  now(): Instant;
}

/** A client that retries, waits for rate limits and counts requests, over a transport that knows the secrets. */
export function createHttpClient(transport: Transport, options: HttpClientOptions = {}): HttpClient {
  const { clock = systemClock, sleep = systemSleep, random = Math.random, log = () => {} } = options;
  const budget: Budget = { ...DEFAULT_BUDGET, ...options.budget };
  const gate = createGate({ clock, sleep, budget, shared: options.shared });
  const counts = new Map<string, number>();
  const throttles = new Map<string, number>();
  const now = () => new Date(clock()).toISOString();

  async function tryOnce(request: HttpRequest, signal: Cancellation, needs?: string): Promise<Attempt> {
    const system = systemOf(request);
    await gate.pause(request.url, signal, (ms) => options.onWait?.(system, ms));
    if (signal.aborted) return { failure: cancelled(system), retryable: false };
    try {
      const response = asThrottled(await transport.exchange(request, signal));
      count(counts, request);
      gate.note(request.url, response);
      if (response.status === 429) count(throttles, request);
      if (response.status >= 200 && response.status <= 299 && response.status !== PARTIAL_CONTENT) return { response };
      return { response, failure: describeStatus(request, response, needs), retryable: true };
    } catch (error) {
      const failure = toFailure(error, system);
      if (UNSENT.has(failure.kind)) return { failure, retryable: false, unsent: true };
      count(counts, request);
      return { failure, retryable: failure.kind === "unreachable" || failure.kind === "throttled" };
    }
  }

  async function sendWithRetries(
    request: HttpRequest,
    signal: Cancellation,
    { needs, tries = budget.tries }: SendOptions,
  ): Promise<HttpResponse> {
    const started = clock();
    for (let attempt = 0; ; attempt++) {
      const tried = await tryOnce(request, signal, needs);
      if (tried.failure === undefined) return tried.response;
      const { response, failure, retryable, unsent } = tried;
      const time = { nowMs: clock(), random };
      const delay = retryable ? retryDelay(request.method, response, attempt, time, { ...budget, tries }) : undefined;
      const line = `${request.method} ${redactUrl(request.url)} ${unsent ? "was not sent: " : ""}${response?.status ?? failure.kind}`;
      if (delay === undefined || time.nowMs - started + delay > budget.totalMs) {
        log(line);
        throw new RequestError({ ...failure, at: now() }, response && readWait(response.headers, time.nowMs));
      }
      log(`${line}, again in ${Math.round(delay)} ms`);
      if (response?.status === 429) options.onWait?.(systemOf(request), delay);
      await wait(delay, signal, systemOf(request));
    }
  }

  async function wait(ms: number, signal: Cancellation, system: string): Promise<void> {
    if (!signal.aborted) await sleep(ms, signal);
    if (signal.aborted) throw new RequestError(cancelled(system));
  }

  function send(request: HttpRequest, signal: Cancellation, options: SendOptions = {}): Promise<HttpResponse> {
    return gate.run(request.url, () => sendWithRetries(request, signal, options));
  }

  return {
    send,
    async sendJson(request, signal, sendOptions) {
      const response = await send(request, signal, sendOptions);
      const parsed = parseJson(response, systemOf(request), request);
      if (!parsed.ok) throw new RequestError({ ...parsed.why, at: now() });
      return { ...response, json: parsed.value };
    },
    wait,
    requests: (system, use) => sum(counts, system, use),
    throttled: (system, use) => sum(throttles, system, use),
    now,
  };
}

/** Nobody asked for a part, so an answer that calls itself one is not what was asked for. */
const PARTIAL_CONTENT = 206;

/** What a transport throws before a request leaves: no workspace trust, no credential, an origin that is not its own. */
const UNSENT: ReadonlySet<Failure["kind"]> = new Set(["denied", "not-configured", "refused"]);

type Attempt = { readonly unsent?: boolean } & (
  | { readonly response: HttpResponse; readonly failure?: undefined; readonly retryable?: undefined }
  | { readonly response?: HttpResponse; readonly failure: Failure; readonly retryable: boolean }
);

function systemOf(request: HttpRequest): string {
  return request.credential?.connection ?? new URL(request.url).host;
}

function count(counts: Map<string, number>, request: HttpRequest): void {
  const key = `${request.credential?.use ?? "read"} ${systemOf(request)}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<string, number>, system?: string, use?: string): number {
  let total = 0;
  for (const [key, requests] of counts) {
    const [keyUse, keySystem] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
    if ((system === undefined || keySystem === system) && (use === undefined || keyUse === use)) total += requests;
  }
  return total;
}

function cancelled(system: string): Failure {
  return { kind: "cancelled", system, message: `reading ${system} was cancelled` };
}
