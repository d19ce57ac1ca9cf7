/** The service app of the Okta organization: its key, what it may read, and the tokens it was given. */

import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { accessTokens } from "../http/accessTokens.ts";

/** Changed by tests that want another situation; the next request sees it. */
export interface OktaServiceApp {
  readonly clientId: string;
  /** Scopes that an administrator granted. */
  readonly scopes: Set<string>;
  /** Made at the first call: thousands of sandboxes start without needing one. */
  keys: () => { readonly id: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** All API tokens of the organization. */
  readonly apiTokens: OktaApiToken[];
  /** All OpenID Connect applications, the one above among them. */
  readonly clients: OktaClient[];
}

export interface OktaApiToken {
  readonly name: string;
  /** Login; somebody of the company when there is nobody of that name. */
  readonly owner: string;
  readonly createdDaysAgo: number;
  readonly usedDaysAgo: number;
}

export interface OktaClient {
  readonly id: string;
  readonly label: string;
  readonly type: "service" | "web";
  readonly scopes: () => readonly string[];
  readonly keys: readonly { readonly id: string; readonly createdDaysAgo: number; readonly isActive: boolean }[];
}

export const OKTA_SCOPES = { groups: "okta.groups.read", users: "okta.users.read" } as const;

/** Which scope a path takes; groups where nothing else is said. */
const TAKES: readonly (readonly [path: RegExp, scope: string])[] = [
  [/^\/api\/v1\/users/, OKTA_SCOPES.users],
  [/^\/api\/v1\/api-tokens/, "okta.apiTokens.read"],
  [/^\/api\/v1\/apps\/[^/]+\/grants/, "okta.appGrants.read"],
  [/^\/api\/v1\/apps/, "okta.apps.read"],
];

/** The scope that a path takes; what is not in the table counts as one about groups. */
export function scopeFor(path: string): string {
  return TAKES.find(([pattern]) => pattern.test(path))?.[1] ?? OKTA_SCOPES.groups;
}

/** With both scopes for reading. Its key pair is made when somebody first signs. */
export function createServiceApp(): OktaServiceApp {
  let keys: ReturnType<OktaServiceApp["keys"]> | undefined;
  const clientId = "0oaaccessmap0sandbox5d7";
  const scopes = new Set<string>(Object.values(OKTA_SCOPES));
  return {
    clientId,
    scopes,
    apiTokens: [
      { name: "accessmap", owner: "", createdDaysAgo: 40, usedDaysAgo: 0 },
      { name: "old hr export", owner: "", createdDaysAgo: 700, usedDaysAgo: 29 },
    ],
    clients: [
      {
        id: clientId,
        label: "accessmap",
        type: "service",
        scopes: () => [...scopes],
        keys: [
          { id: "sandbox-okta-key", createdDaysAgo: 30, isActive: true },
          { id: "sandbox-okta-key-before", createdDaysAgo: 400, isActive: false },
        ],
      },
      {
        id: "0oagroupsync0sandbox5d7",
        label: "group sync",
        type: "service",
        scopes: () => ["okta.groups.manage"],
        keys: [{ id: "group-sync-2024", createdDaysAgo: 500, isActive: true }],
      },
      { id: "0oaportal0000sandbox5d7", label: "customer portal", type: "web", scopes: () => [], keys: [] },
    ],
    keys: () => {
      keys ??= { id: "sandbox-okta-key", ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
      return keys;
    },
  };
}

/** The private key as Okta shows it once, a JWK in one line: the value of `OKTA_CLIENT_PRIVATEKEY`. */
export function privateKeyOf(app: OktaServiceApp): string {
  const { id, privateKey } = app.keys();
  return JSON.stringify({ ...privateKey.export({ format: "jwk" }), alg: "RS256", kid: id });
}

/** What an access token lets its bearer do. */
export interface Grant {
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly end: number;
}

export const TOKENS = accessTokens<Grant>("sandbox-okta-access-token");
