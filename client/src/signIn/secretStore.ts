/** Secrets in the editor's SecretStorage, each under the connection, the use and the binding it was entered for. */

import type { SecretStorage } from "vscode";
import type { CredentialRef } from "../../../server/src/core/model/http.ts";
import {
  type Binding,
  describeSecret,
  type KeptCredential,
  lastFourOf,
  type Secret,
  type StoredCredential,
} from "./credentials.ts";

export interface SecretStore {
  /**
   * The secret that was entered for this binding and for no other: a repository that gives a known connection a foreign
   * host or tenant finds nothing. A write without a credential of its own uses the read one. Rejects when an entry cannot be read.
   */
  find(credential: Pick<CredentialRef, "connection" | "use">, binding: Binding): Promise<Secret | undefined>;
  save(credential: StoredCredential, secret: Secret): Promise<KeptCredential>;
  forget(credential: StoredCredential): Promise<void>;
  list(): Promise<readonly KeptCredential[]>;
}

interface Entry {
  readonly secret: Secret;
  readonly since: string;
}

/** No part holds a space, because names and realms are encoded; so a space keeps them apart. */
const KEY = /^credential (\S+) (read|write) (\S+)(?: (\S+))?$/;

/** `today` answers `YYYY-MM-DD`. */
export function createSecretStore(storage: SecretStorage, today: () => string): SecretStore {
  async function load(credential: StoredCredential): Promise<Entry | undefined> {
    const text = await storage.get(keyOf(credential));
    return text === undefined ? undefined : (JSON.parse(text) as Entry);
  }

  /** An entry that cannot be read is listed all the same, so that it can be forgotten. */
  async function describe(credential: StoredCredential): Promise<KeptCredential> {
    const entry = await load(credential).catch(() => undefined);
    if (!entry) return { ...credential, label: "unreadable", since: "unknown" };
    return toKept(credential, entry);
  }

  return {
    async find({ connection, use }, { origin, realm }) {
      const own = await load({ connection, use, origin, realm });
      return (own ?? (await load({ connection, use: "read", origin, realm })))?.secret;
    },
    async save(credential, secret) {
      const entry: Entry = { secret, since: today() };
      await storage.store(keyOf(credential), JSON.stringify(entry));
      return toKept(credential, entry);
    },
    forget: async (credential) => storage.delete(keyOf(credential)),
    list: async () => Promise.all((await storage.keys()).flatMap((key) => parseKey(key) ?? []).map(describe)),
  };
}

function toKept(credential: StoredCredential, { secret, since }: Entry): KeptCredential {
  const last4 = lastFourOf(secret);
  return { ...credential, label: describeSecret(secret), since, ...(last4 === undefined ? {} : { last4 }) };
}

function keyOf({ connection, use, origin, realm }: StoredCredential): string {
  const whose = realm === undefined ? "" : ` ${encodeURIComponent(realm)}`;
  return `credential ${encodeURIComponent(connection)} ${use} ${origin}${whose}`;
}

function parseKey(key: string): StoredCredential | undefined {
  const [, connection, use, origin, realm] = KEY.exec(key) ?? [];
  if (!connection || !use || !origin) return undefined;
  return {
    connection: decodeURIComponent(connection),
    use: use as CredentialRef["use"],
    origin,
    realm: realm === undefined ? undefined : decodeURIComponent(realm),
  };
}
