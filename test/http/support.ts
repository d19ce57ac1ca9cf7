/** A scripted transport and a virtual clock: no test of the client waits or listens. */

import type { Cancellation, HttpRequest, HttpResponse } from "../../server/src/core/model/http.ts";
import type { Failure } from "../../server/src/core/model/knowledge.ts";
import { createHttpClient, type HttpClient, type HttpClientOptions } from "../../server/src/http/client.ts";
import { RequestError } from "../../server/src/http/failures.ts";
import { type Transport, TransportError } from "../../server/src/http/transport.ts";

export const NEVER: Cancellation = new AbortController().signal;

export type Reply = HttpResponse | Failure;

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

export function text(body: string, status = 200, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body };
}

export function unreachable(system = "okta"): Failure {
  return { kind: "unreachable", system, message: "the connection was cut" };
}

export interface Bench {
  readonly http: HttpClient;
  /** Requests in the order they were sent. */
  readonly sent: HttpRequest[];
  /** Pauses in milliseconds. */
  readonly slept: number[];
  readonly log: string[];
  readonly clock: { now: number };
}

/** A client over `reply`, which is a list of answers in order or a function; jitter is at its most. */
export function bench(
  reply: readonly Reply[] | ((request: HttpRequest, index: number) => Reply | Promise<Reply>),
  options: HttpClientOptions = {},
): Bench {
  const sent: HttpRequest[] = [];
  const slept: number[] = [];
  const log: string[] = [];
  const clock = { now: Date.parse("2026-11-23T14:00:00Z") };
  const transport: Transport = {
    async exchange(request) {
      const index = sent.push(request) - 1;
      const answer = typeof reply === "function" ? await reply(request, index) : reply[index];
      if (!answer) throw new Error(`request ${index + 1} was not expected: ${request.method} ${request.url}`);
      if ("kind" in answer) throw new TransportError(answer);
      return answer;
    },
  };
  const http = createHttpClient(transport, {
    clock: () => clock.now,
    sleep: async (ms) => {
      slept.push(ms);
      clock.now += ms;
    },
    random: () => 1,
    log: (line) => log.push(line),
    ...options,
  });
  return { http, sent, slept, log, clock };
}

export function get(url = "https://acme.okta.com/api/v1/groups"): HttpRequest {
  return { method: "GET", url, credential: { connection: "okta", use: "read", scheme: "okta-ssws" } };
}

export function write(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  url = "https://api.datadoghq.eu/api/v2/scim/Groups",
): HttpRequest {
  return { method, url, body: "{}", credential: { connection: "prod", use: "write", scheme: "datadog-scim" } };
}

/** The failure a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof RequestError || outcome instanceof TransportError) return outcome.failure;
  throw new Error(`expected a failure, got ${String(outcome)}`);
}
