/** Where secrets come from, and the one place that turns them into headers: only for the origin they are bound to. */

import type { AuthScheme, CredentialRef, ExtraScope } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { refuseOrigin } from "./origins.ts";
import { audienceOrigin, type TokenGrant } from "./tokens/grants.ts";
import type { TokenAnswer } from "./tokens/store.ts";

/**
 * A secret and the only origin it may be sent to. A grant itself goes to its token endpoint and nowhere else
 * (`tokens/grants.ts`); what is bound to `origin` is the token it is exchanged for.
 */
export type BoundSecret = { readonly origin: string } & (
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "datadog-keys"; readonly apiKey: string; readonly appKey: string }
  | { readonly kind: "grant"; readonly grant: TokenGrant }
);

/** Exchanges a grant for a token; `system` is the connection's name, `scope` what a single request takes besides. */
export type ExchangeGrant = (grant: TokenGrant, system: string, scope?: ExtraScope) => Promise<TokenAnswer>;

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
  | {
      readonly ok: true;
      readonly headers: Readonly<Record<string, string>>;
      /** What the token in the headers was exchanged for, if it was. */
      readonly grant?: TokenGrant;
    }
  | { readonly ok: false; readonly why: Failure };

/** Headers that authorize a request to `origin`. Fails when there is no secret or when it is bound to another origin. */
export async function authorize(
  source: SecretSource,
  credential: CredentialRef,
  origin: string,
  exchange: ExchangeGrant = noExchange,
): Promise<Authorization> {
  const answer = await source.findSecret(credential);
  if (!answer.ok) return answer;
  const { secret } = answer;
  const foreign = refuseOrigin(secret.origin, origin, credential.connection);
  if (foreign) return { ok: false, why: foreign };
  if (secret.kind === "grant") {
    const misplaced = refuseOrigin(audienceOrigin(secret.grant), origin, credential.connection);
    if (misplaced) return { ok: false, why: misplaced };
    const exchanged = await exchange(secret.grant, credential.connection, credential.scope);
    if (!exchanged.ok) return exchanged;
    return { ok: true, headers: { authorization: `Bearer ${exchanged.token}` }, grant: secret.grant };
  }
  const why = refuseShape(secret, credential);
  return why ? { ok: false, why } : { ok: true, headers: toHeaders(secret, credential.scheme) };
}

type ReadySecret = Exclude<BoundSecret, { readonly kind: "grant" }>;

/**
 * Datadog takes access tokens (`ddpat_…`, `ddsat_…`) as bearer without an API key
 * (https://docs.datadoghq.com/account_management/personal-access-tokens/, 2026-09), and its SCIM endpoints take the
 * application key as bearer (https://docs.datadoghq.com/api/latest/scim/, 2026-09).
 */
function toHeaders(secret: ReadySecret, scheme: AuthScheme): Record<string, string> {
  if (secret.kind === "datadog-keys") {
    return scheme === "datadog-scim"
      ? { authorization: `Bearer ${secret.appKey}` }
      : { "dd-api-key": secret.apiKey, "dd-application-key": secret.appKey };
  }
  return { authorization: `${scheme === "okta-ssws" ? "SSWS" : "Bearer"} ${secret.token}` };
}

/** A header value the platform refuses would be quoted in its error message, so it is caught here. */
function refuseShape(secret: ReadySecret, credential: CredentialRef): Failure | undefined {
  const values = secret.kind === "token" ? [secret.token] : [secret.apiKey, secret.appKey];
  if (values.every((value) => /^[\x21-\x7e]+$/.test(value))) return undefined;
  return {
    kind: "not-configured",
    system: credential.connection,
    message: `the credential of ${credential.connection} holds spaces or other characters that no token has; enter it again`,
  };
}

async function noExchange(_: TokenGrant, system: string): Promise<TokenAnswer> {
  const message = `the credential of ${system} must be exchanged for a token, which is not possible here`;
  return { ok: false, why: { kind: "not-configured", system, message } };
}
