/** A drill gives every kind of system its own credentials, and nothing to what the sandbox does not stand in for. */

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drillOf, drillSecrets, NO_DRILL } from "../../client/src/sandbox/drill.ts";
import type { AuthScheme } from "../../server/src/core/model/http.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import { CLIENT, corp, google, hr, keyFile, okta, prod, TENANT } from "./support.ts";

const environment = {
  ACCESSMAP_LOOPBACK: JSON.stringify(
    Object.fromEntries([okta, corp, google, hr].map(({ origin }, index) => [origin, `http://127.0.0.1:${index + 1}`])),
  ),
  OKTA_CLIENT_TOKEN: "sandbox",
  OKTA_CLIENT_ORGURL: okta.origin,
  AZURE_TENANT_ID: TENANT,
  AZURE_CLIENT_ID: CLIENT,
  AZURE_CLIENT_SECRET: "s",
  ACCESSMAP_TOKEN_HR: "scim",
  ACCESSMAP_ORIGIN_HR: hr.origin,
  DD_API_KEY: "k",
  DD_APP_KEY: "a",
  DD_SITE: "datadoghq.eu",
};

test("each directory has the drill's credential, whether the server has told of it yet or not", async () => {
  for (const known of [true, false]) {
    expect(await find(okta, known, "okta-ssws")).toMatchObject({ ok: true, secret: { token: "sandbox" } });
    expect(await find(corp, known)).toMatchObject({ ok: true, secret: { grant: { tenant: TENANT } } });
    expect(await find(hr, known)).toMatchObject({ ok: true, secret: { token: "scim" } });
  }
});

test("Google's key is read from the file that the drill names, for the administrator of accessmap.yaml", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "accessmap-")), "key.json");
  await writeFile(file, keyFile);
  const more = { GOOGLE_APPLICATION_CREDENTIALS: file };
  expect(await find(google, true, "bearer", more)).toMatchObject({
    ok: true,
    secret: { grant: { admin: google.admin } },
  });
  expect(await find(google, true)).toMatchObject({ ok: false, why: { kind: "not-configured" } });
});

test("another tenant has nothing in a drill, and neither has what is not rerouted", async () => {
  expect(await find({ ...corp, tenant: "another" }, true)).toMatchObject({ ok: false });
  expect(await find(prod, true, "datadog-keys")).toMatchObject({ ok: false, why: { kind: "refused" } });
});

test("a rerouted address is known by what it stands in for", async () => {
  const drill = drillOf(environment);
  const source = drillSecrets(drill, { method: "GET", url: "http://127.0.0.1:1/api/v1/groups" }, [okta]);
  const answer = await source.findSecret({ connection: "okta", use: "read", scheme: "okta-ssws" });
  expect(answer).toMatchObject({ ok: true, secret: { origin: okta.origin } });
});

test("without ACCESSMAP_LOOPBACK there is no drill; a broken one is refused", () => {
  expect(drillOf({})).toBe(NO_DRILL);
  expect(() => drillOf({ ACCESSMAP_LOOPBACK: "{" })).toThrow("ACCESSMAP_LOOPBACK");
  expect(() => drillOf({ ACCESSMAP_LOOPBACK: JSON.stringify({ [okta.origin]: "https://evil.example" }) })).toThrow(
    "not on this machine",
  );
});

function find(system: SystemStatus, isKnown: boolean, scheme: AuthScheme = "bearer", more = {}) {
  const request = { method: "GET", url: `${system.origin}/x` } as const;
  const source = drillSecrets(drillOf({ ...environment, ...more }), request, isKnown ? [system] : []);
  return source.findSecret({ connection: system.name, use: "read", scheme });
}
