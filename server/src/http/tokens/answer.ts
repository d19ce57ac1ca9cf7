/** What a token endpoint answered. Vendor texts can quote keys and assertions, so only known codes are passed on. */

import type { HttpResponse } from "../../core/model/http.ts";
import { isRecord } from "../../core/model/json.ts";
import type { Failure } from "../../core/model/knowledge.ts";
import { originOf } from "../origins.ts";
import { describeEntraError } from "./entra.ts";
import type { TokenGrant } from "./grants.ts";

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

/** Codes of RFC 6749 (5.2), with what they mean whoever says them. */
const MEANINGS: Meanings = {
  invalid_client: "the client is unknown, or its secret or key is wrong",
  invalid_scope: "a scope is not granted to the application",
  access_denied: "the account may not have this token",
  invalid_dpop_proof: "the application demands proof of possession (DPoP), which is not supported; switch it off there",
};

type Meanings = Readonly<Record<string, string>>;

const OF_ENTRA: Meanings = {
  invalid_grant: "Entra ID does not accept the proof; check the secret or the federated credential of the application",
  unauthorized_client: "Entra ID does not let this application ask; check AZURE_CLIENT_ID and AZURE_TENANT_ID",
};

const OF_GOOGLE: Meanings = {
  invalid_grant: "the grant is not accepted; check whom the account acts for, its key, and this machine's clock",
  unauthorized_client: "the account may not ask for these scopes; an administrator must delegate exactly them to it",
  PERMISSION_DENIED: "the access token may not sign for the service account (role Service Account Token Creator)",
  UNAUTHENTICATED: "the access token that should sign for the service account is not valid",
};

/** What a code means with one vendor alone: advice that names another's settings sends people to the wrong console. */
const MEANINGS_OF: Readonly<Record<TokenGrant["kind"], Meanings>> = {
  "entra-secret": OF_ENTRA,
  "entra-federated": OF_ENTRA,
  "google-key": OF_GOOGLE,
  "google-keyless": OF_GOOGLE,
  "okta-key": {
    invalid_grant: "Okta does not accept the proof; check the public key of the service app and this machine's clock",
    unauthorized_client: "the app may not ask for tokens this way; it must be a service app of the type API Services",
  },
};

function meaningOf(code: string, kind: TokenGrant["kind"]): string | undefined {
  const meanings = { ...MEANINGS, ...MEANINGS_OF[kind] };
  return Object.hasOwn(meanings, code) ? meanings[code] : undefined;
}

/** Why a token endpoint gave no token, in its own code and our words. */
export function describeRefusal(response: HttpResponse, system: string, kind: TokenGrant["kind"]): Failure {
  const { status } = response;
  const value = parse(response.body);
  const code = codeOf(value);
  const description = typeof value?.error_description === "string" ? value.error_description : "";
  const meaning = meaningOf(code, kind);
  const numbered = MEANINGS_OF[kind] === OF_ENTRA ? describeEntraError(description) : undefined;
  const detail = numbered ?? (meaning === undefined ? code : `${code}: ${meaning}`);
  const fail = (why: Failure["kind"], message: string): Failure => ({ kind: why, system, status, message });
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
