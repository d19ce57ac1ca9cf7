/**
 * Tokens of a Google service account that acts for an administrator (domain-wide delegation): signed with the account's
 * key, or without a key by Google's own signer.
 * https://developers.google.com/identity/protocols/oauth2/service-account (2026-11)
 */

import type { HttpResponse } from "../../core/model/http.ts";
import { isRecord } from "../../core/model/json.ts";
import {
  formRequest,
  GOOGLE_SIGNER_ORIGIN,
  GOOGLE_TOKEN_ORIGIN,
  type GoogleKeyGrant,
  type GoogleKeylessGrant,
  type TokenPost,
} from "./grants.ts";
import { LIFETIME_S, signClaims } from "./sign.ts";

/** Read-only, and nothing beyond groups, members and people. The delegation must name exactly these. */
export const GOOGLE_SCOPES = [
  "https://www.googleapis.com/auth/admin.directory.group.readonly",
  "https://www.googleapis.com/auth/admin.directory.user.readonly",
].join(" ");

/** A key file may name a token endpoint of its own (`token_uri`); it is not asked. */
const TOKEN_URL = `${GOOGLE_TOKEN_ORIGIN}/token`;
const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** Undefined when the key cannot be used. */
export async function askWithKey(
  grant: GoogleKeyGrant,
  nowMs: number,
  post: TokenPost,
): Promise<HttpResponse | undefined> {
  const claims = { issuer: grant.email, subject: grant.admin, audience: TOKEN_URL, scope: GOOGLE_SCOPES };
  const assertion = await signClaims(claims, grant.privateKey, grant.keyId, nowMs);
  return assertion === undefined ? undefined : post(formRequest(TOKEN_URL, { grant_type: GRANT_TYPE, assertion }));
}

/**
 * Two steps: the IAM Credentials API signs the claims as the service account, and the token endpoint takes them. The first
 * step's answer is returned when it fails. https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signJwt (2026-11)
 */
export async function askKeyless(grant: GoogleKeylessGrant, nowMs: number, post: TokenPost): Promise<HttpResponse> {
  const iat = Math.floor(nowMs / 1000);
  const claims = {
    iss: grant.email,
    sub: grant.admin,
    aud: TOKEN_URL,
    scope: GOOGLE_SCOPES,
    iat,
    exp: iat + LIFETIME_S,
  };
  const signed = await post({
    url: `${GOOGLE_SIGNER_ORIGIN}/v1/projects/-/serviceAccounts/${encodeURIComponent(grant.email)}:signJwt`,
    headers: { "content-type": "application/json", authorization: `Bearer ${grant.accessToken}` },
    body: JSON.stringify({ payload: JSON.stringify(claims) }),
  });
  const assertion = signed.status === 200 ? findSignedJwt(signed.body) : undefined;
  return assertion === undefined ? signed : post(formRequest(TOKEN_URL, { grant_type: GRANT_TYPE, assertion }));
}

function findSignedJwt(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && typeof value.signedJwt === "string" ? value.signedJwt : undefined;
  } catch {
    return undefined;
  }
}
