/** What a token can be had with, and the only places it may be asked from. Pure. */

import type { HttpResponse } from "../../core/model/http.ts";
import type { Cloud } from "../../core/model/project.ts";
import { graphOrigin, loginOrigin } from "../clouds.ts";
import { GOOGLE_ORIGIN } from "../origins.ts";

/** Entra ID: an application with a client secret. */
export interface EntraSecretGrant {
  readonly kind: "entra-secret";
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Entra ID: workload identity federation. `assertion` is the token of the machine this runs on (a CI job, a pod). */
export interface EntraFederatedGrant {
  readonly kind: "entra-federated";
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly clientId: string;
  readonly assertion: string;
}

/** Google: a service account's key that acts for `admin` (domain-wide delegation). */
export interface GoogleKeyGrant {
  readonly kind: "google-key";
  readonly email: string;
  readonly admin: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly keyId?: string;
}

/** Google without a key: `accessToken` may let the service account sign (role Service Account Token Creator). */
export interface GoogleKeylessGrant {
  readonly kind: "google-keyless";
  readonly email: string;
  readonly admin: string;
  readonly accessToken: string;
}

/** Okta: a service app that proves itself by its private key. */
export interface OktaKeyGrant {
  readonly kind: "okta-key";
  /** Origin of the organization: it issues the token and takes it. */
  readonly origin: string;
  readonly clientId: string;
  /** PEM (PKCS #8) or a JWK as JSON. */
  readonly privateKey: string;
  readonly keyId?: string;
}

export type TokenGrant = EntraSecretGrant | EntraFederatedGrant | GoogleKeyGrant | GoogleKeylessGrant | OktaKeyGrant;

/** One request to a token endpoint. It is a POST always. */
export interface TokenRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends one request to a token endpoint. Throws `TransportError` when there is no answer. */
export type TokenPost = (request: TokenRequest) => Promise<HttpResponse>;

export const GOOGLE_TOKEN_ORIGIN = "https://oauth2.googleapis.com";
export const GOOGLE_SIGNER_ORIGIN = "https://iamcredentials.googleapis.com";

/** Origins that a grant's secret, assertion or signature may go to. Nothing that a repository or an answer says changes them. */
export function tokenOrigins(grant: TokenGrant): readonly string[] {
  switch (grant.kind) {
    case "entra-secret":
    case "entra-federated":
      return [loginOrigin(grant.cloud)];
    case "google-key":
      return [GOOGLE_TOKEN_ORIGIN];
    case "google-keyless":
      return [GOOGLE_SIGNER_ORIGIN, GOOGLE_TOKEN_ORIGIN];
    case "okta-key":
      return [grant.origin];
  }
}

/** The only origin that a token exchanged for the grant is for, whatever the grant was stored under. */
export function audienceOrigin(grant: TokenGrant): string {
  switch (grant.kind) {
    case "entra-secret":
    case "entra-federated":
      return graphOrigin(grant.cloud);
    case "google-key":
    case "google-keyless":
      return GOOGLE_ORIGIN;
    case "okta-key":
      return grant.origin;
  }
}

/** A form as token endpoints take it (RFC 6749, 4.4.2). */
export function formRequest(url: string, fields: Readonly<Record<string, string>>): TokenRequest {
  return {
    url,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  };
}
