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
}

export const OKTA_SCOPES = { groups: "okta.groups.read", users: "okta.users.read" } as const;

export function createServiceApp(): OktaServiceApp {
  let keys: ReturnType<OktaServiceApp["keys"]> | undefined;
  return {
    clientId: "0oaaccessmap0sandbox5d7",
    scopes: new Set(Object.values(OKTA_SCOPES)),
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
