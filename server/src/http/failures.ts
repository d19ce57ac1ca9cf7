/** From an answer or an exception to a `Failure`: what happened, what to check. Vendor texts are shortened and redacted. */

import type { HttpRequest, HttpResponse } from "../core/model/http.ts";
import { isRecord } from "../core/model/json.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { messageOf } from "../core/model/thrown.ts";
import { redactText } from "./redact.ts";
import { TransportError } from "./transport.ts";

/** A request that did not succeed, after all its tries. `retryAfterMs` is what the vendor asked for in its last answer. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly failure: Failure;
  readonly retryAfterMs: number | undefined;

  constructor(failure: Failure, retryAfterMs?: number) {
    super(failure.message);
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The failure inside any exception that a connector may meet; an unforeseen one is a `malformed` answer. */
export function toFailure(error: unknown, system: string): Failure {
  if (error instanceof RequestError || error instanceof TransportError) return error.failure;
  return malformed(system, `${system} answered something unexpected: ${redactText(messageOf(error))}`);
}

/** An answer that is not what the vendor documents. */
export function malformed(system: string, message: string): Failure {
  return { kind: "malformed", system, message };
}

/** A status outside 200 to 299 as a failure. `needs` names the permission the request takes, for 401 and 403. */
export function describeStatus(request: HttpRequest, response: HttpResponse, needs?: string): Failure {
  const system = request.credential?.connection ?? new URL(request.url).host;
  const { status } = response;
  const fail = (kind: Failure["kind"], message: string): Failure => ({ kind, system, status, message });
  const call = `${request.method} ${new URL(request.url).pathname}`;
  const said = readErrorText(response.body);
  const quote = said === "" ? "" : `: ${said}`;
  if (status === 401 || status === 403)
    return fail("denied", `${describeDenial(request, status, needs)}${quote && ` (answer${quote})`}`);
  if (status === 429)
    return fail("throttled", `${system} throttles ${call}; its rate limit is shared with other tools, try again later`);
  if (status >= 500 || status === 408)
    return fail("unreachable", `${system} has a problem of its own (${status} for ${call}); try again later`);
  if (status >= 300 && status < 400)
    return fail(
      "refused",
      `${system} answered ${call} with a redirect (${status}); redirects are not followed, because a credential belongs to one origin. Check the configured host`,
    );
  if ((status === 404 || status === 410) && !isVendorError(jsonIn(response.body)))
    return fail(
      "unreachable",
      `${call} was answered with ${status} and no word of ${system} itself; a proxy or gateway may stand in between, or the configured address is wrong; nothing is said to be missing`,
    );
  if (status >= 400) return fail("rejected", `${system} rejected ${call} with ${status}${quote}`);
  return fail("malformed", `${system} answered ${call} with status ${status}`);
}

/**
 * The vendor's words from an error body: Datadog's `errors` (texts or objects), Okta's `errorSummary`, SCIM's `detail`,
 * `error` of Graph and Google (`code` and `message`), GitHub's `message`. Empty when the body is not JSON: pages for browsers say nothing useful.
 */
function readErrorText(body: string): string {
  const value = jsonIn(body);
  if (!isRecord(value)) return "";
  const texts = Array.isArray(value.errors)
    ? value.errors.map((entry) => (isRecord(entry) ? (entry.detail ?? entry.title) : entry))
    : isRecord(value.error)
      ? [value.error.code, value.error.message]
      : [value.errorSummary ?? value.detail ?? value.message];
  return redactText(texts.filter((text) => typeof text === "string").join("; "));
}

/**
 * True for an error in one of the shapes above. Gateways answer JSON too, with a message and no more (Kong, AWS), or with
 * `error` as a text (Spring); a bare `detail` may be theirs as well, but many SCIM services leave the rest of theirs out.
 */
function isVendorError(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return (
    Array.isArray(value.errors) ||
    isRecord(value.error) ||
    [value.errorSummary, value.detail, value.documentation_url].some((text) => typeof text === "string") ||
    // GitLab's messages begin with the status.
    /^4\d\d /.test(String(value.message)) ||
    (Array.isArray(value.schemas) && value.schemas.some((schema) => /:Error$/.test(String(schema))))
  );
}

/** Undefined for what is no JSON. */
function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function describeDenial(request: HttpRequest, status: number, needs: string | undefined): string {
  const system = request.credential?.connection ?? "the system";
  const permission = needs === undefined ? "" : ` ${needs}`;
  switch (request.credential?.scheme) {
    case "okta-ssws":
      return status === 401
        ? `${system} does not accept the Okta token (401): it may be revoked, or expired after 30 days without use; create a new one`
        : `the Okta token of ${system} may not do this (403): the administrator or service app it belongs to needs${permission || " read access to groups and users"}`;
    case "datadog-keys":
    case "datadog-scim":
      return status === 401
        ? `${system} does not accept the Datadog credential (401): check that the keys are valid and belong to this site`
        : `the Datadog keys of ${system} may not do this (403): check that they belong to this site, and that the application key and its owner have${permission || " the permission"}`;
    default:
      return `${system} does not accept the credential (${status}); it may be expired or lack${permission || " the permission"}`;
  }
}
