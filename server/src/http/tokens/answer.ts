/** What a token endpoint answered. Vendor texts can quote keys and assertions, so only known codes are passed on. */

import type { HttpResponse } from "../../core/model/http.ts";
import { isRecord } from "../../core/model/json.ts";
import type { Failure } from "../../core/model/knowledge.ts";
import { originOf } from "../origins.ts";
import { describeEntraError } from "./entra.ts";

/** `expiresIn` is in seconds. */
export type TokenRead = { readonly token: string; readonly expiresIn: number } | { readonly problem: string };

/** An hour is what all three vendors grant when they do not say (2026-11). */
const USUAL_LIFE_S = 3600;

/** The token in the answer of a token endpoint, or why there is none that we can use. */
export function readToken(body: string): TokenRead {
  const value = parse(body);
  const token = value?.access_token;
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token))
    return { problem: "the token endpoint answered without an access token; a proxy may stand in between" };
  if (/^dpop$/i.test(String(value?.token_type ?? "")))
    return {
      problem: "the application demands proof of possession (DPoP), which is not supported; switch it off there",
    };
  const seconds = Number(value?.expires_in);
  return { token, expiresIn: seconds > 0 ? seconds : USUAL_LIFE_S };
}

/** Codes of RFC 6749 (5.2) and of the vendors, with what they mean here. */
const MEANINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    invalid_client: "the client is unknown, or its secret or key is wrong",
    invalid_grant: "the grant is not accepted; check whom the account acts for, its key, and this machine's clock",
    unauthorized_client: "the account may not ask for these scopes; an administrator must delegate exactly them to it",
    invalid_scope: "a scope is not granted to the application",
    access_denied: "the account may not have this token",
    invalid_dpop_proof:
      "the application demands proof of possession (DPoP), which is not supported; switch it off there",
    PERMISSION_DENIED: "the access token may not sign for the service account (role Service Account Token Creator)",
    UNAUTHENTICATED: "the access token that should sign for the service account is not valid",
  }),
);

/** Why a token endpoint gave no token, in its own code and our words. */
export function describeRefusal(response: HttpResponse, system: string): Failure {
  const { status } = response;
  const value = parse(response.body);
  const code = codeOf(value);
  const description = typeof value?.error_description === "string" ? value.error_description : "";
  const detail = describeEntraError(description) ?? (MEANINGS.has(code) ? `${code}: ${MEANINGS.get(code)}` : code);
  const fail = (kind: Failure["kind"], message: string): Failure => ({ kind, system, status, message });
  if (status === 429) return fail("throttled", `the token endpoint of ${system} throttles; try again later`);
  if (status >= 300 && status < 400) return fail("denied", `no token for ${system}: ${redirected(response)}`);
  if (status >= 500 || status === 408)
    return fail("unreachable", `the token endpoint of ${system} has a problem of its own (${status}); try again later`);
  return fail("denied", `no token for ${system} (${status})${detail === "" ? "" : `: ${detail}`}`);
}

/** Where to is told by its origin alone: the rest of the address may carry what was sent. */
function redirected({ status, headers: { location = "" } }: HttpResponse): string {
  const origin = originOf(location);
  return `its token endpoint answered with a redirect (${status})${origin ? ` to ${origin}` : ""}, which is not followed; a proxy or a page to sign in may stand in between`;
}

/** `error` of OAuth is a word; Google's APIs have an object with `status`. */
function codeOf(value: Record<string, unknown> | undefined): string {
  const error = value?.error;
  const code = isRecord(error) ? error.status : error;
  return typeof code === "string" && /^[A-Za-z_]{1,40}$/.test(code) ? code : "";
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
