/** What is said of a sign-in, and when somebody is reminded that it is old. */

import { expect, test } from "vitest";
import type { KeptCredential } from "../../client/src/signIn/credentials.ts";
import { oldCredentials } from "../../client/src/signIn/rotation.ts";
import { describeSignIn } from "../../client/src/signIn/signInState.ts";
import type { Identity } from "../../server/src/lsp/protocol.ts";
import { newStore, okta, prod } from "./support.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const KEPT: KeptCredential = {
  connection: "prod",
  use: "read",
  origin: prod.origin,
  label: "API key and application key",
  since: "2026-11-03",
  last4: "f00d",
};
const identity = (key: Partial<Identity["keys"][number]>): Identity => ({
  handle: "reader@acme.com",
  keys: [
    { kind: "application-key", last4: "beef", scopes: null, writes: ["user_access_manage"] },
    { kind: "application-key", last4: "f00d", writes: [], ...key },
  ],
});

test.each([
  ["nothing more known", undefined, {}, "kept, API key and application key, since 2026-11-03, 20 days old", false],
  [
    "narrow, with an end",
    identity({
      scopes: ["teams_read", "user_access_read"],
      createdAt: "2026-10-24T12:00:00Z",
      expiresAt: "2027-01-01T00:00:00Z",
    }),
    {},
    "signed in as reader@acme.com, API key and application key, made 2026-10-24, 30 days old, scopes teams_read, user_access_read, ends 2027-01-01",
    false,
  ],
  [
    "too broad",
    identity({ scopes: null, writes: ["user_access_manage", "b", "c", "d", "e"] }),
    {},
    "signed in as reader@acme.com, API key and application key, since 2026-11-03, 20 days old, no scopes: all that its owner may do, too broad: can also write (user_access_manage, b, c, d and 1 more)",
    true,
  ],
  [
    "a key for writing may write, and the identity is the reader's",
    identity({ scopes: null, writes: ["user_access_manage"] }),
    { use: "write" as const },
    "kept, API key and application key, since 2026-11-03, 20 days old",
    false,
  ],
  [
    "another key of the same identity says nothing of this one",
    identity({ last4: "0000", scopes: null, writes: ["x"] }),
    {},
    "signed in as reader@acme.com, API key and application key, since 2026-11-03, 20 days old",
    false,
  ],
  [
    "ended",
    identity({ expiresAt: "2026-11-01T00:00:00Z" }),
    { since: "2026-11-23" },
    "signed in as reader@acme.com, API key and application key, since 2026-11-23, ended 2026-11-01",
    false,
  ],
  ["unreadable", undefined, { since: "unknown" }, "kept, API key and application key, since unknown", false],
] as const)("%s", (_, known, more, text, isTooBroad) => {
  const state = describeSignIn({ ...KEPT, ...more }, { ...prod, ...(known && { identity: known }) }, NOW);
  expect(state).toMatchObject({ text, isTooBroad });
});

test("signed in is who has read something, and is not refused by now", () => {
  const read = { ...okta, asOf: "2026-11-23T11:00:00Z" };
  const refused = { ...read, failure: { kind: "denied" as const, system: "okta", message: "refused" } };
  expect(describeSignIn(KEPT, read, NOW).text).toMatch(/^signed in, API key/);
  expect(describeSignIn(KEPT, refused, NOW).text).toMatch(/^kept, API key/);
});

test("old credentials, the oldest first; what was entered for another origin is not in use", () => {
  const kept = [
    { ...KEPT, since: "2026-01-01" },
    { ...KEPT, use: "write" as const, since: "2025-01-01" },
    { ...KEPT, since: "2020-01-01", origin: "https://elsewhere.example" },
    { ...KEPT, connection: "okta", origin: okta.origin, since: "2026-11-20" },
  ];
  const days = (limit: number) => oldCredentials([okta, prod], kept, limit, NOW).map(({ days: old }) => old);
  expect(days(90)).toEqual([691, 326]);
  expect(days(400)).toEqual([691]);
  expect(days(0)).toEqual([]);
});

test("the store tells the end of long keys, and nothing of short ones", async () => {
  const { store } = newStore();
  const binding = { connection: "prod", use: "read", origin: prod.origin } as const;
  const long = await store.save(binding, { kind: "datadog-keys", apiKey: "a", appKey: `${"x".repeat(36)}f00d` });
  expect(long.last4).toBe("f00d");
  expect((await store.list())[0]?.last4).toBe("f00d");
  expect(await store.save(binding, { kind: "token", token: "hush-1234" })).not.toHaveProperty("last4");
});
