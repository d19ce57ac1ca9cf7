/** Where the editor's secrets go: to the origin, tenant and customer they were entered for, and nowhere else. */

import { expect, test } from "vitest";
import { bindingOf, type Secret } from "../../client/src/signIn/credentials.ts";
import { createMicrosoftSignIn } from "../../client/src/signIn/microsoft.ts";
import { storedSecrets } from "../../client/src/signIn/secretSource.ts";
import type { SecretStore } from "../../client/src/signIn/secretStore.ts";
import type { CredentialRef } from "../../server/src/core/model/http.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import { CLIENT, corp, google, hr, newStore, okta, prod, TENANT } from "./support.ts";

const token: Secret = { kind: "token", token: "t" };
const noMicrosoft = createMicrosoftSignIn(() => Promise.reject(new Error("not to be asked")));

test("a secret is found for the origin it was entered for, and for no other", async () => {
  const { store } = newStore();
  await save(store, okta, token);
  expect(await find(store, okta)).toEqual({ ok: true, secret: { ...token, origin: okta.origin } });
  expect(await find(store, { ...okta, origin: "https://acme.okta.com.evil.example" })).toMatchObject(notSignedIn);
});

test.each([
  ["tenant", corp, { ...corp, tenant: "99999999-5d0b-4e37-9a52-0f6f3f1c9b10" }],
  ["customer", google, { ...google, customer: "C0evil" }],
  ["administrator", google, { ...google, admin: "other@acme.com" }],
  ["SCIM host", hr, { ...hr, origin: "https://scim.example.org" }],
])("a secret is not used for another %s", async (_, system, other) => {
  const { store } = newStore();
  await save(store, system, token);
  expect(await find(store, system)).toMatchObject({ ok: true });
  expect(await find(store, other)).toMatchObject(notSignedIn);
});

test("a system the server has not told of yet has no tenant, so nothing of a tenant is used", async () => {
  const { store } = newStore();
  await save(store, corp, token);
  expect(await find(store, corp, [])).toMatchObject(notSignedIn);
});

test("two tenants of one name in one window are not taken for each other", async () => {
  const { store } = newStore();
  await save(store, corp, token);
  expect(await find(store, corp, [corp, { ...corp, state: "fresh" }])).toMatchObject({ ok: true });
  const answer = await find(store, corp, [corp, { ...corp, tenant: "another" }]);
  expect(answer).toMatchObject({ ok: false, why: { kind: "refused" } });
  expect(answer).toMatchObject({ why: { message: expect.stringContaining("tenant another") } });
});

test("a write uses its own credential, else the one for reading", async () => {
  const { store } = newStore();
  await save(store, prod, { kind: "token", token: "reads" });
  expect(await find(store, prod, [prod], "write")).toMatchObject({ secret: { token: "reads" } });
  await save(store, prod, { kind: "token", token: "writes" }, "write");
  expect(await find(store, prod, [prod], "write")).toMatchObject({ secret: { token: "writes" } });
});

test("a broken entry is a missing credential, not an error, and can be forgotten", async () => {
  const { store, kept } = newStore();
  kept.set(`credential okta read ${okta.origin}`, "{");
  expect(await find(store, okta)).toMatchObject(notSignedIn);
  expect(await store.list()).toMatchObject([{ connection: "okta", label: "unreadable" }]);
});

test("an account's token goes to Graph; an ended session is a missing sign-in that says whose", async () => {
  const { store } = newStore();
  const account = { id: "1", label: "ana@acme.com" };
  await save(store, corp, { kind: "microsoft", cloud: "public", tenant: TENANT, clientId: CLIENT, account });
  const live = createMicrosoftSignIn(async () => ({ accessToken: "graph", account }));
  expect(await find(store, corp, [corp], "read", live)).toEqual({
    ok: true,
    secret: { kind: "token", token: "graph", origin: corp.origin },
  });
  const ended = await find(
    store,
    corp,
    [corp],
    "read",
    createMicrosoftSignIn(async () => undefined),
  );
  expect(ended).toMatchObject(notSignedIn);
  expect(ended).toMatchObject({ why: { message: expect.stringContaining("ana@acme.com has ended") } });
});

const notSignedIn = { ok: false, why: { kind: "not-configured", message: expect.stringContaining("Sign In") } };

function save(store: SecretStore, system: SystemStatus, secret: Secret, use: CredentialRef["use"] = "read") {
  return store.save({ connection: system.name, use, ...bindingOf(system) }, secret);
}

function find(
  store: SecretStore,
  system: SystemStatus,
  known: readonly SystemStatus[] = [system],
  use: CredentialRef["use"] = "read",
  microsoft = noMicrosoft,
) {
  const scheme = system.kind === "organization" ? "datadog-keys" : "bearer";
  const source = storedSecrets({ store, microsoft }, system.origin, known);
  return source.findSecret({ connection: system.name, use, scheme });
}
