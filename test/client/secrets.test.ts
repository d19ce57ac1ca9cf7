/** Where the editor's secrets go: to the origin they were entered for, and in a drill to the sandbox alone. */

import { expect, test } from "vitest";
import { drillOf, drillSecrets, NO_DRILL } from "../../client/src/drill.ts";
import { createSecretStore } from "../../client/src/secretStore.ts";
import { signIn, signOut } from "../../client/src/signIn.ts";
import type { CredentialRef } from "../../server/src/core/model/http.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";

const OKTA = "https://acme.okta.com";
const DATADOG = "https://api.datadoghq.eu";
const okta: CredentialRef = { connection: "okta", use: "read", scheme: "okta-ssws" };
const write: CredentialRef = { connection: "prod", use: "write", scheme: "datadog-keys" };

const connections: readonly SystemStatus[] = [
  { name: "okta", kind: "directory", vendor: "okta", origin: OKTA, state: "never" },
  { name: "prod", kind: "organization", vendor: "datadog", origin: DATADOG, state: "never" },
];

test("a secret is found for the origin it was entered for, and for no other", async () => {
  const store = newStore();
  await store.save({ connection: "okta", use: "read", origin: OKTA }, { kind: "token", token: "t" });
  expect(await store.secretsFor(OKTA).findSecret(okta)).toEqual({
    ok: true,
    secret: { kind: "token", token: "t", origin: OKTA },
  });
  expect(await store.secretsFor("https://acme.okta.com.evil.example").findSecret(okta)).toMatchObject({
    ok: false,
    why: { kind: "not-configured" },
  });
});

test("a write uses its own credential, else the one for reading", async () => {
  const store = newStore();
  await store.save({ connection: "prod", use: "read", origin: DATADOG }, { kind: "token", token: "reads" });
  expect(await store.secretsFor(DATADOG).findSecret(write)).toMatchObject({ secret: { token: "reads" } });
  await store.save({ connection: "prod", use: "write", origin: DATADOG }, { kind: "token", token: "writes" });
  expect(await store.secretsFor(DATADOG).findSecret(write)).toMatchObject({ secret: { token: "writes" } });
});

test("a broken entry is a missing credential, not an error", async () => {
  const { store, kept } = newStoreWithKept();
  kept.set(`credential okta read ${OKTA}`, "{");
  expect(await store.secretsFor(OKTA).findSecret(okta)).toMatchObject({ ok: false, why: { kind: "not-configured" } });
});

test("sign-in names the origin, asks for both Datadog keys, and keeps them under what was chosen", async () => {
  const store = newStore();
  const asked: string[] = [];
  const name = await signIn(connections, store, answers("to sync", ["key", "app"], asked));
  expect(name).toBe("prod");
  expect(asked).toHaveLength(2);
  expect(asked.every((prompt) => prompt.includes(`to ${DATADOG} only`))).toBe(true);
  expect(await store.list()).toEqual([{ connection: "prod", use: "write", origin: DATADOG }]);
  expect(await store.secretsFor(DATADOG).findSecret(write)).toMatchObject({
    secret: { kind: "datadog-keys", apiKey: "key", appKey: "app" },
  });
});

test("an access token needs no second key; dismissing keeps nothing", async () => {
  const store = newStore();
  await signIn(connections, store, answers("to read: ", ["ddpat_x"]));
  expect(await store.secretsFor(DATADOG).findSecret(write)).toMatchObject({ secret: { token: "ddpat_x" } });
  expect(await signIn(connections, store, answers("groups", []))).toBeUndefined();
  expect(await store.list()).toHaveLength(1);
});

test("sign-out forgets what was chosen", async () => {
  const store = newStore();
  await store.save({ connection: "our okta", use: "read", origin: OKTA }, { kind: "token", token: "t" });
  expect(await signOut(store, answers("our okta", []))).toBe(true);
  expect(await store.list()).toEqual([]);
  expect(await signOut(store, answers("", []))).toBe(false);
});

test("a drill gives its own credentials to rerouted origins and to nothing else", async () => {
  const drill = drillOf({
    ACCESSMAP_LOOPBACK: JSON.stringify({ [OKTA]: "http://127.0.0.1:9" }),
    OKTA_CLIENT_TOKEN: "sandbox",
    OKTA_CLIENT_ORGURL: OKTA,
    DD_API_KEY: "k",
    DD_APP_KEY: "a",
    DD_SITE: "datadoghq.eu",
  });
  const find = (url: string, credential: CredentialRef) =>
    drillSecrets(drill, { method: "GET", url }, undefined).findSecret(credential);
  expect(await find(`${OKTA}/api/v1/groups`, okta)).toMatchObject({ ok: true, secret: { token: "sandbox" } });
  expect(await find("http://127.0.0.1:9/api/v1/groups", okta)).toMatchObject({ ok: true, secret: { origin: OKTA } });
  expect(await find(`${DATADOG}/api/v2/roles`, write)).toMatchObject({ ok: false, why: { kind: "refused" } });
});

test("without ACCESSMAP_LOOPBACK there is no drill; a broken one is refused", () => {
  expect(drillOf({})).toBe(NO_DRILL);
  expect(() => drillOf({ ACCESSMAP_LOOPBACK: "{" })).toThrow("ACCESSMAP_LOOPBACK");
  expect(() => drillOf({ ACCESSMAP_LOOPBACK: JSON.stringify({ [OKTA]: "https://evil.example" }) })).toThrow(
    "not on this machine",
  );
});

function newStore() {
  return newStoreWithKept().store;
}

function newStoreWithKept() {
  const kept = new Map<string, string>();
  const store = createSecretStore({
    keys: async () => [...kept.keys()],
    get: async (key) => kept.get(key),
    store: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
    onDidChange: () => ({ dispose() {} }),
  });
  return { store, kept };
}

/** A person who picks the first row that contains `choice` and then types these texts; dismisses when out of texts. */
function answers(choice: string, texts: readonly string[], asked: string[] = []): Parameters<typeof signIn>[2] {
  const left = [...texts];
  return {
    tell() {},
    confirm: async () => true,
    pick: async (_, items) =>
      items.find(({ label, detail, description }) => `${label} ${description} ${detail}`.includes(choice)),
    async askWord(_, prompt) {
      asked.push(prompt);
      return left.shift();
    },
  };
}
