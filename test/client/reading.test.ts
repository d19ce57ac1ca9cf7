/** From the sign-in to an answer, over real HTTP against the sandbox: what a person entered opens each system, and only it. */

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drillOf, drillSecrets } from "../../client/src/sandbox/drill.ts";
import { createMicrosoftSignIn } from "../../client/src/signIn/microsoft.ts";
import { storedSecrets } from "../../client/src/signIn/secretSource.ts";
import { type SignInTools, signIn } from "../../client/src/signIn/signIn.ts";
import type { AuthScheme, HttpRequest } from "../../server/src/core/model/http.ts";
import { createFetchTransport } from "../../server/src/http/fetchTransport.ts";
import type { SecretSource } from "../../server/src/http/secrets.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { entraLogin } from "../sandbox/tokens.ts";
import * as systems from "./support.ts";

const { okta, corp, hr, prod, person, toolsFor } = systems;
const google = { ...systems.google, admin: "directory-reader@acme.com" };

/** A first page of each system. */
const PAGES: readonly (readonly [SystemStatus, AuthScheme, string])[] = [
  [okta, "okta-ssws", "/api/v1/groups?limit=1"],
  [corp, "bearer", "/v1.0/groups?$top=1"],
  [google, "bearer", "/admin/directory/v1/groups?customer=C0123abc"],
  [hr, "bearer", "/v2/Groups?startIndex=1&count=1"],
  [prod, "datadog-keys", "/api/v2/roles"],
];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ limited: false });
});
afterAll(() => sandbox.close());

test("signed in by hand, every system answers", async () => {
  const env = (name: string) => sandbox.environment[name] ?? "";
  const entered: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
    okta: [["okta", "API token"], [env("OKTA_CLIENT_TOKEN")]],
    corp: [
      ["corp", "Client secret"],
      [env("AZURE_CLIENT_ID"), env("AZURE_CLIENT_SECRET")],
    ],
    google: [["google", "Key file"], [JSON.stringify(sandbox.googleKey)]],
    hr: [["hr"], [env("ACCESSMAP_TOKEN_HR")]],
    prod: [["to read: "], [env("DD_API_KEY"), env("DD_APP_KEY")]],
  };
  for (const [system, scheme, page] of PAGES) {
    const tools = toolsFor(person(...(entered[system.name] ?? [[], []])));
    expect(await signIn([system], tools)).toBeDefined();
    expect(await ask(system, scheme, page, storedSecrets(tools, system.origin, [system]))).toBe(200);
  }
});

test("a Microsoft account reads Graph with the editor's token; its end is told and nothing is sent", async () => {
  const { body } = await entraLogin(sandbox);
  const account = { id: "1", label: "ana@acme.com" };
  let session: { accessToken: string; account: typeof account } | undefined = {
    accessToken: body.access_token,
    account,
  };
  const microsoft = createMicrosoftSignIn(async () => session);
  const tools: SignInTools = toolsFor(person(["corp", "Microsoft account"]), { microsoft });
  await signIn([corp], tools);
  const read = () => ask(corp, "bearer", "/v1.0/groups?$top=1", storedSecrets(tools, corp.origin, [corp]));
  expect(await read()).toBe(200);
  session = undefined;
  const before = sandbox.log.length;
  await expect(read()).rejects.toThrow("has ended in this editor");
  expect(sandbox.log).toHaveLength(before);
});

test("in a drill every system answers without a sign-in", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "accessmap-")), "key.json");
  await writeFile(file, JSON.stringify(sandbox.googleKey));
  const drill = drillOf({ ...sandbox.environment, GOOGLE_APPLICATION_CREDENTIALS: file });
  for (const [system, scheme, page] of PAGES) {
    const secrets = drillSecrets(drill, { method: "GET", url: system.origin }, [system]);
    expect(await ask(system, scheme, page, secrets)).toBe(200);
  }
});

async function ask(system: SystemStatus, scheme: AuthScheme, page: string, secrets: SecretSource): Promise<number> {
  const { routes } = drillOf(sandbox.environment);
  const credential = { connection: system.name, use: "read", scheme } as const;
  const request: HttpRequest = { method: "GET", url: system.origin + page, credential };
  const transport = createFetchTransport({ secrets, loopback: routes });
  return (await transport.exchange(request, new AbortController().signal)).status;
}
