/** The one way out to the network. Connectors and retries sit above it, credentials and origin checks below it. */

import type { Cancellation, HttpRequest, HttpResponse } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";

export interface Transport {
  /**
   * Performs one exchange, once.
   * Must refuse (TransportError, kind `refused` or `not-configured`) before a byte is sent when the origin is not the
   * one that the credential is bound to.
   * Must throw `TransportError` and nothing else when there is no answer; any HTTP status is an answer.
   * Must not follow redirects, retry, or put a secret into an error.
   */
  exchange(request: HttpRequest, signal: Cancellation): Promise<HttpResponse>;
}

/** No answer could be had. `failure` says why, in words for people. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
