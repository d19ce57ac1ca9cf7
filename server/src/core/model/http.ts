/** One HTTP exchange as plain data. Connectors describe requests; a transport adds credentials and performs them. */

/** Where and how a vendor expects the credential. The transport alone knows the secret. */
export type AuthScheme =
  | "okta-ssws" // directories of Okta, read only. Authorization: SSWS <token>, or Bearer <token> of a service app
  | "bearer" // all other directories, read only. Authorization: Bearer <token>
  | "datadog-keys" // DD-API-KEY and DD-APPLICATION-KEY
  | "datadog-scim" // Authorization: Bearer <application key>
  | "comments"; // comments on pull and merge requests. Authorization: Bearer <token>

/** Whose credential a request needs. `read` serves editing and planning, `write` is used by apply alone. */
export interface CredentialRef {
  /** Name of the directory or organization in accessmap.yaml. */
  readonly connection: string;
  readonly use: "read" | "write";
  readonly scheme: AuthScheme;
  /** A scope that only this request takes, where tokens are asked for by scope: a token of its own is asked for it. */
  readonly scope?: ExtraScope;
}

/**
 * What a service app may be given beyond groups and users. Each is asked for alone, because a token endpoint refuses all
 * scopes of a request for the sake of one that was not granted.
 */
export const EXTRA_SCOPES = ["okta.apiTokens.read", "okta.apps.read", "okta.appGrants.read"] as const;
export type ExtraScope = (typeof EXTRA_SCOPES)[number];

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly credential?: CredentialRef;
}

/** Header names are lower case. Redirects are not followed: the answer is the vendor's own. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Structural `AbortSignal`, so that pure code needs no DOM types. The real one fits as it is. */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
