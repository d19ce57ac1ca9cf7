/**
 * Tokens of an Okta service app. The organization's own authorization server is the only one that grants `okta.*` scopes,
 * and `private_key_jwt` the only proof it takes for them.
 * https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/ (2026-11)
 */

import type { ExtraScope, HttpResponse } from "../../core/model/http.ts";
import { formRequest, type OktaKeyGrant, type TokenPost } from "./grants.ts";
import { signClaims } from "./sign.ts";

/** Read-only. The app needs an administrator role besides that may see groups and users. */
export const OKTA_SCOPES = "okta.groups.read okta.users.read" as const;

/** Undefined when the key cannot be used. With `scope` the token is for that alone. */
export async function askOkta(
  grant: OktaKeyGrant,
  nowMs: number,
  post: TokenPost,
  scope: ExtraScope | typeof OKTA_SCOPES = OKTA_SCOPES,
): Promise<HttpResponse | undefined> {
  const url = `${grant.origin}/oauth2/v1/token`;
  const claims = { issuer: grant.clientId, subject: grant.clientId, audience: url };
  const assertion = await signClaims(claims, grant.privateKey, grant.keyId, nowMs);
  if (assertion === undefined) return undefined;
  return post(
    formRequest(url, {
      grant_type: "client_credentials",
      scope,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    }),
  );
}
