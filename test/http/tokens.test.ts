/** Grants and the tokens they are exchanged for: where each secret goes, what comes back, and what is never told. */

import { decodeJwt, decodeProtectedHeader, exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { HttpRequest } from "../../server/src/core/model/http.ts";
import type { Failure } from "../../server/src/core/model/knowledge.ts";
import { type Environment, environmentSecrets } from "../../server/src/http/environment.ts";
import { createFetchTransport } from "../../server/src/http/fetchTransport.ts";
import type { Connection } from "../../server/src/http/origins.ts";
import { createTokenStore } from "../../server/src/http/tokens/store.ts";
import { bench, failureOf, get, json, NEVER } from "./support.ts";

const TENANT = "7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10";
const CORP: Connection = {
  name: "corp",
  kind: "directory",
  vendor: "entra",
  origin: "https://graph.microsoft.com",
  tenant: TENANT,
};
const GOOGLE: Connection = {
  name: "google",
  kind: "directory",
  vendor: "google",
  origin: "https://admin.googleapis.com",
  admin: "reader@acme.com",
};
const OKTA: Connection = { name: "okta", kind: "directory", vendor: "okta", origin: "https://acme.okta.com" };
const ENTRA = { AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: "app-1", AZURE_CLIENT_SECRET: "s3cret-value" };

let pem: string;
let jwk: string;
beforeAll(async () => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  pem = await exportPKCS8(privateKey);
  const pair = await generateKeyPair("ES384", { extractable: true });
  jwk = JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid: "key-7" });
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** `signal` is aborted when the transport gives up. */
type Answer = (
  asked: Seen & { readonly signal: AbortSignal | undefined },
  index: number,
) => Response | Promise<Response>;

const granting: Answer = ({ method, url }) => {
  if (url.endsWith(":signJwt")) return Response.json({ signedJwt: "signed.by.google" });
  return method === "POST" ? Response.json({ access_token: `token-${++issued}`, expires_in: 3600 }) : Response.json({});
};
let issued = 0;

/** A transport over a scripted `fetch`, with a virtual clock and files. */
function world(env: Environment, answer: Answer = granting, files: Record<string, string> = {}) {
  issued = 0;
  const seen: Seen[] = [];
  const clock = { now: Date.parse("2026-11-23T14:00:00Z") };
  const transport = createFetchTransport({
    secrets: environmentSecrets(env, [CORP, GOOGLE, OKTA], async (path) => files[path]),
    tokens: createTokenStore(() => clock.now),
    fetch: async (input, init) => {
      const headers = Object.fromEntries(new Headers(init?.headers).entries());
      const one = { method: init?.method ?? "GET", url: String(input), headers, body: String(init?.body ?? "") };
      const signal = init?.signal ?? undefined;
      return answer({ ...one, signal }, seen.push(one) - 1);
    },
  });
  const ask = (connection: Connection, url = `${connection.origin}/x`) => {
    const scheme = connection.vendor === "okta" ? "okta-ssws" : "bearer";
    const request: HttpRequest = {
      method: "GET",
      url,
      credential: { connection: connection.name, use: "read", scheme },
    };
    return transport.exchange(request, NEVER);
  };
  return { seen, clock, ask };
}

function formOf(seen: Seen | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(seen?.body));
}

describe("Entra ID", () => {
  test("a client secret goes to the sign-in host alone, and the token to Graph", async () => {
    const { seen, ask } = world(ENTRA);
    expect((await ask(CORP)).status).toBe(200);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`,
      "GET https://graph.microsoft.com/x",
    ]);
    expect(formOf(seen[0])).toEqual({
      grant_type: "client_credentials",
      client_id: "app-1",
      client_secret: "s3cret-value",
      scope: "https://graph.microsoft.com/.default",
    });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    expect(seen[1]?.headers.authorization).toBe("Bearer token-1");
    expect(JSON.stringify(seen[1])).not.toContain("s3cret");
  });

  test("workload identity federation sends the machine's own statement, read afresh", async () => {
    const { AZURE_CLIENT_SECRET: _, ...rest } = ENTRA;
    const env = { ...rest, AZURE_FEDERATED_TOKEN_FILE: "/run/token" };
    const { seen, ask } = world(env, granting, { "/run/token": "ci.jwt.text\n" });
    await ask(CORP);
    expect(formOf(seen[0])).toMatchObject({
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: "ci.jwt.text",
    });
    expect(formOf(seen[0])).not.toHaveProperty("client_secret");
    const message = (await failureOf(world(env).ask(CORP))).message;
    expect(message).toMatch(/AZURE_FEDERATED_TOKEN_FILE names cannot be read/);
  });

  test.each([
    ["https://login.microsoftonline.us/", "https://graph.microsoft.us", "https://login.microsoftonline.us"],
    ["https://login.microsoftonline.us", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"],
    [
      "https://login.partner.microsoftonline.cn",
      "https://microsoftgraph.chinacloudapi.cn",
      "https://login.chinacloudapi.cn",
    ],
  ])("cloud of %s", async (authority, graph, login) => {
    const seen: string[] = [];
    const connection = { ...CORP, origin: graph };
    const transport = createFetchTransport({
      secrets: environmentSecrets({ ...ENTRA, AZURE_AUTHORITY_HOST: authority }, [connection]),
      fetch: async (input, init) => {
        seen.push(String(input), String(init?.body ?? ""));
        return Response.json({ access_token: "t", expires_in: 1 });
      },
    });
    const credential = { connection: "corp", use: "read", scheme: "bearer" } as const;
    await transport.exchange({ method: "GET", url: `${graph}/v1.0/groups`, credential }, NEVER);
    expect(seen[0]).toBe(`${login}/${TENANT}/oauth2/v2.0/token`);
    expect(new URLSearchParams(seen[1]).get("scope")).toBe(`${graph}/.default`);
  });

  test("a project cannot send the secret to another tenant, cloud or host", async () => {
    const asks: [Environment, string | undefined, RegExp][] = [
      [{ ...ENTRA, AZURE_TENANT_ID: "other" }, undefined, /AZURE_TENANT_ID is other but corp is tenant 7c1f/],
      [
        { ...ENTRA, AZURE_AUTHORITY_HOST: "https://login.chinacloudapi.cn" },
        undefined,
        /does not sign in to the cloud/,
      ],
      [{ ...ENTRA, AZURE_AUTHORITY_HOST: "https://evil.example" }, undefined, /does not sign in to the cloud/],
      [ENTRA, "https://evil.example/v1.0/groups", /is not sent to https:\/\/evil\.example/],
      [ENTRA, "https://graph.microsoft.us/v1.0/groups", /is not sent to https:\/\/graph\.microsoft\.us/],
    ];
    for (const [env, url, message] of asks) {
      const { seen, ask } = world(env);
      expect((await failureOf(ask(CORP, url))).message).toMatch(message);
      expect(seen).toEqual([]);
    }
  });

  test("what is missing is named", async () => {
    expect((await failureOf(world({}).ask(CORP))).message).toMatch(/set AZURE_TENANT_ID, AZURE_CLIENT_ID and either/);
  });
});

describe("a token", () => {
  test("is asked for once by many, kept, and renewed before it ends", async () => {
    const { seen, clock, ask } = world(ENTRA);
    await Promise.all([ask(CORP), ask(CORP), ask(CORP)]);
    const posts = () => seen.filter(({ method }) => method === "POST").length;
    expect(posts()).toBe(1);
    clock.now += 54 * 60_000;
    await ask(CORP);
    expect(posts()).toBe(1);
    clock.now += 2 * 60_000;
    await ask(CORP);
    expect(posts()).toBe(2);
    expect(seen.at(-1)?.headers.authorization).toBe("Bearer token-2");
  });

  test("that the vendor refuses is asked for anew the next time", async () => {
    const { seen, ask } = world(ENTRA, (one, index) =>
      one.method === "GET" && index < 2 ? new Response("{}", { status: 401 }) : granting(one, index),
    );
    expect((await ask(CORP)).status).toBe(401);
    expect((await ask(CORP)).status).toBe(200);
    expect(seen.map(({ method }) => method)).toEqual(["POST", "GET", "POST", "GET"]);
  });

  test.each([
    [
      400,
      { error: "invalid_client", error_description: "AADSTS7000215: Invalid client secret s3cret-value" },
      "denied",
      /AADSTS7000215: the client secret is wrong/,
    ],
    [400, { error: "unauthorized_client", error_description: "AADSTS65002: …" }, "denied", /application of your own/],
    [401, { error: "invalid_client" }, "denied", /invalid_client: the client is unknown/],
    [400, { error: "constructor" }, "denied", /^no token for corp \(400\): constructor$/],
    [429, {}, "throttled", /throttles/],
    [503, {}, "unreachable", /problem of its own/],
    [200, { token_type: "Bearer" }, "malformed", /without an access token/],
    [200, { access_token: "t", token_type: "DPoP" }, "malformed", /DPoP/],
  ] as const)("status %i with %j is told without secrets", async (status, body, kind, message) => {
    const { ask } = world(ENTRA, () => Response.json(body, { status }));
    const failure = await failureOf(ask(CORP));
    expect(failure).toMatchObject({ kind, system: "corp" });
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toMatch(/s3cret/);
  });

  const OTHERS_ADVICE: readonly [vendor: "corp" | "okta", code: string, message: RegExp][] = [
    ["corp", "invalid_grant", /^no token for corp \(400\): invalid_grant: Entra ID .* federated credential/],
    ["corp", "unauthorized_client", /: unauthorized_client: Entra ID .* AZURE_CLIENT_ID/],
    ["corp", "PERMISSION_DENIED", /^no token for corp \(400\): PERMISSION_DENIED$/],
    ["okta", "invalid_grant", /: invalid_grant: Okta .* public key of the service app/],
    ["okta", "unauthorized_client", /: unauthorized_client: .* API Services/],
    ["okta", "UNAUTHENTICATED", /^no token for okta \(400\): UNAUTHENTICATED$/],
  ];
  test.each(OTHERS_ADVICE)("%s: %s is explained in its own terms, not in Google's", async (vendor, error, message) => {
    const okta = {
      OKTA_CLIENT_ORGURL: OKTA.origin,
      OKTA_CLIENT_CLIENTID: "0oa1",
      OKTA_CLIENT_PRIVATEKEY: pem,
    };
    const { ask } = world({ ...ENTRA, ...okta }, () => Response.json({ error }, { status: 400 }));
    expect((await failureOf(ask(vendor === "okta" ? OKTA : CORP))).message).toMatch(message);
  });

  test("a redirect is told by the origin it leads to, and not followed", async () => {
    const location = "https://sso.acme.com/login?secret=s3cret-value";
    const { seen, ask } = world(ENTRA, () => new Response("", { status: 302, headers: { location } }));
    const failure = await failureOf(ask(CORP));
    expect(failure).toMatchObject({ kind: "denied", status: 302 });
    expect(failure.message).toMatch(
      /^no token for corp: .* redirect \(302\) to https:\/\/sso\.acme\.com, which is not/,
    );
    expect(seen).toHaveLength(1);
  });

  test("endpoint that answers with a page is malformed, one that cannot be reached unreachable", async () => {
    const page = world(ENTRA, () => new Response("<html>", { headers: { "content-type": "text/html" } }));
    expect(await failureOf(page.ask(CORP))).toMatchObject({ kind: "malformed" });
    const dead = world(ENTRA, () => Promise.reject(new Error("fetch failed: s3cret-value")));
    const failure = await failureOf(dead.ask(CORP));
    expect(failure.kind).toBe("unreachable");
    expect(failure.message).toMatch(/^no token for corp: login\.microsoftonline\.com cannot be reached: /);
    expect(failure.message).not.toMatch(/s3cret/);
  });

  test("one that never answers is given up much sooner than a read", async () => {
    vi.useFakeTimers();
    try {
      const { ask } = world(
        ENTRA,
        ({ signal }) => new Promise((_, reject) => signal?.addEventListener("abort", reject)),
      );
      const failure = failureOf(ask(CORP));
      await vi.advanceTimersByTimeAsync(29_000);
      expect(await Promise.race([failure, "still waiting"])).toMatchObject({
        kind: "unreachable",
        message: "no token for corp: login.microsoftonline.com did not answer within 10 seconds",
      });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("Google", () => {
  const keyFile = () =>
    JSON.stringify({
      type: "service_account",
      client_email: "sync@acme.iam.gserviceaccount.com",
      private_key: pem,
      private_key_id: "k1",
      token_uri: "https://evil.example/token",
    });

  test("a key file signs for the administrator, and its own endpoints are not asked", async () => {
    const { seen, ask } = world({ GOOGLE_APPLICATION_CREDENTIALS: "/k.json" }, granting, { "/k.json": keyFile() });
    await ask(GOOGLE);
    expect(seen.map(({ url }) => url)).toEqual([
      "https://oauth2.googleapis.com/token",
      "https://admin.googleapis.com/x",
    ]);
    const { assertion = "", grant_type } = formOf(seen[0]);
    expect(grant_type).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: "RS256", typ: "JWT", kid: "k1" });
    expect(decodeJwt(assertion)).toMatchObject({
      iss: "sync@acme.iam.gserviceaccount.com",
      sub: "reader@acme.com",
      aud: "https://oauth2.googleapis.com/token",
      scope:
        "https://www.googleapis.com/auth/admin.directory.group.readonly https://www.googleapis.com/auth/admin.directory.user.readonly",
    });
  });

  test("ACCESSMAP_GOOGLE_ADMIN binds whom the account acts for", async () => {
    const env = { GOOGLE_APPLICATION_CREDENTIALS: "/k.json", ACCESSMAP_GOOGLE_ADMIN: "other@acme.com" };
    const { seen, ask } = world(env, granting, { "/k.json": keyFile() });
    expect((await failureOf(ask(GOOGLE))).message).toMatch(
      /is other@acme\.com but google is read for reader@acme\.com/,
    );
    expect(seen).toEqual([]);
  });

  test("without a key, Google signs, and the machine's token goes to the signer alone", async () => {
    const env = {
      ACCESSMAP_GOOGLE_SERVICE_ACCOUNT: "sync@acme.iam.gserviceaccount.com",
      ACCESSMAP_GOOGLE_ACCESS_TOKEN: "ambient",
    };
    const { seen, ask } = world(env);
    await ask(GOOGLE);
    expect(seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      [
        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/sync%40acme.iam.gserviceaccount.com:signJwt",
        "Bearer ambient",
      ],
      ["https://oauth2.googleapis.com/token", undefined],
      ["https://admin.googleapis.com/x", "Bearer token-1"],
    ]);
    expect(JSON.parse(JSON.parse(seen[0]?.body ?? "").payload)).toMatchObject({ sub: "reader@acme.com" });
    expect(formOf(seen[1])).toMatchObject({ assertion: "signed.by.google" });
    const denied = world(env, () => Response.json({ error: { status: "PERMISSION_DENIED" } }, { status: 403 }));
    expect((await failureOf(denied.ask(GOOGLE))).message).toMatch(/Service Account Token Creator/);
  });

  test("files that are no keys, and keys that are none, are told without their text", async () => {
    const env = { GOOGLE_APPLICATION_CREDENTIALS: "/k.json" };
    const broken = keyFile().replace(/PRIVATE KEY-----\\n.{20}/, "PRIVATE KEY-----\\nsecretsecretsecret!!");
    const cases: [Record<string, string>, RegExp][] = [
      [{}, /cannot be read/],
      [{ "/k.json": '{"type":"authorized_user"}' }, /is not the key of a service account/],
      [{ "/k.json": "secretsecret" }, /is not the key of a service account/],
      [{ "/k.json": broken }, /the private key of google cannot be used/],
    ];
    for (const [files, message] of cases) {
      const { seen, ask } = world(env, granting, files);
      const failure = await failureOf(ask(GOOGLE));
      expect(failure.message).toMatch(message);
      expect(failure.message).not.toMatch(/secretsecret/);
      expect(seen).toEqual([]);
    }
    expect((await failureOf(world({}).ask(GOOGLE))).message).toMatch(/set GOOGLE_APPLICATION_CREDENTIALS, or/);
  });
});

describe("Okta", () => {
  const env = (privateKey: string) => ({
    OKTA_CLIENT_ORGURL: "https://acme.okta.com",
    OKTA_CLIENT_CLIENTID: "0oa1",
    OKTA_CLIENT_PRIVATEKEY: privateKey,
  });

  test("a service app proves itself by its key, to its organization alone", async () => {
    for (const [key, header] of [
      [pem.replaceAll("\n", "\\n"), { alg: "RS256", typ: "JWT" }],
      [jwk, { alg: "ES384", typ: "JWT", kid: "key-7" }],
    ] as const) {
      const { seen, ask } = world(env(key));
      await ask(OKTA);
      expect(seen.map(({ url }) => url)).toEqual(["https://acme.okta.com/oauth2/v1/token", "https://acme.okta.com/x"]);
      const { client_assertion = "", ...form } = formOf(seen[0]);
      expect(form).toMatchObject({ grant_type: "client_credentials", scope: "okta.groups.read okta.users.read" });
      expect(decodeProtectedHeader(client_assertion)).toEqual(header);
      const { iss, sub, aud, exp = 0, iat = 0 } = decodeJwt(client_assertion);
      expect([iss, sub, aud, exp - iat]).toEqual(["0oa1", "0oa1", "https://acme.okta.com/oauth2/v1/token", 300]);
      expect(seen[1]?.headers.authorization).toBe("Bearer token-1");
    }
  });

  test("a project that names another organization gets nothing", async () => {
    const { seen, ask } = world({ ...env(pem), OKTA_CLIENT_ORGURL: "https://evil.okta.com" });
    expect((await failureOf(ask(OKTA))).kind).toBe("refused");
    const { OKTA_CLIENT_ORGURL: _, ...unbound } = env(pem);
    expect((await failureOf(world(unbound).ask(OKTA))).message).toMatch(/OKTA_CLIENT_ORGURL is not/);
    expect(seen).toEqual([]);
  });
});

test("a drill reroutes token endpoints too, and refuses those without a route", async () => {
  const seen: string[] = [];
  const loopback = new Map([
    ["https://graph.microsoft.com", "http://127.0.0.1:1"],
    ["https://login.microsoftonline.com", "http://127.0.0.1:2"],
  ]);
  const make = (routes: ReadonlyMap<string, string>) =>
    createFetchTransport({
      secrets: environmentSecrets(ENTRA, [CORP]),
      loopback: routes,
      fetch: async (input) => {
        seen.push(new URL(String(input)).origin);
        return Response.json({ access_token: "t", expires_in: 3600 });
      },
    });
  const credential = { connection: "corp", use: "read", scheme: "bearer" } as const;
  const request: HttpRequest = { method: "GET", url: "https://graph.microsoft.com/v1.0/groups", credential };
  await make(loopback).exchange(request, NEVER);
  expect(seen).toEqual(["http://127.0.0.1:2", "http://127.0.0.1:1"]);
  const partly = make(new Map([["https://graph.microsoft.com", "http://127.0.0.1:1"]]));
  expect((await failureOf(partly.exchange(request, NEVER))).message).toMatch(/no route for https:\/\/login/);
});

test("a grant that is stored for another origin than its tokens are for is not exchanged", async () => {
  let calls = 0;
  const grant = { kind: "okta-key", origin: "https://acme.okta.com", clientId: "0oa1", privateKey: pem } as const;
  const transport = createFetchTransport({
    secrets: {
      findSecret: async () => ({ ok: true, secret: { kind: "grant", origin: "https://evil.okta.com", grant } }),
    },
    fetch: async () => {
      calls++;
      return Response.json({ access_token: "t" });
    },
  });
  const failure = await failureOf(transport.exchange(get("https://evil.okta.com/api/v1/groups"), NEVER));
  expect(failure).toMatchObject({ kind: "refused", message: /bound to https:\/\/acme\.okta\.com/ });
  expect(calls).toBe(0);
});

test("credentials of a directory are not handed out for writing, nor in another vendor's form", async () => {
  const source = environmentSecrets(ENTRA, [CORP]);
  for (const credential of [
    { connection: "corp", use: "write", scheme: "bearer" },
    { connection: "corp", use: "read", scheme: "datadog-scim" },
  ] as const)
    expect(await source.findSecret(credential)).toMatchObject({ ok: false, why: { kind: "refused" } });
});

test("a token endpoint that throttles is asked again by the client above", async () => {
  const throttled: Failure = { kind: "throttled", system: "corp", message: "the token endpoint of corp throttles" };
  const { http, slept } = bench((_, index) => (index === 0 ? throttled : json({ ok: true })));
  expect((await http.sendJson(get(), NEVER)).json).toEqual({ ok: true });
  expect(slept).toEqual([500]);
});
