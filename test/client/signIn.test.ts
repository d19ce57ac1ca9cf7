/** What a person is asked at sign-in, vendor by vendor, and what is kept of it. */

import { expect, test } from "vitest";
import { bindingOf } from "../../client/src/signIn/credentials.ts";
import { createMicrosoftSignIn } from "../../client/src/signIn/microsoft.ts";
import { signIn, signOut } from "../../client/src/signIn/signIn.ts";
import { describeOutcome } from "../../client/src/signIn/tryOut.ts";
import type { Failure } from "../../server/src/core/model/knowledge.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import { CLIENT, corp, google, hr, keyFile, okta, person, prod, settingsWith, TENANT, toolsFor } from "./support.ts";

const ALL = [okta, corp, google, hr, prod];
const NOW = "2026-11-23T12:00:00.000Z";
const JWK = JSON.stringify({ kty: "RSA", n: "n", e: "AQAB", d: "d" });

test.each([
  [
    "Datadog keys",
    prod,
    ["to sync"],
    ["hush-1", "hush-2"],
    { kind: "datadog-keys", apiKey: "hush-1", appKey: "hush-2" },
  ],
  ["a Datadog token", prod, ["to read: "], ["ddpat_hush"], { kind: "token", token: "ddpat_hush" }],
  ["an Okta token", okta, ["okta", "API token"], ["hush-3"], { kind: "token", token: "hush-3" }],
  [
    "an Okta service app",
    okta,
    ["okta", "Service app"],
    ["0oa1", JWK],
    { kind: "grant", grant: { kind: "okta-key", origin: okta.origin, clientId: "0oa1", privateKey: JWK } },
  ],
  [
    "an Entra application",
    corp,
    ["corp", "Client secret"],
    [CLIENT, "hush-4"],
    {
      kind: "grant",
      grant: { kind: "entra-secret", cloud: "public", tenant: TENANT, clientId: CLIENT, clientSecret: "hush-4" },
    },
  ],
  ["a SCIM token", hr, ["hr"], ["hush-5"], { kind: "token", token: "hush-5" }],
  ["Google's key file", google, ["google", "Key file"], [keyFile], googleGrant()],
  ["Google's key, pasted", google, ["google", "Pasted key"], [keyFile], googleGrant()],
])("%s: kept for what it was entered for, and for each text a question", async (_, system, picks, texts, secret) => {
  const dialogs = person(picks, texts);
  const tools = toolsFor(dialogs);
  const kept = await signIn(ALL, tools);
  expect(kept).toMatchObject({ connection: system.name, origin: system.origin, since: "2026-11-03" });
  const use = kept?.use ?? "read";
  expect(await tools.store.find({ connection: system.name, use }, bindingOf(system))).toEqual(secret);
  expect(dialogs.asked).toHaveLength(texts.length);
  expect([...dialogs.told, ...dialogs.asked, JSON.stringify(kept)].join()).not.toMatch(/hush|PRIVATE|"d"/);
});

test.each([
  ["read", "to read: ", "Sign in to prod to read (2 of 2)", "user_access_read, teams_read"],
  ["write", "to sync", "Sign in to prod to sync (2 of 2)", "user_access_manage, user_access_invite, teams_manage"],
])("the questions for Datadog's keys say what they are for and what is enough: %s", async (_, pick, title, scopes) => {
  const dialogs = person([pick], ["hush-1", "hush-2"]);
  await signIn(ALL, toolsFor(dialogs));
  expect(dialogs.asked[1]).toContain(title);
  expect(dialogs.asked[1]).toContain(scopes);
});

const failing = (kind: Failure["kind"], message: string): SystemStatus => ({
  ...prod,
  failure: { kind, system: "prod", message },
});

test.each<[string, SystemStatus[], "read" | "write", RegExp, boolean]>([
  ["one that works", [{ ...prod, asOf: NOW }], "read", /^Signed in to prod: token, bound to https/, false],
  [
    "one that is refused",
    [failing("denied", "refused (401)")],
    "read",
    /^Kept for prod: .* cannot be read: refused \(401\)\.$/,
    true,
  ],
  ["one that nobody could try", [failing("unreachable", "no network")], "read", /not known yet: no network\.$/, false],
  ["one whose system is gone", [], "read", /not known yet: it was not read\.$/, false],
  ["one for writing", [failing("denied", "x")], "write", /Sync is the first to use it\.$/, false],
])("what came of a sign-in is said once it was tried: %s", (_, systems, use, text, isRefused) => {
  const kept = { connection: "prod", use, ...bindingOf(prod), label: "token", since: "2026-11-03" };
  const outcome = describeOutcome(kept, systems);
  expect(outcome.text).toMatch(text);
  expect(outcome.isRefused).toBe(isRefused);
});

test("questions name the origin, and the tenant where one origin serves many", async () => {
  const [forHr, forCorp] = [person(["hr"]), person(["corp", "Client secret"])];
  await signIn(ALL, toolsFor(forHr));
  await signIn(ALL, toolsFor(forCorp));
  expect(forHr.asked[0]).toContain(`to ${hr.origin} only`);
  expect(forCorp.asked[0]).toContain(`to ${corp.origin} (tenant ${TENANT}) only`);
});

test.each([
  ["no system", []],
  ["no way", ["google"]],
  ["no file", ["google", "Key file"]],
  ["no token", ["hr"]],
  ["no application", ["corp", "Client secret"]],
  ["no account", ["corp", "Microsoft account"]],
  ["no key", ["okta", "Service app"], ["0oa1"]],
  ["a certificate for a key", ["okta", "Service app"], ["0oa1", "-----BEGIN CERTIFICATE-----"]],
])("dismissed or refused at %s: nothing is kept", async (_, picks, texts: string[] = []) => {
  const tools = toolsFor(person(picks, texts));
  expect(await signIn(ALL, tools)).toBeUndefined();
  expect(await tools.store.list()).toEqual([]);
});

test.each([
  ["a file that is no key", google, ["google", "Key file"], ['{"private_key":"hush"}'], "not the key file"],
  ["no administrator", { ...google, admin: undefined }, ["google"], [], "`admin`"],
  ["no tenant", { ...corp, tenant: undefined }, ["corp"], [], "`tenant`"],
])("%s: says so and keeps nothing", async (_, { admin, tenant, ...rest }, picks, texts, message) => {
  const system = { ...rest, ...(admin && { admin }), ...(tenant && { tenant }) } as SystemStatus;
  const tools = toolsFor(person(picks, texts));
  const failed = signIn([system], tools);
  await expect(failed).rejects.toThrow(message);
  await expect(failed).rejects.not.toThrow("hush");
  expect(await tools.store.list()).toEqual([]);
});

test("a Microsoft account: signed in as whom; the application's id is asked once and kept when it worked", async () => {
  const account = { id: "1", label: "ana@acme.com" };
  const microsoft = createMicrosoftSignIn(async () => ({ accessToken: "secret", account }));
  const [dialogs, settings] = [person(["corp", "Microsoft account"], [CLIENT]), settingsWith(undefined)];
  const tools = toolsFor(dialogs, { microsoft, settings });
  expect(await signIn(ALL, tools)).toMatchObject({ label: "ana@acme.com", realm: `tenant ${TENANT}` });
  expect(settings.kept).toBe(CLIENT);
  expect(await tools.store.find({ connection: "corp", use: "read" }, bindingOf(corp))).toEqual({
    kind: "microsoft",
    cloud: "public",
    tenant: TENANT,
    clientId: CLIENT,
    account,
  });
  const leaving = person(["ana@acme.com, since"]);
  expect(await signOut(tools.store, leaving)).toBe(true);
  expect(leaving.told).toEqual([expect.stringContaining("ana@acme.com stays signed in to the editor")]);
  const wrong = { microsoft, settings: settingsWith("my-app") };
  await expect(signIn(ALL, toolsFor(person(["corp", "Microsoft account"]), wrong))).rejects.toThrow("not the id");
});

test("a kept credential is shown with what and since when, and replaced", async () => {
  const tools = toolsFor(person(["hr"], ["first"]));
  await signIn(ALL, tools);
  await signIn(ALL, { ...tools, dialogs: person(["kept, token, since 2026-11-03"], ["second"]) });
  expect(await tools.store.find({ connection: "hr", use: "read" }, bindingOf(hr))).toMatchObject({ token: "second" });
  expect(await tools.store.list()).toHaveLength(1);
});

test("sign-out forgets what was chosen, by binding", async () => {
  const tools = toolsFor(person(["corp", "Client secret"], [CLIENT, "s"]));
  await signIn(ALL, tools);
  expect(await signOut(tools.store, person([]))).toBe(false);
  expect(await signOut(tools.store, person([`${corp.origin} (tenant ${TENANT})`]))).toBe(true);
  expect(await tools.store.list()).toEqual([]);
  expect(await signOut(tools.store, person([""]))).toBe(false);
});

test("signing out of what syncs says so: what reads stays", async () => {
  const tools = toolsFor(person(["to sync"], ["a", "b"]));
  await signIn(ALL, tools);
  const leaving = person(["write"]);
  await signOut(tools.store, leaving);
  expect(leaving.told).toEqual([`Signed out of prod for syncing, ${prod.origin}.`]);
});

function googleGrant() {
  const { client_email: email, private_key: privateKey } = JSON.parse(keyFile);
  return { kind: "grant", grant: { kind: "google-key", admin: google.admin, email, privateKey, keyId: "k1" } };
}
