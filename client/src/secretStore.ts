/** Secrets in the editor's SecretStorage, each under the connection, the use and the origin it was entered for. */

import type { SecretStorage } from "vscode";
import type { CredentialRef } from "../../server/src/core/model/http.ts";
import type { BoundSecret, SecretAnswer, SecretSource } from "../../server/src/http/secrets.ts";
import type { TokenGrant } from "../../server/src/http/tokens/grants.ts";

/** What a stored secret is for; the secret itself stays in the keychain. */
export interface StoredCredential {
  readonly connection: string;
  readonly use: CredentialRef["use"];
  readonly origin: string;
}

export interface SecretStore {
  /**
   * Secrets that were entered for this origin and for no other: a repository that gives a known connection a foreign
   * host finds nothing. A write without a credential of its own uses the read one.
   */
  secretsFor(origin: string): SecretSource;
  save(credential: StoredCredential, secret: Secret): Promise<void>;
  forget(credential: StoredCredential): Promise<void>;
  list(): Promise<readonly StoredCredential[]>;
}

/** A secret as entered, before it is bound. A grant is what a token is asked for with. */
export type Secret =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "datadog-keys"; readonly apiKey: string; readonly appKey: string }
  | { readonly kind: "grant"; readonly grant: TokenGrant };

/** Origins and names hold no spaces, so a space keeps the parts of a key apart. */
const KEY = /^credential (\S+) (read|write) (\S+)$/;

export function createSecretStore(storage: SecretStorage): SecretStore {
  async function find(credential: CredentialRef, origin: string): Promise<SecretAnswer> {
    const { connection, use } = credential;
    const own = await storage.get(keyOf({ connection, use, origin }));
    const text = own ?? (await storage.get(keyOf({ connection, use: "read", origin })));
    if (text === undefined)
      return notConfigured(connection, `not signed in to ${connection} (${origin}); run "accessmap: Sign In"`);
    const secret: BoundSecret = { ...(JSON.parse(text) as Secret), origin };
    return { ok: true, secret };
  }

  return {
    secretsFor: (origin) => ({
      findSecret: (credential) =>
        find(credential, origin).catch(() =>
          notConfigured(
            credential.connection,
            `the credential of ${credential.connection} cannot be read; sign in again`,
          ),
        ),
    }),
    save: async (credential, secret) => storage.store(keyOf(credential), JSON.stringify(secret)),
    forget: async (credential) => storage.delete(keyOf(credential)),
    list: async () => (await storage.keys()).flatMap((key) => parseKey(key) ?? []),
  };
}

function keyOf({ connection, use, origin }: StoredCredential): string {
  return `credential ${encodeURIComponent(connection)} ${use} ${origin}`;
}

function parseKey(key: string): StoredCredential | undefined {
  const [, connection, use, origin] = KEY.exec(key) ?? [];
  if (!connection || !use || !origin) return undefined;
  return { connection: decodeURIComponent(connection), use: use as CredentialRef["use"], origin };
}

function notConfigured(system: string, message: string): SecretAnswer {
  return { ok: false, why: { kind: "not-configured", system, message } };
}
