/** Tokens, secrets and keys of directories over real HTTP: with the optional permissions, without them, and when answers break. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DirectoryCredential } from "../../server/src/core/model/directory.ts";
import { itemsOf, type Knowledge } from "../../server/src/core/model/knowledge.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import type { Environment } from "../../server/src/http/environment.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { CORP, connect, GOOGLE, HR } from "./sandboxConnector.ts";
import { CONTEXT, oktaConfig } from "./support.ts";

const KEYED: DirectoryConfig = { ...GOOGLE, serviceAccount: "accessmap@acme-sandbox.iam.gserviceaccount.com" };
const IAM: Environment = {
  ACCESSMAP_TOKEN_GOOGLE_IAM: "sandbox-cloud-token",
  ACCESSMAP_ORIGIN_GOOGLE_IAM: "https://iam.googleapis.com",
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ limited: false });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.clearFaults());

async function read(config: DirectoryConfig, more: Environment = {}) {
  const query = { names: [], ids: [], include: ["credentials"] as const };
  const inventory = await connect(sandbox, config, more).readDirectory(query, CONTEXT);
  expect(inventory.groups).toMatchObject({ state: "known", complete: true });
  return inventory.credentials;
}

const DAY = 86_400_000;
const daysAgo = (instant: string) => Math.round((Date.now() - Date.parse(instant)) / DAY);

/** `accessmap api-token, made 40 days ago, used 0 days ago, ends in 10 days, 1 owners, may x y`. */
function describeOne(one: DirectoryCredential): string {
  const { name, kind, application, owners, scopes, createdAt, lastUsedAt, expiresAt } = one;
  return [
    `${application === undefined ? "" : `${application}: `}${name} ${kind}`,
    createdAt && `made ${daysAgo(createdAt)} days ago`,
    lastUsedAt && `used ${daysAgo(lastUsedAt)} days ago`,
    expiresAt && `ends in ${-daysAgo(expiresAt)} days`,
    owners && `${owners.length} owners`,
    scopes && `may ${scopes.join(" ")}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function told(list: Knowledge<DirectoryCredential> | undefined): readonly string[] | string | undefined {
  return list?.state === "unknown" ? list.why.message : [...itemsOf(list).values()].map(describeOne).sort();
}

async function toldOf(config: DirectoryConfig, more?: Environment) {
  return Object.fromEntries([...((await read(config, more))?.lists ?? [])].map(([what, list]) => [what, told(list)]));
}

const TOKENS = [
  "accessmap api-token, made 40 days ago, used 0 days ago, 1 owners",
  "old hr export api-token, made 700 days ago, used 29 days ago, 1 owners",
];
const APP_KEYS = [
  "accessmap: sandbox-okta-key app-key, made 30 days ago, may okta.apiTokens.read okta.appGrants.read okta.apps.read okta.groups.read okta.users.read",
  "group sync: group-sync-2024 app-key, made 500 days ago, may okta.groups.manage",
];

describe("Okta", () => {
  test("an API token sees what its owner may", async () => {
    const { "API tokens": tokens } = await toldOf(oktaConfig());
    expect(tokens).toEqual(TOKENS);
  });

  test("a service app needs a scope for each list, and lacks nothing else without it", async () => {
    const { scopes } = sandbox.oktaApp;
    const denied = "no token for okta (400): invalid_scope: a scope is not granted to the application";
    expect(await toldOf(oktaConfig(), sandbox.oktaKey)).toEqual({
      "API tokens": denied,
      "keys of service apps": denied,
    });
    scopes.add("okta.apiTokens.read");
    expect(await toldOf(oktaConfig(), sandbox.oktaKey)).toEqual({
      "API tokens": TOKENS,
      "keys of service apps": denied,
    });
    scopes.add("okta.apps.read");
    const withoutGrants = APP_KEYS.map((key) => key.replace(/, may .*/, ""));
    expect(await toldOf(oktaConfig(), sandbox.oktaKey)).toEqual({
      "API tokens": TOKENS,
      "keys of service apps": withoutGrants,
    });
    scopes.add("okta.appGrants.read");
    expect(await toldOf(oktaConfig(), sandbox.oktaKey)).toEqual({
      "API tokens": TOKENS,
      "keys of service apps": APP_KEYS,
    });
  });

  test("keys that cannot be listed leave the list in doubt, and a token without its owner is still a token", async () => {
    sandbox.inject({ system: "okta", path: "/api/v1/apps/0oagroupsync", kind: "status", status: 403 });
    sandbox.inject({ system: "okta", path: "/api/v1/users/", kind: "status", status: 404 });
    const lists = (await read(oktaConfig()))?.lists;
    expect(lists?.get("keys of service apps")).toMatchObject({ state: "known", complete: false });
    expect(told(lists?.get("API tokens"))).toEqual(TOKENS.map((token) => token.replace(", 1 owners", "")));
  });

  test.each(["html", "reset", "cut-body", "content-type"] as const)("%s in place of the lists", async (kind) => {
    sandbox.inject({ system: "okta", path: /^\/api\/v1\/(api-tokens|apps)/, kind });
    const credentials = await read(oktaConfig());
    // Broken connections are no answer for a day; the next read asks again.
    if (kind !== "content-type") expect(credentials).toBeUndefined();
    else expect(told(credentials?.lists.get("API tokens"))).toMatch(/instead of JSON/);
  });
});

const ENTRA = [
  "Datadog: CN=Microsoft Azure Federated SSO Certificate signing-certificate, made 1085 days ago, ends in 10 days, 2 owners, may ",
  "HR import: 2024 client-secret, made 800 days ago, ends in -70 days, 0 owners, may Directory.ReadWrite.All",
  "HR import: for ever client-secret, made 400 days ago, ends in 26000 days, 0 owners, may Directory.ReadWrite.All",
  "accessmap: ci client-secret, made 20 days ago, ends in 160 days, 1 owners, may Application.Read.All GroupMember.Read.All User.Read.All",
];
const SECRETS = "secrets and certificates of applications";

describe("Entra", () => {
  test("without Application.Read.All it is one request, and said", async () => {
    sandbox.entra.permissions.delete("Application.Read.All");
    const before = sandbox.log.length;
    expect(await toldOf(CORP)).toEqual({
      [SECRETS]: expect.stringMatching(/403.*Application\.Read\.All/),
    });
    expect(sandbox.log.slice(before).filter(({ path }) => /servicePrincipals|applications/.test(path))).toHaveLength(1);
  });

  test.each([999, 1, 2])(
    "in pages of %d: applications that act on the directory, and those that sign in to Datadog",
    async (rows) => {
      sandbox.entra.permissions.add("Application.Read.All");
      sandbox.entra.mostRows = rows;
      expect(await toldOf(CORP)).toEqual({ [SECRETS]: ENTRA });
      sandbox.entra.mostRows = 999;
    },
  );

  test.each([
    ["applications", { "cut-page": false, empty: false }],
    ["servicePrincipals?", { "cut-page": false }],
  ] as const)("a list of %s that is not whole never looks whole", async (what, kinds) => {
    sandbox.entra.mostRows = 2;
    for (const kind of Object.keys(kinds) as ("cut-page" | "empty")[]) {
      await sandbox.clearFaults();
      sandbox.inject({ system: "entra", path: `/v1.0/${what}`, kind, after: what === "applications" ? 0 : 1 });
      const list = (await read(CORP))?.lists.get(SECRETS);
      const isWhole = list?.state === "known" && list.complete;
      expect([kind, isWhole && told(list)?.length !== ENTRA.length]).toEqual([kind, false]);
    }
    sandbox.entra.mostRows = 999;
  });
});

describe("Google", () => {
  const LIST = "keys of the service account";

  test("keys are at another host and take a credential of their own, bound to it", async () => {
    expect(await toldOf(KEYED, IAM)).toEqual({
      [LIST]: [`${KEYED.serviceAccount}: sandbox-key service-account-key, made 200 days ago`],
    });
  });

  test.each<[string, DirectoryConfig, Environment, RegExp]>([
    ["no account is named", GOOGLE, IAM, /does not say which service account/],
    [
      "no token is there",
      KEYED,
      {},
      /set ACCESSMAP_TOKEN_GOOGLE_IAM and ACCESSMAP_ORIGIN_GOOGLE_IAM=https:\/\/iam\.googleapis\.com/,
    ],
    [
      "the token is bound elsewhere",
      KEYED,
      { ...IAM, ACCESSMAP_ORIGIN_GOOGLE_IAM: "https://admin.googleapis.com" },
      /is bound to https:\/\/admin\.googleapis\.com and is not sent/,
    ],
    [
      "the token is wrong",
      KEYED,
      { ...IAM, ACCESSMAP_TOKEN_GOOGLE_IAM: "nonsense" },
      /does not accept the credential \(401\)/,
    ],
    [
      "the account is another",
      { ...KEYED, serviceAccount: "x@y.iam.gserviceaccount.com" },
      IAM,
      /iam\.serviceAccountKeys\.list/,
    ],
  ])("%s", async (_, config, env, message) => {
    expect(await toldOf(config, env)).toEqual({ [LIST]: expect.stringMatching(message) });
  });

  test("an account without keys has none, which is known", async () => {
    const keys = sandbox.google.accountKeys.splice(0);
    expect(await toldOf(KEYED, IAM)).toEqual({ [LIST]: [] });
    sandbox.google.accountKeys.push(...keys);
  });
});

test("a SCIM service has no means to tell, and nobody asks who does not want to know", async () => {
  expect(await read(HR)).toBeUndefined();
  const inventory = await connect(sandbox, oktaConfig()).readDirectory({ names: [], ids: [] }, CONTEXT);
  expect(inventory.credentials).toBeUndefined();
});

test("nothing but GET is sent for all of it, and no secret is in what is known", async () => {
  const before = sandbox.log.length;
  const known = [await read(oktaConfig()), await read(CORP), await read(KEYED, IAM)];
  const sent = sandbox.log.slice(before).filter(({ path }) => !/token$/.test(path));
  expect([...new Set(sent.map(({ method }) => method))]).toEqual(["GET"]);
  const text = JSON.stringify(known.map((one) => [...(one?.lists.values() ?? [])].map((list) => [...itemsOf(list)])));
  for (const secret of ["sandbox-okta-token", sandbox.entra.clientSecret, "sandbox-cloud-token", "PRIVATE KEY"])
    expect(text).not.toContain(secret);
});
