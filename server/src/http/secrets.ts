/** Where secrets come from, and the one place that turns them into headers: only for the origin they are bound to. */

import type { AuthScheme, CredentialRef } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { refuseOrigin } from "./origins.ts";

/** A secret and the only origin it may be sent to. */
export type BoundSecret = { readonly origin: string } & (
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "datadog-keys"; readonly apiKey: string; readonly appKey: string }
);

/** Found, or why not in words that say which variable or sign-in is missing (kind `not-configured`, `denied` or `refused`). */
export type SecretAnswer =
  | { readonly ok: true; readonly secret: BoundSecret }
  | { readonly ok: false; readonly why: Failure };

/**
 * Keeps secrets: the environment on the command line, SecretStorage in the editor.
 * Must answer with the origin the secret was bound to when it was entered, not with one taken from the project.
 * Must not put a secret into a failure. Must not throw.
 */
export interface SecretSource {
  findSecret(credential: CredentialRef): Promise<SecretAnswer>;
}

export type Authorization =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly why: Failure };

/** Headers that authorize a request to `origin`. Fails when there is no secret or when it is bound to another origin. */
export async function authorize(
  source: SecretSource,
  credential: CredentialRef,
  origin: string,
): Promise<Authorization> {
  const answer = await source.findSecret(credential);
  if (!answer.ok) return answer;
  const why =
    refuseOrigin(answer.secret.origin, origin, credential.connection) ?? refuseShape(answer.secret, credential);
  return why ? { ok: false, why } : { ok: true, headers: toHeaders(answer.secret, credential.scheme) };
}

/**
 * Datadog takes access tokens (`ddpat_…`, `ddsat_…`) as bearer without an API key
 * (https://docs.datadoghq.com/account_management/personal-access-tokens/, 2026-09), and its SCIM endpoints take the
 * application key as bearer (https://docs.datadoghq.com/api/latest/scim/, 2026-09).
 */
function toHeaders(secret: BoundSecret, scheme: AuthScheme): Record<string, string> {
  if (secret.kind === "datadog-keys") {
    return scheme === "datadog-scim"
      ? { authorization: `Bearer ${secret.appKey}` }
      : { "dd-api-key": secret.apiKey, "dd-application-key": secret.appKey };
  }
  return { authorization: `${scheme === "okta-ssws" ? "SSWS" : "Bearer"} ${secret.token}` };
}

/** A header value the platform refuses would be quoted in its error message, so it is caught here. */
function refuseShape(secret: BoundSecret, credential: CredentialRef): Failure | undefined {
  const values = secret.kind === "token" ? [secret.token] : [secret.apiKey, secret.appKey];
  if (values.every((value) => /^[\x21-\x7e]+$/.test(value))) return undefined;
  return {
    kind: "not-configured",
    system: credential.connection,
    message: `the credential of ${credential.connection} holds spaces or other characters that no token has; enter it again`,
  };
}
