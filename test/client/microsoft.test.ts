/** Sign-in with the editor's Microsoft provider: which one, with what scopes, when it may ask, and what failures say. */

import { expect, test } from "vitest";
import { Advice } from "../../client/src/advice.ts";
import { createMicrosoftSignIn, type GetSession } from "../../client/src/signIn/microsoft.ts";
import { CLIENT, TENANT } from "./support.ts";

const identity = { cloud: "public", tenant: TENANT, clientId: CLIENT } as const;
const account = { id: "1", label: "ana@acme.com" };
const known = { kind: "microsoft", ...identity, account } as const;
const session = { accessToken: "t", account };

test("the application, the tenant and full Graph scopes are asked for", async () => {
  const { calls, getSession } = record(session);
  await createMicrosoftSignIn(getSession).findToken(known);
  await createMicrosoftSignIn(getSession).findToken({ ...known, cloud: "usgov" });
  expect(calls[0]).toMatchObject([
    "microsoft",
    [
      `VSCODE_CLIENT_ID:${CLIENT}`,
      `VSCODE_TENANT:${TENANT}`,
      "https://graph.microsoft.com/GroupMember.Read.All",
      "https://graph.microsoft.com/User.Read.All",
      "offline_access",
    ],
    { silent: true, account },
  ]);
  expect(calls[1]?.[0]).toBe("microsoft-sovereign-cloud");
  expect(calls[1]?.[1]).toContain("https://graph.microsoft.us/User.Read.All");
});

test("a token is found silently or not at all, and only that of the account that signed in", async () => {
  expect(await createMicrosoftSignIn(record(session).getSession).findToken(known)).toEqual({ ok: true, token: "t" });
  for (const answer of [undefined, { ...session, account: { id: "2", label: "bo@acme.com" } }]) {
    const { calls, getSession } = record(answer);
    expect(await createMicrosoftSignIn(getSession).findToken(known)).toMatchObject({ ok: false });
    expect(calls.map(([, , options]) => options)).toEqual([{ silent: true, account }]);
  }
});

test("the command takes a session that is there, asks when there is none, and anew when signing in again", async () => {
  const there = record(session);
  expect(await createMicrosoftSignIn(there.getSession).ask(identity, false)).toEqual(known);
  expect(there.calls.map(([, , options]) => options)).toEqual([{ silent: true }]);
  const none = record(undefined);
  expect(await createMicrosoftSignIn(none.getSession).ask(identity, false)).toBeUndefined();
  expect(none.calls.map(([, , options]) => options)).toEqual([{ silent: true }, { createIfNone: true }]);
  const again = record(session);
  await createMicrosoftSignIn(again.getSession).ask(identity, true);
  expect(again.calls.map(([, , options]) => options)).toEqual([
    { forceNewSession: true, clearSessionPreference: true },
  ]);
});

test.each([
  ["AADSTS65002: Consent between first party ana@acme.com", identity, "accessmap.entra.clientId"],
  ["AADSTS65001: The user or administrator has not consented", identity, "administrator has not consented"],
  ["AADSTS90094: Admin consent is required", identity, "GroupMember.Read.All"],
  ["AADSTS65004: User declined to consent. cancelled", identity, "declined"],
  ["AADSTS50011: The redirect URI", identity, "http://localhost"],
  ["AADSTS99999: ana@acme.com", identity, "(AADSTS99999)"],
  ["Timed out waiting for authentication provider 'microsoft' to register.", identity, "no Microsoft sign-in"],
  [
    "Timed out waiting for authentication provider 'microsoft-sovereign-cloud' to register.",
    { ...identity, cloud: "china" },
    "microsoft-sovereign-cloud.environment",
  ],
  ["No auth flow succeeded", identity, "Microsoft Authentication extension"],
  ["something about ana@acme.com", identity, "Microsoft Authentication extension"],
] as const)("%s", async (text, asked, message) => {
  const microsoft = createMicrosoftSignIn(() => Promise.reject(new Error(text)));
  await expect(microsoft.ask(asked, false)).rejects.toThrow(message);
  await expect(microsoft.ask(asked, false)).rejects.toBeInstanceOf(Advice);
  const silent = await microsoft.findToken({ ...known, ...asked });
  expect(silent).toEqual({ ok: false, why: expect.stringContaining(message) });
  expect(silent).not.toMatchObject({ why: expect.stringContaining("ana@acme.com") });
});

test.each(["User did not consent to login.", "Canceled", "User cancelled the flow"])("%s: dismissed", async (text) => {
  const getSession: GetSession = async (_provider, _scopes, { silent }) => {
    if (silent) return undefined;
    throw new Error(text);
  };
  expect(await createMicrosoftSignIn(getSession).ask(identity, false)).toBeUndefined();
});

function record(answer: Awaited<ReturnType<GetSession>>) {
  const calls: Parameters<GetSession>[] = [];
  const getSession: GetSession = async (...call) => {
    calls.push(call);
    return answer;
  };
  return { calls, getSession };
}
