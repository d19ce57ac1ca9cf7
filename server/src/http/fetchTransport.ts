/** Transport over the platform's `fetch`: checks origins, adds credentials, reroutes drills, bounds time and size. */

import type { Cancellation, HttpRequest, HttpResponse } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { type LoopbackRoutes, NO_ROUTES, toLoopbackUrl, toRealResponse, toRealUrl } from "./loopback.ts";
import { isLoopbackHost, refused, refuseUrl } from "./origins.ts";
import { refuseWrite } from "./readOnly.ts";
import { withoutSent } from "./redact.ts";
import { type Authorization, authorize, type SecretSource } from "./secrets.ts";
import { systemClock } from "./time.ts";
import type { TokenRequest } from "./tokens/grants.ts";
import { createTokenStore, type TokenStore } from "./tokens/store.ts";
import { type Transport, TransportError } from "./transport.ts";

export interface FetchTransportOptions {
  readonly secrets: SecretSource;
  readonly loopback?: LoopbackRoutes;
  /** Tokens exchanged so far; one of its own by default. To be shared where transports are made for single requests. */
  readonly tokens?: TokenStore;
  /** The platform's by default. In the editor it carries proxy and certificate settings. */
  readonly fetch?: typeof fetch;
  /** Milliseconds for one exchange, body included; 30,000 by default. A token gets 10,000 of them at most. */
  readonly timeoutMs?: number;
  /** Bytes of an answer's body; 32 MiB by default. A page of 100 Datadog users with all records stays below 1 MiB. */
  readonly maxBytes?: number;
}

const BASE_HEADERS = { "user-agent": "accessmap", accept: "application/json" };
/** A token is a small answer. Whoever waits for it tries again as often as for a read, so that a dead endpoint costs a minute. */
const TOKEN_TIMEOUT_MS = 10_000;
const NEVER: Cancellation = new AbortController().signal;

/** Nothing of this needs more than `http/` and the model, so the editor's client bundles it as well. */
export function createFetchTransport(options: FetchTransportOptions): Transport {
  const { secrets, loopback = NO_ROUTES, timeoutMs = 30_000, maxBytes = 32 * 1024 * 1024 } = options;
  const { tokens = createTokenStore(systemClock) } = options;
  const tokenTimeoutMs = Math.min(timeoutMs, TOKEN_TIMEOUT_MS);

  async function exchange(request: HttpRequest, signal: Cancellation): Promise<HttpResponse> {
    const system = request.credential?.connection ?? "accessmap";
    if (signal.aborted) throw new TransportError(cancelled(system));
    const why = refuseWrite(request);
    if (why) throw new TransportError(why);
    const url = toRealUrl(loopback, request.url);
    checkTarget(url, system);
    const authorization = await authorizeRequest(request, url, system);
    const headers = { ...BASE_HEADERS, ...request.headers, ...authorization.headers };
    const response = await perform({ ...request, url, headers }, system, signal);
    // A token can end early, e.g. when an administrator revokes it; the next request asks for a new one.
    if (response.status === 401 && authorization.grant) tokens.forget(authorization.grant, request.credential?.scope);
    const kind = response.status >= 200 && response.status <= 299 ? "data" : "refused";
    return { ...response, body: withoutSent(response.body, secretsIn(authorization.headers), kind) };
  }

  /** Several requests may wait for one token, so none of them can cancel it; the time limit ends it. */
  function postForToken(request: TokenRequest, system: string): Promise<HttpResponse> {
    const headers = { ...BASE_HEADERS, ...request.headers };
    return perform({ method: "POST", url: request.url, headers, body: request.body }, system, NEVER, tokenTimeoutMs);
  }

  async function perform(
    request: HttpRequest & { readonly headers: Record<string, string> },
    system: string,
    signal: Cancellation,
    limitMs = timeoutMs,
  ): Promise<HttpResponse> {
    const { url, headers } = request;
    const target = checkTarget(url, system);
    const limit = limitTime(signal, limitMs);
    try {
      const send = options.fetch ?? fetch;
      const response = await send(target, {
        method: request.method,
        headers,
        redirect: "manual",
        signal: limit.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      // Status 0 is how a browser-like platform hides a redirect it was told not to follow.
      if (response.status === 0)
        throw new TransportError(refused(system, `${hostOf(url)} answered with a redirect, which is not followed`));
      const body = await readBody(response, maxBytes, system);
      return toRealResponse(loopback, url, { status: response.status, headers: lowerCased(response.headers), body });
    } catch (error) {
      if (error instanceof TransportError) throw error;
      throw new TransportError(
        signal.aborted ? cancelled(system) : explain(error, limit.expired(), hostOf(url), system, limitMs),
      );
    } finally {
      limit.dispose();
    }
  }

  function checkTarget(url: string, system: string): string {
    const why = refuseUrl(url, system);
    if (why) throw new TransportError(why);
    const target = toLoopbackUrl(loopback, url, system);
    if ("why" in target) throw new TransportError(target.why);
    return target.url;
  }

  async function authorizeRequest(
    request: HttpRequest,
    url: string,
    system: string,
  ): Promise<Extract<Authorization, { readonly ok: true }>> {
    const { hostname, origin } = new URL(url);
    if (!request.credential) {
      if (isLoopbackHost(hostname)) return { ok: true, headers: {} };
      throw new TransportError(refused(system, `${origin} is not contacted without a credential that is bound to it`));
    }
    const authorization = await authorize(secrets, request.credential, origin, (grant, connection, scope) =>
      tokens.find(grant, connection, (asked) => postForToken(asked, connection), scope),
    );
    if (!authorization.ok) throw new TransportError(authorization.why);
    return authorization;
  }

  return { exchange };
}

/** What the headers prove themselves with; a scheme such as `Bearer` is none of it. */
function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers).map((value) => value.slice(value.indexOf(" ") + 1));
}

interface TimeLimit {
  readonly signal: AbortSignal;
  expired(): boolean;
  dispose(): void;
}

function limitTime(outer: Cancellation, timeoutMs: number): TimeLimit {
  const controller = new AbortController();
  let isExpired = false;
  const abort = () => controller.abort();
  const timer = setTimeout(() => {
    isExpired = true;
    abort();
  }, timeoutMs);
  outer.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    expired: () => isExpired,
    dispose() {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}

async function readBody(response: Response, maxBytes: number, system: string): Promise<string> {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new TransportError({
        kind: "malformed",
        system,
        message: `the answer of ${system} is larger than ${maxBytes} bytes`,
      });
    }
    text += decoder.decode(value, { stream: true });
  }
}

function lowerCased(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));
}

/** The platform's own message is never passed on: it can quote a header. Its code is enough to say what went wrong. */
function explain(error: unknown, expired: boolean, host: string, system: string, timeoutMs: number): Failure {
  const message = expired
    ? `${host} did not answer within ${timeoutMs / 1000} seconds`
    : `${host} cannot be reached: ${describeCode(codeOf(error))}`;
  return { kind: "unreachable", system, message };
}

function describeCode(code: string): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) return "its name is not known here; check the network, a proxy or the spelling";
  if (/ECONNREFUSED/.test(code)) return "the connection was refused";
  if (/ECONNRESET|EPIPE|UND_ERR_SOCKET/.test(code)) return "the connection was cut";
  if (/CERT|SSL|TLS|ISSUER|SELF_SIGNED/.test(code))
    return "its certificate is not trusted; for a company proxy set NODE_EXTRA_CA_CERTS, or the editor's certificate settings";
  return code === "" ? "network error; check the connection and proxy settings" : `network error ${code}`;
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : "";
  return typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "";
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function cancelled(system: string): Failure {
  return { kind: "cancelled", system, message: `the request to ${system} was cancelled` };
}
