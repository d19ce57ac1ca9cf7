/** Credentials and the origins they are bound to: environment variables, loopback routes, checks, redaction. */

import { describe, expect, test } from "vitest";
import { SITES } from "../../server/src/core/model/project.ts";
import { type Environment, environmentSecrets, writesWithReadKeys } from "../../server/src/http/environment.ts";
import { parseLoopback, toLoopbackUrl, toRealResponse, toRealUrl } from "../../server/src/http/loopback.ts";
import {
  type Connection,
  datadogOrigin,
  isLoopbackHost,
  oktaOrigin,
  refuseUrl,
} from "../../server/src/http/origins.ts";
import { redactText, redactUrl } from "../../server/src/http/redact.ts";
import { authorize } from "../../server/src/http/secrets.ts";

const OKTA: Connection = { name: "okta", kind: "directory", vendor: "okta", origin: "https://acme.okta.com" };
const PROD: Connection = { name: "prod", kind: "organization", vendor: "datadog", origin: "https://api.datadoghq.eu" };
const HR: Connection = { name: "hr.eu-1", kind: "directory", vendor: "scim", origin: "https://scim.example.com" };
const SCHEMES = {
  okta: "okta-ssws",
  datadog: "datadog-keys",
  scim: "bearer",
  entra: "bearer",
  google: "bearer",
} as const;

async function ask(
  env: Environment,
  connection: Connection,
  origin = connection.origin ?? "",
  use: "read" | "write" = "read",
) {
  const credential = { connection: connection.name, use, scheme: SCHEMES[connection.vendor] };
  const answer = await authorize(environmentSecrets(env, [OKTA, PROD, HR]), credential, origin);
  return answer.ok ? answer.headers : answer.why.message;
}

const DD = { DD_API_KEY: "api", DD_APP_KEY: "app", DD_SITE: "datadoghq.eu" };
const OK = { OKTA_CLIENT_TOKEN: "t0ken", OKTA_CLIENT_ORGURL: "https://acme.okta.com/" };

describe("secrets from the environment", () => {
  test("go out in the form each vendor wants", async () => {
    expect(await ask(OK, OKTA)).toEqual({ authorization: "SSWS t0ken" });
    expect(await ask(DD, PROD)).toEqual({ "dd-api-key": "api", "dd-application-key": "app" });
    expect(
      await ask({ ACCESSMAP_TOKEN_HR_EU_1: "s", ACCESSMAP_ORIGIN_HR_EU_1: "https://scim.example.com" }, HR),
    ).toEqual({ authorization: "Bearer s" });
    const scim = { connection: "prod", use: "read", scheme: "datadog-scim" } as const;
    expect(await authorize(environmentSecrets(DD, [PROD]), scim, "https://api.datadoghq.eu")).toMatchObject({
      headers: { authorization: "Bearer app" },
    });
  });

  test("stay home when nothing binds them, and the message names the variable", async () => {
    expect(await ask({ ...DD, DD_SITE: undefined }, PROD)).toMatch(
      /DD_API_KEY is set but DD_SITE is not.*Set DD_SITE=datadoghq\.eu/,
    );
    expect(await ask({ OKTA_CLIENT_TOKEN: "t" }, OKTA)).toMatch(
      /OKTA_CLIENT_ORGURL is not.*OKTA_CLIENT_ORGURL=https:\/\/acme\.okta\.com/,
    );
    expect(await ask({ ACCESSMAP_TOKEN_HR_EU_1: "s" }, HR)).toMatch(/Set ACCESSMAP_ORIGIN_HR_EU_1=/);
  });

  test("missing ones are named", async () => {
    expect(await ask({}, OKTA)).toMatch(/set OKTA_CLIENT_TOKEN and OKTA_CLIENT_ORGURL=/);
    expect(await ask({ DD_API_KEY: "a", DD_SITE: "datadoghq.eu" }, PROD)).toBe(
      "no credential for prod: set DD_APP_KEY, and DD_SITE",
    );
    expect(await ask({}, HR)).toMatch(/set ACCESSMAP_TOKEN_HR_EU_1 and ACCESSMAP_ORIGIN_HR_EU_1=/);
    expect(await ask({ ...DD, DD_SITE: "datadog.example" }, PROD)).toMatch(
      /"datadog.example", which is none of Datadog's sites/,
    );
    // What was entered in the wrong place may be a key, and is not repeated.
    for (const DD_SITE of ["0123456789abcdef0123456789abcdef", "https://key@datadoghq.eu", "ddapp_Abc.def"])
      expect(await ask({ ...DD, DD_SITE }, PROD)).toMatch(/^what DD_SITE holds is none of Datadog's sites/);
  });

  test("are not sent to an origin that a repository names", async () => {
    expect(await ask(OK, OKTA, "https://evil.okta.com")).toBe(
      "the credential of okta is bound to https://acme.okta.com and is not sent to https://evil.okta.com",
    );
    expect(await ask({ ...DD, DD_SITE: "datadoghq.com" }, PROD)).toMatch(/bound to https:\/\/api\.datadoghq\.com/);
  });

  test("with line breaks are not handed to the platform, which would quote them", async () => {
    const message = await ask({ ...OK, OKTA_CLIENT_TOKEN: "se\ncret" }, OKTA);
    expect(message).toMatch(/enter it again/);
    expect(message).not.toMatch(/cret/);
  });

  test("write keys serve writes alone; without them the read keys do, and that is told", async () => {
    const env = { ...DD, ACCESSMAP_WRITE_DD_API_KEY: "wapi", ACCESSMAP_WRITE_DD_APP_KEY: "wapp" };
    expect(await ask(env, PROD, undefined, "write")).toEqual({ "dd-api-key": "wapi", "dd-application-key": "wapp" });
    expect(await ask(env, PROD)).toEqual({ "dd-api-key": "api", "dd-application-key": "app" });
    expect(await ask(DD, PROD, undefined, "write")).toEqual({ "dd-api-key": "api", "dd-application-key": "app" });
    expect([writesWithReadKeys(env), writesWithReadKeys(DD)]).toEqual([false, true]);
  });
});

describe("loopback routes", () => {
  const parsed = parseLoopback(
    '{"https://acme.okta.com":"http://127.0.0.1:8080","https://api.datadoghq.eu":"http://[::1]:9/"}',
  );
  const routes = parsed.ok ? parsed.routes : new Map<string, string>();

  test("lead there and back", () => {
    expect(toLoopbackUrl(routes, "https://acme.okta.com/api/v1/groups?after=x", "okta")).toEqual({
      url: "http://127.0.0.1:8080/api/v1/groups?after=x",
    });
    expect(toRealUrl(routes, "http://127.0.0.1:8080/api?after=x")).toBe("https://acme.okta.com/api?after=x");
    expect(toRealUrl(routes, "http://127.0.0.1:80801/api")).toBe("http://127.0.0.1:80801/api");
    const answer = {
      status: 200,
      headers: { link: '<http://127.0.0.1:8080/api?after=2>; rel="next"' },
      body: '{"next":"http://127.0.0.1:8080/x"}',
    };
    expect(toRealResponse(routes, "https://acme.okta.com/api", answer)).toEqual({
      status: 200,
      headers: { link: '<https://acme.okta.com/api?after=2>; rel="next"' },
      body: '{"next":"https://acme.okta.com/x"}',
    });
  });

  test("during a drill nothing real is contacted", () => {
    expect(toLoopbackUrl(routes, "https://api.datadoghq.com/api", "prod")).toHaveProperty("why.kind", "refused");
    expect(toLoopbackUrl(routes, "http://127.0.0.1:5/api", "prod")).toHaveProperty("url");
  });

  test.each([
    '{"https://acme.okta.com":"https://evil.example"}',
    '{"https://acme.okta.com":"http://127.0.0.1.evil.example"}',
    '{"https://acme.okta.com":"http://localhost.evil.example"}',
    '{"https://acme.okta.com":"http://10.0.0.1"}',
    '{"https://acme.okta.com":"http://127.0.0.1@evil.example"}',
    '{"https://acme.okta.com":7}',
    '{"acme":"http://127.0.0.1"}',
    "[]",
    "nonsense",
  ])("%s is refused", (text) => expect(parseLoopback(text)).toMatchObject({ ok: false, why: { kind: "refused" } }));

  test("no text is no rerouting", () => expect(parseLoopback(undefined)).toEqual({ ok: true, routes: new Map() }));
});

test("addresses that disguise another host, or would go in the clear, are refused", () => {
  for (const url of [
    "http://acme.okta.com/",
    "https://acme.okta.com@evil.example/",
    "ftp://acme.okta.com/",
    "file:///etc/passwd",
    "acme",
  ])
    expect(refuseUrl(url, "okta")?.kind, url).toBe("refused");
  for (const url of ["https://acme.okta.com/x", "http://localhost:1/x", "http://127.9.9.9/", "http://[::1]/"])
    expect(refuseUrl(url, "okta"), url).toBeUndefined();
  expect(isLoopbackHost(new URL("http://0x7f000001/").hostname)).toBe(true);
});

test("each of the nine sites has one API origin, and nothing else does", () => {
  expect(SITES.map(datadogOrigin)).toEqual(SITES.map((site) => `https://api.${site}`));
  expect(datadogOrigin("datadoghq.com.evil.example")).toBeUndefined();
  expect([
    oktaOrigin("Acme.okta.com"),
    oktaOrigin("acme.okta.com/evil"),
    oktaOrigin("a@b.com"),
    oktaOrigin("xn--acme-123.okta.com"),
    oktaOrigin(undefined),
  ]).toEqual(["https://acme.okta.com", undefined, undefined, undefined, undefined]);
});

test("logs hold no secrets", () => {
  expect(redactUrl("https://a.example/p?filter=ana&after=s")).toBe("https://a.example/p?filter=…&after=…");
  expect(
    redactText('key "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----" and eyJhbGciOi.eyJpc3M.c2ln end'),
  ).toBe('key "(hidden)" and (hidden) end');
  expect(redactUrl("nonsense")).toBe("(not a URL)");
  expect(
    redactText(`key ${"a1".repeat(16)} app ${"b2".repeat(20)} okta 00${"Ab".repeat(20)} ddpat_x.y SSWS t,\n end`),
  ).toBe("key (hidden) app (hidden) okta (hidden) (hidden).y (hidden), end");
});
