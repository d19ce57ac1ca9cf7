/** Connectors of the sandbox's directories over real HTTP, with the credentials that the sandbox names. */

import { openDirectory } from "../../server/src/connectors/registry.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import { createHttpClient } from "../../server/src/http/client.ts";
import { type Environment, environmentSecrets } from "../../server/src/http/environment.ts";
import { createFetchTransport } from "../../server/src/http/fetchTransport.ts";
import { parseLoopback } from "../../server/src/http/loopback.ts";
import { directoryConnection, keysConnection } from "../../server/src/http/origins.ts";
import type { Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { SPAN } from "./support.ts";

const base = { span: SPAN, claim: "name" } as const;
export const CORP: DirectoryConfig = {
  ...base,
  name: "corp",
  type: "entra",
  tenant: "7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10",
};
export const GOOGLE: DirectoryConfig = {
  ...base,
  name: "google",
  type: "google",
  customer: "C0123abc",
  admin: "directory-reader@acme.com",
};
export const HR: DirectoryConfig = { ...base, name: "hr", type: "scim", url: "https://scim.example.com/v2" };

/** A connector as the command line has it, without patience. */
export function connect(sandbox: Sandbox, config: DirectoryConfig, more: Environment = {}) {
  const loopback = parseLoopback(sandbox.environment.ACCESSMAP_LOOPBACK);
  if (!loopback.ok) throw new Error(loopback.why.message);
  const env = { ...sandbox.environment, GOOGLE_APPLICATION_CREDENTIALS: "key.json", ...more };
  const readText = async (path: string) => (path === "key.json" ? JSON.stringify(sandbox.googleKey) : undefined);
  const secrets = environmentSecrets(env, [directoryConnection(config), keysConnection(config.name)], readText);
  const http = createHttpClient(createFetchTransport({ secrets, loopback: loopback.routes, timeoutMs: 30_000 }), {
    sleep: async () => {},
  });
  return { ...openDirectory(config, http), requests: () => http.requests(config.name) };
}
