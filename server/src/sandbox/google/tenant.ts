/** The Google Workspace customer: its service account, what that may read, and the tokens it was given. */

import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { accessTokens } from "../http/accessTokens.ts";

/** Changed by tests that want another situation; the next request sees it. */
export interface GoogleTenant {
  /** E.g. `C0123abc`. */
  readonly customer: string;
  readonly serviceAccount: string;
  /** Whom the service account may act for. */
  readonly admin: string;
  /** Scopes that an administrator gave the service account for its domain-wide delegation. */
  readonly scopes: Set<string>;
  /** The bearer token with which `signJwt` signs without a key file. */
  readonly cloudToken: string;
  /** Most rows of a page, whatever `maxResults` says. */
  mostRows: number;
  /** What IAM lists of the service account. */
  readonly accountKeys: AccountKey[];
  /** Made at the first call: thousands of sandboxes start without needing one. */
  readonly keys: () => { readonly id: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

export interface AccountKey {
  readonly id: string;
  readonly type: "USER_MANAGED" | "SYSTEM_MANAGED";
  readonly createdDaysAgo: number;
  readonly isDisabled?: boolean;
}

/** The content of a service account's key file, as `GOOGLE_APPLICATION_CREDENTIALS` names it. */
export interface GoogleKey {
  readonly type: "service_account";
  readonly project_id: string;
  readonly private_key_id: string;
  readonly private_key: string;
  readonly client_email: string;
  readonly client_id: string;
  readonly token_uri: string;
}

export const TOKEN_URI = "https://oauth2.googleapis.com/token";
export const READ_SCOPES = {
  groups: "https://www.googleapis.com/auth/admin.directory.group.readonly",
  members: "https://www.googleapis.com/auth/admin.directory.group.member.readonly",
  users: "https://www.googleapis.com/auth/admin.directory.user.readonly",
} as const;

/** The customer that the documentation's example names. Its key pair is made when somebody first signs. */
export function createGoogleTenant(): GoogleTenant {
  let keys: ReturnType<GoogleTenant["keys"]> | undefined;
  return {
    customer: "C0123abc",
    serviceAccount: "accessmap@acme-sandbox.iam.gserviceaccount.com",
    admin: "directory-reader@acme.com",
    scopes: new Set(Object.values(READ_SCOPES)),
    cloudToken: "sandbox-cloud-token",
    mostRows: 500,
    accountKeys: [
      { id: "sandbox-key", type: "USER_MANAGED", createdDaysAgo: 200 },
      { id: "sandbox-key-before", type: "USER_MANAGED", createdDaysAgo: 600, isDisabled: true },
      { id: "google-own-key", type: "SYSTEM_MANAGED", createdDaysAgo: 5 },
    ],
    keys: () => {
      keys ??= { id: "sandbox-key", ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
      return keys;
    },
  };
}

/** A key of its own for every sandbox; it opens nothing else. */
export function keyFileOf(tenant: GoogleTenant): GoogleKey {
  const { id, privateKey } = tenant.keys();
  return {
    type: "service_account",
    project_id: "acme-sandbox",
    private_key_id: id,
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    client_email: tenant.serviceAccount,
    client_id: "100000000000000000001",
    token_uri: TOKEN_URI,
  };
}

/** What an access token lets its bearer do. */
export interface Grant {
  /** The person acted for; undefined when the service account speaks for itself. */
  readonly subject?: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly end: number;
}

export const TOKENS = accessTokens<Grant>("sandbox-google-token");
